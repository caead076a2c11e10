package io.allo.media.codec;

import java.util.Objects;

/**
 * ITU-T G.711: 64 kbit/s u-law (PCMU, payload type 0) and A-law (PCMA, payload type 8). Immutable, shared by all threads.
 *
 * <p>Encoding follows the decision values of G.711 tables 1 and 2 on 16-bit PCM scaled as in ITU-T G.191: u-law uses the upper 14
 * bits, A-law the upper 13. A negative number's magnitude is its one's complement, so that the two halves are mirror images.
 */
public final class G711 implements Codec {
    /** u-law, PCMU, static payload type 0. */
    public static final G711 ULAW = new G711("PCMU");

    /** A-law, PCMA, static payload type 8. */
    public static final G711 ALAW = new G711("PCMA");

    private static final int MAGNITUDES = 1 << 13;

    private final String name;
    private final byte[] codes = new byte[1 << 14];
    private final short[] values = new short[256];

    private G711(String name) {
        this.name = name;
        var ulaw = name.equals("PCMU");
        for (int i = 0; i < codes.length; i++) {
            int sample = (short) (i << 2);
            codes[i] = (byte) (ulaw ? ulawCode(sample) : alawCode(sample));
        }
        for (int code = 0; code < 256; code++) {
            values[code] = (short) (ulaw ? ulawValue(code) : alawValue(code));
        }
    }

    /** The code of one 16-bit sample. */
    public byte encode(int sample) {
        return codes[(sample & 0xffff) >> 2];
    }

    /** The 16-bit sample of one code. */
    public short decode(byte code) {
        return values[code & 0xff];
    }

    @Override
    public String name() {
        return name;
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
        return samples;
    }

    @Override
    public int maxSamples(int bytes) {
        return bytes;
    }

    @Override
    public Encoder newEncoder() {
        return this::encode;
    }

    @Override
    public Decoder newDecoder() {
        return new G711Decoder();
    }

    @Override
    public String toString() {
        return name;
    }

    private int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
        Objects.checkFromIndexSize(off, samples, pcm.length);
        Objects.checkFromIndexSize(outOff, samples, out.length);
        for (int i = 0; i < samples; i++) {
            out[outOff + i] = codes[(pcm[off + i] & 0xffff) >> 2];
        }
        return samples;
    }

    private final class G711Decoder implements Decoder {
        private final Concealment concealment = new Concealment(8000);

        @Override
        public int decode(byte[] in, int off, int len, short[] pcm, int pcmOff) {
            Objects.checkFromIndexSize(off, len, in.length);
            Objects.checkFromIndexSize(pcmOff, len, pcm.length);
            for (int i = 0; i < len; i++) {
                pcm[pcmOff + i] = values[in[off + i] & 0xff];
            }
            concealment.received(pcm, pcmOff, len);
            return len;
        }

        @Override
        public int conceal(short[] pcm, int off, int samples) {
            concealment.conceal(pcm, off, samples);
            return samples;
        }
    }

    /** G.711 table 2: eight segments of 16 steps on a 14-bit scale, first decision value 1, sent inverted. */
    private static int ulawCode(int sample) {
        int magnitude = Math.min((sample < 0 ? ~sample : sample) >> 2, MAGNITUDES - 1 - 33) + 33;
        int segment = 26 - Integer.numberOfLeadingZeros(magnitude); // 33..63 is segment 0
        int step = (magnitude >> (segment + 1)) & 0x0f;
        return ~((sample < 0 ? 0x80 : 0) | segment << 4 | step) & 0xff;
    }

    private static int ulawValue(int code) {
        int inverted = ~code;
        int segment = (inverted >> 4) & 7;
        int magnitude = ((2 * (inverted & 0x0f) + 33) << segment) - 33;
        return (inverted & 0x80) != 0 ? -magnitude * 4 : magnitude * 4;
    }

    /** G.711 table 1: a straight part and seven segments of 16 steps on a 13-bit scale, even bits inverted. */
    private static int alawCode(int sample) {
        int magnitude = (sample < 0 ? ~sample : sample) >> 4;
        int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude)); // 0..31 is the straight part
        int step = (segment <= 1 ? magnitude : magnitude >> (segment - 1)) & 0x0f;
        return ((sample < 0 ? 0 : 0x80) | segment << 4 | step) ^ 0x55;
    }

    private static int alawValue(int code) {
        int plain = code ^ 0x55;
        int segment = (plain >> 4) & 7;
        int magnitude = 2 * (plain & 0x0f) + 1;
        if (segment > 0) {
            magnitude = (magnitude + 32) << (segment - 1);
        }
        return (plain & 0x80) != 0 ? magnitude * 8 : -magnitude * 8;
    }
}
