package io.allo.media.codec;

/**
 * How allo speaks Opus: Asterisk's options of a {@code type=opus} section in {@code codecs.conf}, with Asterisk's defaults but for
 * {@code fec}, which is on here, and {@code complexity}, which follows the rate of the sound. Immutable.
 *
 * @param packetLoss percent of packets that are expected to be lost; what the other side reports counts when it is more
 * @param complexity of the encoder, 0 to 10: processor time against quality; {@link #BY_RATE}
 * @param signal {@code auto}, {@code voice}, {@code music}
 * @param application {@code voip}, {@code audio}, {@code low_delay}
 * @param maxPlaybackRateHz 8000 to 48000: what we say that we can play, and the most that we send
 * @param maxBandwidth the most that we send
 * @param bitrate bit/s, {@link #AUTO}, or {@link #MAX}
 * @param cbr constant bit rate, said and sent
 * @param fec in-band forward error correction, said and sent
 * @param dtx nothing is sent in silence, said, and sent to a peer that likes it
 */
public record OpusSettings(
        int packetLoss,
        int complexity,
        Signal signal,
        Application application,
        int maxPlaybackRateHz,
        Bandwidth maxBandwidth,
        int bitrate,
        boolean cbr,
        boolean fec,
        boolean dtx) {

    /** The bit rate that suits the bandwidth. */
    public static final int AUTO = 0;

    /** All that fits into a packet. */
    public static final int MAX = -1;

    /** The complexity that is worth its cost at the rate of the sound. */
    public static final int BY_RATE = -1;

    /** The most that the encoder can do. */
    public static final int MOST_COMPLEXITY = 10;

    /** What is set where nothing is set. */
    public static final OpusSettings DEFAULT = new OpusSettings(
            0, BY_RATE, Signal.AUTO, Application.VOIP, Opus.RATE, Bandwidth.FULL, AUTO, false, true, false);

    /** For what the encoder is tuned. */
    public enum Application {
        VOIP,
        AUDIO,
        LOW_DELAY
    }

    /** What the encoder takes the sound for. */
    public enum Signal {
        AUTO,
        VOICE,
        MUSIC
    }

    /** The audio bandwidths of RFC 6716 2, table 1, narrowest first, with the sample rate that each needs. */
    public enum Bandwidth {
        NARROW(8_000),
        MEDIUM(12_000),
        WIDE(16_000),
        SUPER_WIDE(24_000),
        FULL(48_000);

        private final int sampleRateHz;

        Bandwidth(int sampleRateHz) {
            this.sampleRateHz = sampleRateHz;
        }

        /** The widest that a player at this rate can play. */
        public static Bandwidth at(int rateHz) {
            var found = NARROW;
            for (var bandwidth : values()) {
                if (bandwidth.sampleRateHz <= rateHz) {
                    found = bandwidth;
                }
            }
            return found;
        }

        /** The sample rate that holds all of it, in Hz. */
        public int sampleRateHz() {
            return sampleRateHz;
        }
    }

    /** What we say of ourselves in SDP. */
    public OpusFormat format() {
        return new OpusFormat(
                maxPlaybackRateHz,
                Math.min(maxPlaybackRateHz, maxBandwidth.sampleRateHz()),
                bitrate > 0 ? bitrate : 0,
                false,
                false,
                cbr,
                fec,
                dtx,
                0,
                0);
    }

    /**
     * The same for sound that is sampled at {@code rateHz}: where the bit rate is {@link #AUTO} it is one at which speech of that
     * bandwidth is as good by Opus as it came. The encoder's own choice for 8 kHz would be 11,000 bit/s.
     */
    public OpusSettings towards(OpusFormat peer, int rateHz) {
        var towards = towards(peer);
        if (bitrate != AUTO || rateHz >= Opus.RATE) {
            return towards;
        }
        var enough = rateHz <= 8_000 ? NARROW_BITRATE : rateHz <= 16_000 ? WIDE_BITRATE : SUPER_WIDE_BITRATE;
        return towards.withBitrate(towards.bitrate == AUTO ? enough : Math.min(towards.bitrate, enough));
    }

    /** These settings as far as a peer that asks for this lets them be: what an encoder for it does. */
    public OpusSettings towards(OpusFormat peer) {
        var rate = Math.min(maxPlaybackRateHz, peer.maxPlaybackRateHz());
        var most = peer.maxAverageBitrate();
        var limited = bitrate;
        if (most > 0 && (bitrate == MAX || bitrate > most || bitrate == AUTO && most < AUTO_BITRATE)) {
            limited = most;
        }
        var narrowed = Bandwidth.at(rate);
        return new OpusSettings(
                packetLoss,
                complexity,
                signal,
                application,
                rate,
                narrowed.compareTo(maxBandwidth) < 0 ? narrowed : maxBandwidth,
                limited,
                cbr || peer.cbr(),
                fec && peer.fec(),
                dtx && peer.dtx());
    }

    /**
     * The complexity of an encoder for sound at this rate in Hz. What comes from a telephone is no better with more than 5; where all
     * of the band is there it is told from music from 7 on, and 8 is as good as 10.
     */
    int complexityAt(int rateHz) {
        return complexity != BY_RATE ? complexity : rateHz < Opus.RATE ? 5 : 8;
    }

    /** The same for music that is encoded once for all its listeners: as well as can be. */
    public OpusSettings forMusic() {
        return new OpusSettings(
                packetLoss,
                MOST_COMPLEXITY,
                signal == Signal.AUTO ? Signal.MUSIC : signal,
                application == Application.VOIP ? Application.AUDIO : application,
                maxPlaybackRateHz,
                maxBandwidth,
                bitrate,
                cbr,
                fec,
                dtx);
    }

    /** The same with another complexity. */
    public OpusSettings withComplexity(int newComplexity) {
        return new OpusSettings(
                packetLoss,
                newComplexity,
                signal,
                application,
                maxPlaybackRateHz,
                maxBandwidth,
                bitrate,
                cbr,
                fec,
                dtx);
    }

    /** The same with another bit rate. */
    public OpusSettings withBitrate(int newBitrate) {
        return new OpusSettings(
                packetLoss,
                complexity,
                signal,
                application,
                maxPlaybackRateHz,
                maxBandwidth,
                newBitrate,
                cbr,
                fec,
                dtx);
    }

    /** About what the encoder takes for one channel in packets of 20 ms when the bit rate is {@link #AUTO}, in bit/s. */
    private static final int AUTO_BITRATE = 51_000;

    private static final int NARROW_BITRATE = 32_000;
    private static final int WIDE_BITRATE = 40_000;
    private static final int SUPER_WIDE_BITRATE = 48_000;
}
