package io.allo.io.sound;

import io.allo.media.audio.SoundFormat;
import io.allo.media.sdp.CodecName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Which of one sound's files suits a codec best: its own format, then what loses least, the nearest rate first. Immutable. */
final class FormatOrder {

    private static final List<SoundFormat> NARROW = List.of(
            SoundFormat.WAV, SoundFormat.SLN, SoundFormat.ULAW, SoundFormat.ALAW, SoundFormat.GSM, SoundFormat.WAV49);
    private static final List<SoundFormat> WIDE = List.of(
            SoundFormat.SLN16,
            SoundFormat.WAV16,
            SoundFormat.G722,
            SoundFormat.SLN48,
            SoundFormat.SLN44,
            SoundFormat.SLN32,
            SoundFormat.SLN24,
            SoundFormat.SLN12,
            SoundFormat.OPUS);
    private static final Map<CodecName, List<SoundFormat>> ORDERS = orders();

    private FormatOrder() {}

    static List<SoundFormat> of(CodecName codec) {
        return ORDERS.getOrDefault(codec, List.of());
    }

    private static Map<CodecName, List<SoundFormat>> orders() {
        var orders = new EnumMap<CodecName, List<SoundFormat>>(CodecName.class);
        for (var codec : CodecName.values()) {
            var formats = new LinkedHashSet<SoundFormat>();
            switch (codec) {
                case ULAW -> formats.add(SoundFormat.ULAW);
                case ALAW -> formats.add(SoundFormat.ALAW);
                case G722 -> formats.add(SoundFormat.G722);
                case OPUS -> {
                    formats.add(SoundFormat.SLN48);
                    formats.add(SoundFormat.OPUS);
                }
                default -> {}
            }
            formats.addAll(isWide(codec) ? WIDE : NARROW);
            formats.addAll(isWide(codec) ? NARROW : WIDE);
            orders.put(codec, List.copyOf(new ArrayList<>(formats)));
        }
        return orders;
    }

    private static boolean isWide(CodecName codec) {
        return switch (codec) {
            case G722,
                    OPUS,
                    SPEEX16,
                    SPEEX32,
                    SIREN7,
                    SIREN14,
                    G719,
                    SILK12,
                    SILK16,
                    SILK24,
                    SLIN12,
                    SLIN16,
                    SLIN24,
                    SLIN32,
                    SLIN44,
                    SLIN48,
                    SLIN96,
                    SLIN192 -> true;
            default -> false;
        };
    }
}
