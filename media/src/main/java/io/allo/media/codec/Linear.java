package io.allo.media.codec;

import java.util.Objects;

/**
 * L16: 16-bit linear samples, most significant byte first, one channel (RFC 3551 4.5.11). Asterisk's {@code slin}, {@code slin16}
 * and so on. Immutable, shared by all threads.
 *
 * @param sampleRate both the RTP clock and the sample rate, in Hz
 */
public record Linear(int sampleRate) implements Codec {
    /** Throws if the rate is not positive. */
    public Linear {
        if (sampleRate <= 0) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
    }

    @Override
    public String name() {
        return "L16";
    }

    @Override
    public int clockRate() {
        return sampleRate;
    }

    @Override
    public int frameMs() {
        return 20;
    }

    @Override
    public int maxBytes(int samples) {
        return 2 * samples;
    }

    @Override
    public int maxSamples(int bytes) {
        return bytes / 2;
    }

    @Override
    public Encoder newEncoder() {
        return Linear::encode;
    }

    @Override
    public Decoder newDecoder() {
        return new LinearDecoder(sampleRate);
    }

    private static int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
        Objects.checkFromIndexSize(off, samples, pcm.length);
        Objects.checkFromIndexSize(outOff, 2 * samples, out.length);
        for (int i = 0; i < samples; i++) {
            int sample = pcm[off + i];
            out[outOff + 2 * i] = (byte) (sample >> 8);
            out[outOff + 2 * i + 1] = (byte) sample;
        }
        return 2 * samples;
    }

    private static final class LinearDecoder implements Decoder {
        private final Concealment concealment;

        LinearDecoder(int sampleRate) {
            concealment = new Concealment(sampleRate);
        }

        @Override
        public int decode(byte[] in, int off, int len, short[] pcm, int pcmOff) {
            Objects.checkFromIndexSize(off, len, in.length);
            int samples = len / 2;
            Objects.checkFromIndexSize(pcmOff, samples, pcm.length);
            for (int i = 0; i < samples; i++) {
                pcm[pcmOff + i] = (short) (in[off + 2 * i] << 8 | in[off + 2 * i + 1] & 0xff);
            }
            concealment.received(pcm, pcmOff, samples);
            return samples;
        }

        @Override
        public int conceal(short[] pcm, int off, int samples) {
            concealment.conceal(pcm, off, samples);
            return samples;
        }
    }
}
