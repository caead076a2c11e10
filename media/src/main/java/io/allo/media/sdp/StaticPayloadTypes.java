package io.allo.media.sdp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The payload types that need no {@code a=rtpmap}: audio of RFC 3551 6, table 4. Pure functions. */
final class StaticPayloadTypes {

    private StaticPayloadTypes() {}

    static Optional<RtpMap> audio(int payloadType) {
        return Optional.ofNullable(AUDIO.get(payloadType));
    }

    private static void add(Map<Integer, RtpMap> table, int payloadType, String encoding, int clockRate, int channels) {
        table.put(payloadType, new RtpMap(payloadType, encoding, clockRate, channels, ""));
    }

    private static Map<Integer, RtpMap> table() {
        var table = new HashMap<Integer, RtpMap>();
        add(table, 0, "PCMU", 8000, 1);
        add(table, 2, "G726-32", 8000, 1); // reserved by RFC 3551, G721 in RFC 1890: old gateways still send it
        add(table, 3, "GSM", 8000, 1);
        add(table, 4, "G723", 8000, 1);
        add(table, 5, "DVI4", 8000, 1);
        add(table, 6, "DVI4", 16000, 1);
        add(table, 7, "LPC", 8000, 1);
        add(table, 8, "PCMA", 8000, 1);
        add(table, 9, "G722", 8000, 1);
        add(table, 10, "L16", 44100, 2);
        add(table, 11, "L16", 44100, 1);
        add(table, 12, "QCELP", 8000, 1);
        add(table, 13, "CN", 8000, 1);
        add(table, 14, "MPA", 90000, 1);
        add(table, 15, "G728", 8000, 1);
        add(table, 16, "DVI4", 11025, 1);
        add(table, 17, "DVI4", 22050, 1);
        add(table, 18, "G729", 8000, 1);
        return Map.copyOf(table);
    }

    private static final Map<Integer, RtpMap> AUDIO = table();
}
