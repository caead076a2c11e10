package io.allo.media.codec;

import java.util.Objects;

/**
 * GSM 06.10 full rate speech (ETSI EN 300 961), 13 kbit/s, in the 33-octet frames of RFC 3551 4.5.8. RTP payload type 3. Lost frames
 * are substituted as in GSM 06.11. Immutable, shared by all threads.
 */
public final class Gsm implements Codec {
    /** The codec. */
    public static final Gsm CODEC = new Gsm();

    /** The same speech in the pairs of frames of WAVE format 0x31, "WAV49" to Asterisk: 320 samples in 65 octets. Not for RTP. */
    public static final Codec MICROSOFT = new MicrosoftGsm();

    /** PCM samples in a frame: 20 ms at 8000 Hz. */
    public static final int FRAME_SAMPLES = 160;

    /** Octets in a frame on the wire and in {@code .gsm} files. */
    public static final int FRAME_BYTES = 33;

    private Gsm() {}

    @Override
    public String name() {
        return "GSM";
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
        return 20;
    }

    @Override
    public int maxBytes(int samples) {
        return samples / FRAME_SAMPLES * FRAME_BYTES;
    }

    @Override
    public int maxSamples(int bytes) {
        return bytes / FRAME_BYTES * FRAME_SAMPLES;
    }

    @Override
    public Encoder newEncoder() {
        return new FrameEncoder();
    }

    @Override
    public Decoder newDecoder() {
        return new FrameDecoder();
    }

    @Override
    public String toString() {
        return "GSM";
    }

    private static final class FrameEncoder implements Encoder {
        private final GsmEncoder coder = new GsmEncoder();
        private final GsmFrame frame = new GsmFrame();

        @Override
        public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
            if (samples % FRAME_SAMPLES != 0) {
                throw new IllegalArgumentException("GSM takes frames of 160 samples, not " + samples);
            }
            Objects.checkFromIndexSize(off, samples, pcm.length);
            int frames = samples / FRAME_SAMPLES;
            Objects.checkFromIndexSize(outOff, frames * FRAME_BYTES, out.length);
            for (int i = 0; i < frames; i++) {
                coder.encode(pcm, off + i * FRAME_SAMPLES, frame);
                frame.write(out, outOff + i * FRAME_BYTES);
            }
            return frames * FRAME_BYTES;
        }
    }

    private static final class FrameDecoder implements Decoder {
        private final GsmDecoder coder = new GsmDecoder();
        private final GsmFrame frame = new GsmFrame();
        private final short[] concealed = new short[FRAME_SAMPLES];
        private int spare;
        private int lostFrames;
        private boolean heard;

        @Override
        public int decode(byte[] in, int off, int len, short[] pcm, int pcmOff) {
            Objects.checkFromIndexSize(off, len, in.length);
            int frames = len / FRAME_BYTES;
            Objects.checkFromIndexSize(pcmOff, frames * FRAME_SAMPLES, pcm.length);
            for (int i = 0; i < frames; i++) {
                if (frame.read(in, off + i * FRAME_BYTES)) {
                    coder.decode(frame, pcm, pcmOff + i * FRAME_SAMPLES);
                    heard = true;
                    lostFrames = 0;
                    spare = 0;
                } else { // not a GSM frame: the signature is wrong
                    conceal(pcm, pcmOff + i * FRAME_SAMPLES, FRAME_SAMPLES);
                }
            }
            return frames * FRAME_SAMPLES;
        }

        @Override
        public int conceal(short[] pcm, int off, int samples) {
            Objects.checkFromIndexSize(off, samples, pcm.length);
            int done = 0;
            while (done < samples) {
                if (spare == 0) {
                    substitute();
                }
                int part = Math.min(spare, samples - done);
                System.arraycopy(concealed, FRAME_SAMPLES - spare, pcm, off + done, part);
                spare -= part;
                done += part;
            }
            return samples;
        }

        /** GSM 06.11 6: repeat the last good frame, then lower its blocks by 4 steps a frame, silence after 320 ms. */
        private void substitute() {
            lostFrames++;
            if (!heard || lostFrames > 16) {
                frame.silence();
            } else if (lostFrames > 1) {
                frame.fade();
            }
            coder.decode(frame, concealed, 0);
            spare = FRAME_SAMPLES;
        }
    }
}
