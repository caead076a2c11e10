package io.allo.media.codec;

import java.util.Objects;

/** GSM 06.10 as Microsoft packs it in WAVE files (format 0x31): two frames in 65 octets, least significant bit first. Shared. */
final class MicrosoftGsm implements Codec {
    private static final int PAIR_SAMPLES = 2 * Gsm.FRAME_SAMPLES;
    private static final int PAIR_BYTES = 65;

    @Override
    public String name() {
        return "MSGSM";
    }

    @Override
    public int clockRate() {
        return 8000;
    }

    @Override
    public int sampleRate() {
        return 8000;
    }

    @Override
    public int frameMs() {
        return 40;
    }

    @Override
    public int maxBytes(int samples) {
        return samples / PAIR_SAMPLES * PAIR_BYTES;
    }

    @Override
    public int maxSamples(int bytes) {
        return bytes / PAIR_BYTES * PAIR_SAMPLES;
    }

    @Override
    public Encoder newEncoder() {
        return new PairEncoder();
    }

    @Override
    public Decoder newDecoder() {
        return new PairDecoder();
    }

    private static final class PairEncoder implements Encoder {
        private final GsmEncoder coder = new GsmEncoder();
        private final GsmFrame frame = new GsmFrame();

        @Override
        public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
            if (samples % PAIR_SAMPLES != 0) {
                throw new IllegalArgumentException("Microsoft GSM takes pairs of frames, 320 samples, not " + samples);
            }
            Objects.checkFromIndexSize(off, samples, pcm.length);
            int pairs = samples / PAIR_SAMPLES;
            Objects.checkFromIndexSize(outOff, pairs * PAIR_BYTES, out.length);
            for (int i = 0; i < 2 * pairs; i++) {
                coder.encode(pcm, off + i * Gsm.FRAME_SAMPLES, frame);
                frame.writeMicrosoft(out, outOff + i / 2 * PAIR_BYTES, i % 2);
            }
            return pairs * PAIR_BYTES;
        }
    }

    private static final class PairDecoder implements Decoder {
        private final GsmDecoder coder = new GsmDecoder();
        private final GsmFrame frame = new GsmFrame();
        private final Concealment concealment = new Concealment(8000);

        @Override
        public int decode(byte[] in, int off, int len, short[] pcm, int pcmOff) {
            Objects.checkFromIndexSize(off, len, in.length);
            int pairs = len / PAIR_BYTES;
            Objects.checkFromIndexSize(pcmOff, pairs * PAIR_SAMPLES, pcm.length);
            for (int i = 0; i < 2 * pairs; i++) {
                frame.readMicrosoft(in, off + i / 2 * PAIR_BYTES, i % 2);
                coder.decode(frame, pcm, pcmOff + i * Gsm.FRAME_SAMPLES);
            }
            concealment.received(pcm, pcmOff, pairs * PAIR_SAMPLES);
            return pairs * PAIR_SAMPLES;
        }

        @Override
        public int conceal(short[] pcm, int off, int samples) {
            concealment.conceal(pcm, off, samples);
            return samples;
        }
    }
}
