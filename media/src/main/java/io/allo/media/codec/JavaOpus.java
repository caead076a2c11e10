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
    public Encoder newEncoder(OpusSettings settings) {
        return new JavaEncoder(settings);
    }

    @Override
    public Decoder newDecoder() {
        return new JavaDecoder();
    }

    private static final class JavaEncoder implements Encoder {
        private final OpusEncoder encoder;
        private final OpusSettings settings;

        JavaEncoder(OpusSettings settings) {
            this.settings = settings;
            try {
                encoder = new OpusEncoder(Opus.RATE, 1, application(settings));
            } catch (OpusException e) {
                throw new IllegalStateException("no Opus encoder", e);
            }
            encoder.setComplexity(settings.complexity());
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
            OpusFrames.checkLength(samples);
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

    private static final class JavaDecoder extends OpusFrames {
        private OpusDecoder decoder = fresh();

        private static OpusDecoder fresh() {
            try {
                return new OpusDecoder(Opus.RATE, 1);
            } catch (OpusException e) {
                throw new IllegalStateException("no Opus decoder", e);
            }
        }

        @Override
        int run(byte @Nullable [] in, int off, int len, short[] pcm, int pcmOff, int samples, boolean before) {
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
