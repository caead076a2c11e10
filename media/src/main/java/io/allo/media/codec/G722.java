package io.allo.media.codec;

import java.util.Objects;

/**
 * ITU-T G.722 at 64 kbit/s (mode 1): 16 kHz sound in two bands, each an ADPCM of its own. RTP payload type 9, whose clock is 8000 Hz by
 * an old error that is kept (RFC 3551 4.5.2). One octet holds two samples: the upper band's two bits first, then the lower's six.
 * Immutable, shared by all threads.
 */
public final class G722 implements Codec {
    /** The codec. */
    public static final G722 CODEC = new G722();

    /** Figure 11 of G.722: the first half of the symmetric 24-tap quadrature mirror filter, scaled by 2^13. */
    private static final int[] H = {3, -11, -11, 53, 12, -156, 32, 362, -210, -805, 951, 3876};

    private static final int TAPS = 2 * H.length;

    private G722() {}

    @Override
    public String name() {
        return "G722";
    }

    @Override
    public int clockRate() {
        return 8000;
    }

    @Override
    public int sampleRate() {
        return 16000;
    }

    @Override
    public int frameMs() {
        return 20;
    }

    @Override
    public int maxBytes(int samples) {
        return samples / 2;
    }

    @Override
    public int maxSamples(int bytes) {
        return 2 * bytes;
    }

    @Override
    public Encoder newEncoder() {
        return new G722Encoder();
    }

    @Override
    public Decoder newDecoder() {
        return new G722Decoder();
    }

    @Override
    public String toString() {
        return "G722";
    }

    /** Figure 4 of G.722: transmit QMF, then the two ADPCM encoders. */
    private static final class G722Encoder implements Encoder {
        private final G722Band low = G722Band.low();
        private final G722Band high = G722Band.high();
        private final int[] x = new int[TAPS];

        @Override
        public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
            if (samples % 2 != 0) {
                throw new IllegalArgumentException("G.722 takes pairs of samples, not " + samples);
            }
            Objects.checkFromIndexSize(off, samples, pcm.length);
            int bytes = samples / 2;
            Objects.checkFromIndexSize(outOff, bytes, out.length);
            for (int i = 0; i < bytes; i++) {
                out[outOff + i] = (byte) encodePair(pcm[off + 2 * i], pcm[off + 2 * i + 1]);
            }
            return bytes;
        }

        private int encodePair(int first, int second) {
            System.arraycopy(x, 2, x, 0, TAPS - 2);
            x[TAPS - 2] = first;
            x[TAPS - 1] = second;
            int odd = 0;
            int even = 0;
            for (int i = 0; i < H.length; i += 2) {
                odd += x[i] * H[i] + x[TAPS - 2 - i] * H[i + 1];
                even += x[i + 1] * H[i + 1] + x[TAPS - 1 - i] * H[i];
            }
            int xl = G722Band.limit15((even + odd) >> 14);
            int xh = G722Band.limit15((even - odd) >> 14);
            int il = low.quantizeLow(xl);
            low.updateLow(il);
            int ih = high.quantizeHigh(xh);
            high.updateHigh(ih);
            return ih << 6 | il;
        }
    }

    /** Figure 5 of G.722: the two ADPCM decoders, then the receive QMF. */
    private static final class G722Decoder implements Decoder {
        private final G722Band low = G722Band.low();
        private final G722Band high = G722Band.high();
        private final int[] x = new int[TAPS];
        private final Concealment concealment = new Concealment(16000);

        @Override
        public int decode(byte[] in, int off, int len, short[] pcm, int pcmOff) {
            Objects.checkFromIndexSize(off, len, in.length);
            Objects.checkFromIndexSize(pcmOff, 2 * len, pcm.length);
            for (int i = 0; i < len; i++) {
                decodePair(in[off + i] & 0xff, pcm, pcmOff + 2 * i);
            }
            concealment.received(pcm, pcmOff, 2 * len);
            return 2 * len;
        }

        @Override
        public int conceal(short[] pcm, int off, int samples) {
            concealment.conceal(pcm, off, samples);
            return samples;
        }

        private void decodePair(int octet, short[] pcm, int at) {
            int il = octet & 0x3f;
            int ih = octet >> 6;
            int rl = low.reconstructLow(il);
            low.updateLow(il);
            int rh = high.reconstructHigh(ih);
            high.updateHigh(ih);
            System.arraycopy(x, 2, x, 0, TAPS - 2);
            x[TAPS - 2] = rl + rh;
            x[TAPS - 1] = rl - rh;
            int first = 0;
            int second = 0;
            for (int i = 0; i < H.length; i += 2) {
                second += x[i] * H[i] + x[TAPS - 2 - i] * H[i + 1];
                first += x[i + 1] * H[i + 1] + x[TAPS - 1 - i] * H[i];
            }
            pcm[at] = G722Band.saturate(first >> 11);
            pcm[at + 1] = G722Band.saturate(second >> 11);
        }
    }
}
