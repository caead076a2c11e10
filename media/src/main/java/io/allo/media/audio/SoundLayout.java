package io.allo.media.audio;

import io.allo.media.codec.Codec;
import io.allo.media.codec.G711;
import io.allo.media.codec.G722;
import io.allo.media.codec.Gsm;

/**
 * How sound lies in the bytes of a file, header left out. Immutable.
 *
 * @param sampleRate of the PCM, Hz
 * @param frameSamples PCM samples in one frame
 * @param frameBytes bytes in one frame
 * @param prerollFrames frames a decoder must have heard before it is right again after a jump
 * @param packing what to do with a frame
 */
record SoundLayout(int sampleRate, int frameSamples, int frameBytes, int prerollFrames, Packing packing) {
    /** Bytes to PCM. */
    interface Unpacker {
        int unpack(byte[] in, int off, int len, short[] pcm, int pcmOff);
    }

    /** PCM to bytes. */
    interface Packer {
        int pack(short[] pcm, int off, int samples, byte[] out, int outOff);
    }

    /** Makes both, in their initial state. */
    interface Packing {
        Unpacker unpacker();

        Packer packer();
    }

    static SoundLayout of(SoundFormat format) {
        return switch (format) {
            case ULAW -> ulaw(8000);
            case ALAW -> alaw(8000);
            case GSM -> new SoundLayout(8000, Gsm.FRAME_SAMPLES, Gsm.FRAME_BYTES, 5, new Coded(Gsm.CODEC));
            case G722 -> new SoundLayout(16000, 2, 1, 1600, new Coded(G722.CODEC));
            case SLN, SLN12, SLN16, SLN24, SLN32, SLN44, SLN48, WAV, WAV16 -> pcm(format.sampleRate(), 16, 1);
            case WAV49 -> microsoftGsm(8000);
            case OPUS -> throw new IllegalArgumentException("Opus has no frames of a fixed length");
        };
    }

    static SoundLayout ulaw(int sampleRate) {
        return new SoundLayout(sampleRate, 1, 1, 0, new Coded(G711.ULAW));
    }

    static SoundLayout alaw(int sampleRate) {
        return new SoundLayout(sampleRate, 1, 1, 0, new Coded(G711.ALAW));
    }

    static SoundLayout microsoftGsm(int sampleRate) {
        return new SoundLayout(sampleRate, 2 * Gsm.FRAME_SAMPLES, 65, 3, new Coded(Gsm.MICROSOFT));
    }

    /** 16 bits signed of two channels, the samples interleaved in the PCM as in the file. */
    static SoundLayout stereo(int sampleRate) {
        return new SoundLayout(sampleRate, 2, 4, 0, new Pcm(16, 1));
    }

    /** 8 bits unsigned or 16 bits signed, least significant byte first; more channels are mixed to one. */
    static SoundLayout pcm(int sampleRate, int bits, int channels) {
        return new SoundLayout(sampleRate, 1, bits / 8 * channels, 0, new Pcm(bits, channels));
    }

    private record Coded(Codec codec) implements Packing {
        @Override
        public Unpacker unpacker() {
            return codec.newDecoder()::decode;
        }

        @Override
        public Packer packer() {
            return codec.newEncoder()::encode;
        }
    }

    private record Pcm(int bits, int channels) implements Packing {
        @Override
        public Unpacker unpacker() {
            return bits == 16 && channels == 1 ? Pcm::unpackMono : this::unpackMixed;
        }

        @Override
        public Packer packer() {
            return Pcm::pack;
        }

        private static int unpackMono(byte[] in, int off, int len, short[] pcm, int pcmOff) {
            for (int i = 0; i < len / 2; i++) {
                pcm[pcmOff + i] = sample(in, off + 2 * i);
            }
            return len / 2;
        }

        private int unpackMixed(byte[] in, int off, int len, short[] pcm, int pcmOff) {
            int width = bits / 8;
            int samples = len / (width * channels);
            int at = off;
            for (int i = 0; i < samples; i++) {
                int sum = 0;
                for (int c = 0; c < channels; c++, at += width) {
                    sum += width == 1 ? (in[at] & 0xff) - 128 << 8 : sample(in, at);
                }
                pcm[pcmOff + i] = (short) (sum / channels);
            }
            return samples;
        }

        private static short sample(byte[] in, int at) {
            return (short) (in[at] & 0xff | in[at + 1] << 8);
        }

        private static int pack(short[] pcm, int off, int samples, byte[] out, int outOff) {
            for (int i = 0; i < samples; i++) {
                out[outOff + 2 * i] = (byte) pcm[off + i];
                out[outOff + 2 * i + 1] = (byte) (pcm[off + i] >> 8);
            }
            return 2 * samples;
        }
    }
}
