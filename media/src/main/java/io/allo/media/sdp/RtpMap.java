package io.allo.media.sdp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One RTP payload type of a media description: its number and what it stands for, from {@code a=rtpmap} and {@code
 * a=fmtp} or, without them, from the static table of RFC 3551 6. {@code clockRate} in Hz, {@code fmtp} empty if there
 * is none. Immutable.
 */
public record RtpMap(int payloadType, String encoding, int clockRate, int channels, String fmtp) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern SLASH = Pattern.compile("\\s*/\\s*");

    /** The encoding of digits sent as events, RFC 4733 7.1.1. */
    public static final String TELEPHONE_EVENT = "telephone-event";

    /** Reads the value of {@code a=rtpmap}: {@code 97 iLBC/8000} or {@code 107 opus/48000/2}; empty if it is none. */
    public static Optional<RtpMap> ofAttribute(String value) {
        String[] words = BLANKS.split(value.strip(), 2);
        if (words.length < 2) {
            return Optional.empty();
        }
        String[] parts = SLASH.split(words[1].strip());
        var payloadType = SdpNumbers.payloadType(words[0]);
        if (payloadType.isEmpty() || parts.length < 2 || parts[0].isEmpty()) {
            return Optional.empty();
        }
        var clockRate = SdpNumbers.leadingNumber(parts[1]);
        var channels = parts.length > 2 ? SdpNumbers.leadingNumber(parts[2]).orElse(1) : 1;
        if (clockRate.isEmpty() || clockRate.getAsInt() == 0 || channels == 0) {
            return Optional.empty();
        }
        return Optional.of(new RtpMap(payloadType.getAsInt(), parts[0], clockRate.getAsInt(), channels, ""));
    }

    /** Digits as events: beside the codecs, never one of them. */
    public boolean isTelephoneEvent() {
        return encoding.equalsIgnoreCase(TELEPHONE_EVENT);
    }

    /** Comfort noise, RFC 3389: beside the codecs, never one of them. */
    public boolean isComfortNoise() {
        return encoding.equalsIgnoreCase("CN");
    }

    /** The same encoding, whatever its number and parameters: what RFC 3264 8.3.2 forbids to change. */
    public boolean sameEncoding(RtpMap other) {
        return encoding.equalsIgnoreCase(other.encoding) && clockRate == other.clockRate && channels == other.channels;
    }

    /** The same type with other format parameters, the text behind {@code a=fmtp:} and the number. */
    public RtpMap withFmtp(String newFmtp) {
        return new RtpMap(payloadType, encoding, clockRate, channels, newFmtp);
    }

    /** The same encoding under another number. */
    public RtpMap withPayloadType(int newPayloadType) {
        return new RtpMap(newPayloadType, encoding, clockRate, channels, fmtp);
    }

    /** The {@code a=rtpmap} line of this type. */
    public Attribute rtpmapAttribute() {
        String suffix = channels == 1 ? "" : "/" + channels;
        return new Attribute("rtpmap", payloadType + " " + encoding + "/" + clockRate + suffix);
    }

    static final int MAX_PAYLOAD_TYPE = 127;
    static final int FIRST_DYNAMIC = 96;

    /** What a payload type means that needs no {@code a=rtpmap}: audio of RFC 3551 6, table 4. */
    static Optional<RtpMap> ofStatic(int payloadType) {
        return Optional.ofNullable(STATIC_AUDIO.get(payloadType));
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

    private static final Map<Integer, RtpMap> STATIC_AUDIO = table();
}
