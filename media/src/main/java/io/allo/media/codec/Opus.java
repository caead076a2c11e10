package io.allo.media.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * Opus (RFC 6716) as RTP carries it (RFC 7587): a clock of 48 kHz whatever was encoded, one channel in and out, 10, 20, 40 or 60 ms a
 * packet. Its encoders and decoders work at 8, 12, 16, 24 or 48 kHz, whichever the other side of a call needs ({@link #sampledAt}).
 * The system's libopus does the work where there is one, else Concentus, the same in Java; which is settled once. The settings can
 * change and hold for encoders that are made afterwards. Shared by all threads.
 */
public final class Opus implements Codec {
    /** The clock of RTP timestamps and the sample rate, in Hz: RFC 7587 4.1. */
    public static final int RATE = 48_000;

    /** The most bytes of one frame (RFC 6716 3.4) and its first byte: what an encoder here writes at most. */
    public static final int MOST_BYTES = 1_276;

    /** The most samples of one packet, 120 ms: RFC 6716 3.2.5. */
    public static final int MOST_SAMPLES = RATE * 120 / 1000;

    /** Set to {@code java}, this system property keeps the system's library out. */
    public static final String LIBRARY_PROPERTY = "allo.opus";

    /** The lower rates at which encoders and decoders work: RFC 6716 2.1.3. */
    private static final int[] LOWER_RATES = {8_000, 12_000, 16_000, 24_000};

    /** The codec. */
    public static final Opus CODEC = new Opus(chosen());

    private final OpusLibrary library;
    private final int rate;

    /** The same at 48 kHz, which has the settings. */
    private final Opus whole;

    private final List<Opus> lower;
    private volatile OpusSettings settings = OpusSettings.DEFAULT;

    private Opus(OpusLibrary library) {
        this.library = library;
        rate = RATE;
        whole = this;
        var found = new ArrayList<Opus>();
        for (var each : LOWER_RATES) {
            found.add(new Opus(library, each, this));
        }
        lower = List.copyOf(found);
    }

    private Opus(OpusLibrary library, int rate, Opus whole) {
        this.library = library;
        this.rate = rate;
        this.whole = whole;
        lower = List.of();
    }

    private static OpusLibrary chosen() {
        if ("java".equals(System.getProperty(LIBRARY_PROPERTY))) {
            return JavaOpus.LIBRARY;
        }
        var system = SystemOpus.find();
        return system.isPresent() ? system.get() : JavaOpus.LIBRARY;
    }

    /** The codec with Concentus at work, whatever the system has. */
    public static Opus inJava() {
        return new Opus(JavaOpus.LIBRARY);
    }

    /** What does the work. */
    public OpusLibrary library() {
        return library;
    }

    /** How many encoders and decoders hold memory beside the heap: those of the system's library that are not closed. */
    public static long heldCodecs() {
        return SystemOpus.blocksInUse();
    }

    /** How encoders are made now. */
    public OpusSettings settings() {
        return whole.settings;
    }

    /** From now on encoders are made so. */
    public void use(OpusSettings newSettings) {
        whole.settings = newSettings;
    }

    @Override
    public Opus sampledAt(int rateHz) {
        for (var each : whole.lower) {
            if (each.rate >= rateHz) {
                return each;
            }
        }
        return whole;
    }

    @Override
    public String name() {
        return "opus";
    }

    @Override
    public int clockRate() {
        return RATE;
    }

    @Override
    public int sampleRate() {
        return rate;
    }

    @Override
    public int frameMs() {
        return 20;
    }

    @Override
    public int maxBytes(int samples) {
        return MOST_BYTES;
    }

    @Override
    public int maxSamples(int bytes) {
        return OpusFrames.mostSamples(rate);
    }

    /** An encoder for a peer that asks for nothing. */
    @Override
    public Encoder newEncoder() {
        return newEncoder("");
    }

    @Override
    public Encoder newEncoder(String fmtp) {
        return library.newEncoder(settings().towards(OpusFormat.parse(fmtp), rate), rate);
    }

    @Override
    public Encoder newMusicEncoder(String format) {
        return library.newEncoder(
                settings().towards(OpusFormat.parse(format), rate).forMusic(), rate);
    }

    /** An encoder with these settings, for a file. */
    public Encoder newEncoder(OpusSettings wanted) {
        return library.newEncoder(wanted, rate);
    }

    /** What peers that ask for about the same can share: their format parameters, rounded down to few values. No FEC and no DTX. */
    @Override
    public String sharedFormat(String fmtp) {
        return sharedFormat(fmtp, false);
    }

    @Override
    public String sharedFormatThroughLoss(String fmtp) {
        return sharedFormat(fmtp, true);
    }

    private static String sharedFormat(String fmtp, boolean withFec) {
        var asked = OpusFormat.parse(fmtp);
        var bitrate = 0;
        for (var step : SHARED_BITRATES) {
            bitrate = asked.maxAverageBitrate() >= step ? step : bitrate;
        }
        if (asked.maxAverageBitrate() > 0 && bitrate == 0) {
            bitrate = OpusFormat.LEAST_BITRATE;
        }
        var rate = OpusSettings.Bandwidth.at(asked.maxPlaybackRateHz()).sampleRateHz();
        return new OpusFormat(rate, RATE, bitrate, false, false, asked.cbr(), withFec && asked.fec(), false, 0, 0)
                .text();
    }

    private static final int[] SHARED_BITRATES = {6_000, 8_000, 12_000, 16_000, 24_000, 32_000, 40_000, 64_000};

    @Override
    public Decoder newDecoder() {
        return library.newDecoder(rate);
    }

    @Override
    public String toString() {
        return "opus";
    }
}
