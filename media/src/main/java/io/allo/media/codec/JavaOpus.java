package io.allo.media.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opus by Concentus, a translation of libopus 1.1 into Java. It allocates while it works. Immutable, shared by all threads. */
final class JavaOpus implements OpusLibrary {
    static final JavaOpus LIBRARY = new JavaOpus();

    private JavaOpus() {}

    @Override
    public String description() {
        return "Concentus 1.0.2 (Java)";
    }

    @Override
    public Encoder newEncoder(OpusSettings settings, int rate) {
        return new JavaEncoder(settings, rate);
    }

    @Override
    public Decoder newDecoder(int rate) {
        return new JavaDecoder(rate);
    }

    private static final class JavaEncoder implements Encoder {
        private final OpusEncoder encoder;
        private final OpusSettings settings;
        private final int rate;

        JavaEncoder(OpusSettings settings, int rate) {
            this.settings = settings;
            this.rate = rate;
            try {
                encoder = new OpusEncoder(rate, 1, application(settings));
            } catch (OpusException e) {
                throw new IllegalStateException("no Opus encoder", e);
            }
            encoder.setComplexity(settings.complexityAt(rate));
            encoder.setMaxBandwidth(bandwidth(settings.maxBandwidth()));
            encoder.setUseVBR(!settings.cbr());
            encoder.setUseInbandFEC(settings.fec());
            encoder.setPacketLossPercent(settings.packetLoss());
            encoder.setUseDTX(settings.dtx());
            encoder.setSignalType(
                    switch (settings.signal()) {
                        case AUTO -> OpusSignal.OPUS_SIGNAL_AUTO;
                        case VOICE -> OpusSignal.OPUS_SIGNAL_VOICE;
                        case MUSIC -> OpusSignal.OPUS_SIGNAL_MUSIC;
                    });
            if (settings.bitrate() != OpusSettings.AUTO) {
                encoder.setBitrate(
                        settings.bitrate() == OpusSettings.MAX ? OpusFormat.MOST_BITRATE : settings.bitrate());
            }
        }

        private static OpusApplication application(OpusSettings settings) {
            return switch (settings.application()) {
                case VOIP -> OpusApplication.OPUS_APPLICATION_VOIP;
                case AUDIO -> OpusApplication.OPUS_APPLICATION_AUDIO;
                case LOW_DELAY -> OpusApplication.OPUS_APPLICATION_RESTRICTED_LOWDELAY;
            };
        }

        private static OpusBandwidth bandwidth(OpusSettings.Bandwidth bandwidth) {
            return switch (bandwidth) {
                case NARROW -> OpusBandwidth.OPUS_BANDWIDTH_NARROWBAND;
                case MEDIUM -> OpusBandwidth.OPUS_BANDWIDTH_MEDIUMBAND;
                case WIDE -> OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND;
                case SUPER_WIDE -> OpusBandwidth.OPUS_BANDWIDTH_SUPERWIDEBAND;
                case FULL -> OpusBandwidth.OPUS_BANDWIDTH_FULLBAND;
            };
        }

        @Override
        public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
            OpusFrames.checkLength(samples, rate);
            Objects.checkFromIndexSize(off, samples, pcm.length);
            Objects.checkFromIndexSize(outOff, Opus.MOST_BYTES, out.length);
            try {
                var bytes = encoder.encode(pcm, off, samples, out, outOff, Opus.MOST_BYTES);
                return OpusFrames.worthSending(bytes, settings);
            } catch (OpusException e) {
                throw new IllegalStateException("Opus encoder", e);
            }
        }

        @Override
        public void expectLoss(int percent) {
            encoder.setPacketLossPercent(Math.clamp(percent, settings.packetLoss(), 100));
        }
    }

    /**
     * Decodes at 48 kHz and resamples: Concentus' own lower rates are silent where a packet has more band than they hold (tried with
     * packets of libopus and its own).
     */
    private static final class JavaDecoder extends OpusFrames {
        private final int factor;
        private final @Nullable Resampler resampler;
        private final short[] whole;
        private OpusDecoder decoder = fresh();

        JavaDecoder(int rate) {
            super(rate);
            factor = Opus.RATE / rate;
            resampler = factor == 1 ? null : new Resampler(Opus.RATE, rate);
            whole = new short[factor == 1 ? 0 : Opus.MOST_SAMPLES];
        }

        private static OpusDecoder fresh() {
            try {
                return new OpusDecoder(Opus.RATE, 1);
            } catch (OpusException e) {
                throw new IllegalStateException("no Opus decoder", e);
            }
        }

        @Override
        int run(byte @Nullable [] in, int off, int len, short[] pcm, int pcmOff, int samples, boolean before) {
            if (resampler == null) {
                return decoded(in, off, len, pcm, pcmOff, samples, before);
            }
            var got = decoded(in, off, len, whole, 0, samples * factor, before);
            return got <= 0 ? got : resampler.resample(whole, 0, got, pcm, pcmOff);
        }

        private int decoded(
                byte @Nullable [] in, int off, int len, short[] pcm, int pcmOff, int samples, boolean before) {
            try {
                return decoder.decode(in, off, len, pcm, pcmOff, samples, before);
            } catch (OpusException e) {
                return e.getMessage() != null && e.getMessage().contains("too small") ? TOO_SMALL : -1;
            } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException | AssertionError e) {
                decoder = fresh(); // the translation's answer to some bytes that libopus refuses
                return -1;
            }
        }

        @Override
        void release() {
            // its memory is the heap's
        }
    }
}
