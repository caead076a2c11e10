package io.allo.media.codec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The codecs of this house by encoding name and by static payload type (RFC 3551 6). Immutable, shared by all threads. */
public final class Codecs {
    private static final List<Codec> ALL = List.of(
            G711.ULAW,
            G711.ALAW,
            G722.CODEC,
            Gsm.CODEC,
            Opus.CODEC,
            new Linear(8000),
            new Linear(16000),
            new Linear(48000));

    private Codecs() {}

    /** All codecs, the most wanted first. */
    public static List<Codec> all() {
        return ALL;
    }

    /** The first codec with this encoding name, in any case (RFC 4855 3). */
    public static Optional<Codec> byName(String encodingName) {
        return ALL.stream()
                .filter(codec -> codec.name().equalsIgnoreCase(encodingName))
                .findFirst();
    }

    /** The codec with this encoding name and RTP clock rate in Hz; L16 exists at every rate from 8000 to 48000. */
    public static Optional<Codec> byName(String encodingName, int clockRate) {
        if (encodingName.toUpperCase(Locale.ROOT).equals("L16")) {
            return clockRate >= 8000 && clockRate <= 48000 ? Optional.of(new Linear(clockRate)) : Optional.empty();
        }
        return byName(encodingName).filter(codec -> codec.clockRate() == clockRate);
    }

    /** The codec of a static payload type: 0 PCMU, 3 GSM, 8 PCMA, 9 G722. */
    public static Optional<Codec> byPayloadType(int payloadType) {
        return switch (payloadType) {
            case 0 -> Optional.of(G711.ULAW);
            case 3 -> Optional.of(Gsm.CODEC);
            case 8 -> Optional.of(G711.ALAW);
            case 9 -> Optional.of(G722.CODEC);
            default -> Optional.empty();
        };
    }

    /** The static payload type of a codec, or -1 if it has none and needs a dynamic one. */
    public static int staticPayloadType(Codec codec) {
        return switch (codec.name()) {
            case "PCMU" -> 0;
            case "GSM" -> 3;
            case "PCMA" -> 8;
            case "G722" -> 9;
            default -> -1;
        };
    }
}
