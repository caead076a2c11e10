package io.allo.media.codec;

/** The 76 parameters of one GSM 06.10 frame, and their two ways of lying in octets. Owned by its coder. */
final class GsmFrame {
    private static final int[] LAR_BITS = {6, 6, 5, 5, 4, 4, 3, 3};
    private static final int SIGNATURE = 0xd;
    private static final int SUBFRAMES = 4;
    private static final int PULSES = 13;

    /** Coded log area ratios. */
    final int[] larc = new int[8];

    /** LTP lag per subframe, 40 to 120. */
    final int[] nc = new int[SUBFRAMES];

    /** LTP gain per subframe, 0 to 3. */
    final int[] bc = new int[SUBFRAMES];

    /** RPE grid position per subframe, 0 to 3. */
    final int[] mc = new int[SUBFRAMES];

    /** Coded block amplitude per subframe, 0 to 63. */
    final int[] xmaxc = new int[SUBFRAMES];

    /** RPE pulses, 13 per subframe, 0 to 7. */
    final int[] xmc = new int[SUBFRAMES * PULSES];

    private byte[] octets = new byte[0];
    private int bit;
    private boolean leastFirst;

    /** Reads 33 octets of RFC 3551 4.5.8.1, most significant bit first. False if the signature is not 0xD. */
    boolean read(byte[] in, int off) {
        if ((in[off] & 0xf0) >> 4 != SIGNATURE) {
            return false;
        }
        begin(in, off * 8 + 4, false);
        readParameters();
        return true;
    }

    /** Writes 33 octets of RFC 3551 4.5.8.1. */
    void write(byte[] out, int off) {
        begin(out, off * 8, false);
        put(SIGNATURE, 4);
        writeParameters();
    }

    /** Reads one of the two frames in 65 octets of Microsoft's GSM 6.10 (WAV49): least significant bit first, no signature. */
    void readMicrosoft(byte[] in, int off, int half) {
        begin(in, off * 8 + half * 260, true);
        readParameters();
    }

    /** Writes one of the two frames in 65 octets of Microsoft's GSM 6.10 (WAV49). */
    void writeMicrosoft(byte[] out, int off, int half) {
        begin(out, off * 8 + half * 260, true);
        writeParameters();
    }

    /** The parameters of silence: no pulses, no memory. GSM 06.11 table 1 in effect. */
    void silence() {
        for (int j = 0; j < SUBFRAMES; j++) {
            nc[j] = 40;
            bc[j] = 0;
            mc[j] = 0;
            xmaxc[j] = 0;
        }
        for (int i = 0; i < xmc.length; i++) {
            xmc[i] = (i & 1) == 0 ? 3 : 4;
        }
        int[] flat = {42, 39, 21, 10, 9, 4, 3, 2};
        System.arraycopy(flat, 0, larc, 0, flat.length);
    }

    /** GSM 06.11 6.2: block amplitudes four steps down, grid positions as they were. */
    void fade() {
        for (int j = 0; j < SUBFRAMES; j++) {
            xmaxc[j] = Math.max(0, xmaxc[j] - 4);
        }
    }

    private void readParameters() {
        for (int i = 0; i < larc.length; i++) {
            larc[i] = take(LAR_BITS[i]);
        }
        for (int j = 0; j < SUBFRAMES; j++) {
            nc[j] = take(7);
            bc[j] = take(2);
            mc[j] = take(2);
            xmaxc[j] = take(6);
            for (int i = 0; i < PULSES; i++) {
                xmc[j * PULSES + i] = take(3);
            }
        }
    }

    private void writeParameters() {
        for (int i = 0; i < larc.length; i++) {
            put(larc[i], LAR_BITS[i]);
        }
        for (int j = 0; j < SUBFRAMES; j++) {
            put(nc[j], 7);
            put(bc[j], 2);
            put(mc[j], 2);
            put(xmaxc[j], 6);
            for (int i = 0; i < PULSES; i++) {
                put(xmc[j * PULSES + i], 3);
            }
        }
    }

    private void begin(byte[] array, int firstBit, boolean lsbFirst) {
        octets = array;
        bit = firstBit;
        leastFirst = lsbFirst;
    }

    private int take(int bits) {
        int value = 0;
        for (int i = 0; i < bits; i++, bit++) {
            if (leastFirst) {
                value |= ((octets[bit >> 3] >> (bit & 7)) & 1) << i;
            } else {
                value = value << 1 | (octets[bit >> 3] >> (7 - (bit & 7))) & 1;
            }
        }
        return value;
    }

    private void put(int value, int bits) {
        for (int i = 0; i < bits; i++, bit++) {
            int one = leastFirst ? value >> i & 1 : value >> (bits - 1 - i) & 1;
            int mask = leastFirst ? 1 << (bit & 7) : 0x80 >> (bit & 7);
            octets[bit >> 3] = (byte) (one == 0 ? octets[bit >> 3] & ~mask : octets[bit >> 3] | mask);
        }
    }
}
