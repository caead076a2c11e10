package io.allo.media.sdp;

import io.allo.media.codec.Opus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The codecs that a configuration may name: Asterisk's word ({@code allow=ulaw}) and SDP's ({@code PCMU/8000}) for the
 * same thing, in the order of {@code allow=all}. What allo can decode and encode is {@link #transcodable}; the others
 * pass through where both sides of a call have them. Values never change; any thread.
 */
public enum CodecName {
    ULAW("ulaw", "PCMU", 8000, 1, 0, 10, true, ""),
    ALAW("alaw", "PCMA", 8000, 1, 8, 10, true, ""),
    G722("g722", "G722", 8000, 1, 9, 10, true, ""), // 16 kHz sound under an 8 kHz clock: RFC 3551 4.5.2
    GSM("gsm", "GSM", 8000, 1, 3, 20, true, ""),
    OPUS("opus", "opus", 48000, 2, 107, 10, true, ""), // always /48000/2: RFC 7587 7
    G729("g729", "G729", 8000, 1, 18, 10, false, "annexb=no"),
    G726("g726", "G726-32", 8000, 1, 111, 10, false, ""),
    G726AAL2("g726aal2", "AAL2-G726-32", 8000, 1, 112, 10, false, ""),
    ILBC("ilbc", "iLBC", 8000, 1, 97, 30, false, "mode=30"),
    G723("g723", "G723", 8000, 1, 4, 30, false, "annexa=no"),
    SPEEX("speex", "speex", 8000, 1, 110, 20, false, ""),
    SPEEX16("speex16", "speex", 16000, 1, 117, 20, false, ""),
    SPEEX32("speex32", "speex", 32000, 1, 119, 20, false, ""),
    SIREN7("siren7", "G7221", 16000, 1, 102, 20, false, "bitrate=32000"),
    SIREN14("siren14", "G7221", 32000, 1, 115, 20, false, "bitrate=48000"),
    G719("g719", "G719", 48000, 1, 116, 20, false, ""),
    CODEC2("codec2", "CODEC2", 8000, 1, 108, 20, false, ""),
    SILK8("silk8", "SILK", 8000, 1, 103, 20, false, ""),
    SILK12("silk12", "SILK", 12000, 1, 104, 20, false, ""),
    SILK16("silk16", "SILK", 16000, 1, 105, 20, false, ""),
    SILK24("silk24", "SILK", 24000, 1, 106, 20, false, ""),
    ADPCM("adpcm", "DVI4", 8000, 1, 5, 10, false, ""),
    LPC10("lpc10", "LPC", 8000, 1, 7, 20, false, ""),
    SLIN("slin", "L16", 8000, 1, 122, 10, true, ""),
    SLIN12("slin12", "L16", 12000, 1, 123, 10, true, ""),
    SLIN16("slin16", "L16", 16000, 1, 118, 10, true, ""),
    SLIN24("slin24", "L16", 24000, 1, 124, 10, true, ""),
    SLIN32("slin32", "L16", 32000, 1, 125, 10, true, ""),
    SLIN44("slin44", "L16", 44100, 1, 11, 10, true, ""),
    SLIN48("slin48", "L16", 48000, 1, 126, 10, true, ""),
    SLIN96("slin96", "L16", 96000, 1, 127, 10, false, ""),
    SLIN192("slin192", "L16", 192000, 1, 121, 10, false, "");

    private final String asteriskName;
    private final String encoding;
    private final int clockRate;
    private final int channels;
    private final int usualPayloadType;
    private final int frameMs;
    private final boolean transcodable;
    private final String fmtp;

    CodecName(
            String asteriskName,
            String encoding,
            int clockRate,
            int channels,
            int usualPayloadType,
            int frameMs,
            boolean transcodable,
            String fmtp) {
        this.asteriskName = asteriskName;
        this.encoding = encoding;
        this.clockRate = clockRate;
        this.channels = channels;
        this.usualPayloadType = usualPayloadType;
        this.frameMs = frameMs;
        this.transcodable = transcodable;
        this.fmtp = fmtp;
    }

    /** The codec of an Asterisk name, in any case, or of one of its old spellings (g729a, ulaw's mulaw, slinear). */
    public static Optional<CodecName> ofAsterisk(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String usual = switch (wanted) {
            case "mulaw", "pcmu", "g711u" -> "ulaw";
            case "pcma", "g711a" -> "alaw";
            case "g729a" -> "g729";
            case "g723.1" -> "g723";
            case "slinear", "slin8" -> "slin";
            case "slinear16" -> "slin16";
            case "speex8" -> "speex";
            default -> wanted;
        };
        return Arrays.stream(values()).filter(c -> c.asteriskName.equals(usual)).findFirst();
    }

    /** The codec that a payload type of the other side stands for; empty if it is none of ours. */
    public static Optional<CodecName> ofRtpMap(RtpMap map) {
        return Arrays.stream(values()).filter(c -> c.matches(map)).findFirst();
    }

    /** The names that {@link #ofAsterisk} knows, one each, for messages. */
    public static List<String> asteriskNames() {
        var names = new ArrayList<String>();
        for (CodecName codec : values()) {
            names.add(codec.asteriskName);
        }
        return names;
    }

    /** The word of {@code allow=}, of sound files and of the command line. */
    public String asteriskName() {
        return asteriskName;
    }

    /** The encoding name in {@code a=rtpmap}. */
    public String encoding() {
        return encoding;
    }

    /** Hz of the RTP timestamp, which for G.722 is not that of the sound. */
    public int clockRate() {
        return clockRate;
    }

    /** Hz of the decoded sound. */
    public int sampleRate() {
        return this == G722 ? 16000 : clockRate;
    }

    /** Channels as {@code a=rtpmap} counts them; opus says 2 whatever it carries. */
    public int channels() {
        return channels;
    }

    /** The static payload type (RFC 3551), or the dynamic one that we offer if nothing else holds it. */
    public int usualPayloadType() {
        return usualPayloadType;
    }

    /** Whether its payload type is fixed by RFC 3551 6, so that it is known without {@code a=rtpmap}. */
    public boolean isStatic() {
        return usualPayloadType < RtpMap.FIRST_DYNAMIC;
    }

    /** Milliseconds of the shortest frame: a packet holds a whole number of them. */
    public int frameMs() {
        return frameMs;
    }

    /** allo has a decoder and an encoder; otherwise the codec can only pass through. */
    public boolean transcodable() {
        return transcodable;
    }

    /** The payload type as we write it, under this number. */
    public RtpMap rtpMap(int payloadType) {
        String parameters = this == OPUS ? Opus.CODEC.settings().format().text() : fmtp;
        return new RtpMap(payloadType, encoding, clockRate, channels, parameters);
    }

    /** Packet length in ms nearest below {@code wantedMs} that is a whole number of frames, at least one. */
    int wholeFramesMs(int wantedMs) {
        if (this == OPUS) { // one frame a packet: RFC 6716 2.1.4
            return wantedMs >= 60 ? 60 : wantedMs >= 40 ? 40 : wantedMs >= 20 ? 20 : 10;
        }
        return Math.max(frameMs, wantedMs - wantedMs % frameMs);
    }

    private boolean matches(RtpMap map) {
        boolean named = encoding.equalsIgnoreCase(map.encoding())
                || (this == G729 && map.encoding().equalsIgnoreCase("G729a")); // Cisco SPA; the same bit stream
        if (!named) {
            return false;
        }
        return switch (this) {
            // the clock rate of G.722 is so often written as 16000 by mistake that both are taken for 8000
            case G722 -> map.channels() == 1 && (map.clockRate() == 8000 || map.clockRate() == 16000);
            case OPUS -> map.clockRate() == clockRate;
            // two bit rates each that do not understand one another
            case SIREN7, SIREN14 ->
                map.clockRate() == clockRate
                        && map.channels() == 1
                        && (map.fmtp().isEmpty() || map.fmtp().replace(" ", "").contains(fmtp));
            default -> map.clockRate() == clockRate && map.channels() == channels;
        };
    }
}
