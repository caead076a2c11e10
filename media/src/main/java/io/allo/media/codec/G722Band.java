package io.allo.media.codec;

/**
 * One band of a G.722 coder: quantizer scale and the pole-zero predictor of clause 6.2, in the recommendation's 16-bit arithmetic and
 * with its names. Blocks 1L to 4L for the lower band, 1H to 4H for the upper. Owned by its encoder or decoder.
 */
final class G722Band {
    /** Table 14 (QUANTL): decision levels of the lower band. */
    private static final int[] Q6 = {
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219,
        1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    /** Inverse quantizer, 6 bits (INVQBL, mode 1), indexed by the code. */
    private static final int[] QM6 = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
        -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
        -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136
    };

    /** Inverse quantizer, the 4 upper bits (INVQAL): what both sides predict from. */
    private static final int[] QM4 = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
    };

    /** Inverse quantizer of the upper band (INVQAH). */
    private static final int[] QM2 = {-7408, -1616, 7408, 1616};

    /** Logarithmic scale multipliers of the lower band, by the 4 upper bits (LOGSCL: WL after RL42). */
    private static final int[] WL4 = {-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60};

    /** Logarithmic scale multipliers of the upper band, by code (LOGSCH: WH after RH2). */
    private static final int[] WH2 = {798, -214, 798, -214};

    /** Table of the inverse logarithm (ILB). */
    private static final int[] ILB = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960,
        3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
    };

    private final int nbLimit;
    private final int detShift;

    private int s;
    private int sz;
    private int nb;
    private int det;
    private int r1;
    private int r2;
    private int a1;
    private int a2;
    private int p1;
    private int p2;
    private final int[] b = new int[7];
    private final int[] d = new int[7];

    private G722Band(int det, int nbLimit, int detShift) {
        this.det = det;
        this.nbLimit = nbLimit;
        this.detShift = detShift;
    }

    static G722Band low() {
        return new G722Band(32, 18432, 8);
    }

    static G722Band high() {
        return new G722Band(8, 22528, 10);
    }

    /** SUBTRA and QUANTL: the 6-bit code of the lower band's difference. */
    int quantizeLow(int xl) {
        int el = saturate(xl - s);
        int wd = el >= 0 ? el : -(el + 1);
        int mil = 1;
        while (mil < 30 && wd >= (Q6[mil] * det) >> 12) {
            mil++;
        }
        if (el < 0) {
            return mil < 3 ? 64 - mil : 34 - mil;
        }
        return 62 - mil; // 61 for the smallest difference, 32 for the largest
    }

    /** SUBTRA and QUANTH: the 2-bit code of the upper band's difference. */
    int quantizeHigh(int xh) {
        int eh = saturate(xh - s);
        int wd = eh >= 0 ? eh : -(eh + 1);
        boolean large = wd >= (564 * det) >> 12;
        if (eh < 0) {
            return large ? 0 : 1;
        }
        return large ? 2 : 3;
    }

    /** INVQBL, RECONS and LIMIT: the lower band's sound. */
    int reconstructLow(int il) {
        return limit15(s + ((det * QM6[il]) >> 15));
    }

    /** INVQAH, RECONS and LIMIT: the upper band's sound. */
    int reconstructHigh(int ih) {
        return limit15(s + ((det * QM2[ih]) >> 15));
    }

    /** Blocks 2L to 4L: adapt to the code. */
    void updateLow(int il) {
        int il4 = il >> 2;
        int dlt = (det * QM4[il4]) >> 15;
        scale(WL4[il4]);
        predict(dlt);
    }

    /** Blocks 2H to 4H: adapt to the code. */
    void updateHigh(int ih) {
        int dh = (det * QM2[ih]) >> 15;
        scale(WH2[ih]);
        predict(dh);
    }

    /** LOGSCL and SCALEL, or LOGSCH and SCALEH. */
    private void scale(int w) {
        nb = Math.clamp(((nb * 127) >> 7) + w, 0, nbLimit);
        int wd1 = (nb >> 6) & 31;
        int wd2 = detShift - (nb >> 11);
        det = (wd2 < 0 ? ILB[wd1] << -wd2 : ILB[wd1] >> wd2) << 2;
    }

    /** Block 4: PARREC, RECONS, UPPOL2, UPPOL1, UPZERO, DELAYA, FILTEP, FILTEZ, PREDIC. */
    private void predict(int d0) {
        int r0 = saturate(s + d0);
        int p0 = saturate(sz + d0);
        updatePoles(p0);
        updateZeros(d0);
        p2 = p1;
        p1 = p0;
        r2 = r1;
        r1 = r0;
        int sp = saturate(((a1 * saturate(r1 + r1)) >> 15) + ((a2 * saturate(r2 + r2)) >> 15));
        int sum = 0;
        for (int i = 6; i > 0; i--) {
            sum = saturate(sum + ((b[i] * saturate(d[i] + d[i])) >> 15));
        }
        sz = sum;
        s = saturate(sp + sz);
    }

    /** UPPOL2 and UPPOL1: the two pole coefficients. */
    private void updatePoles(int p0) {
        boolean same1 = (p0 ^ p1) >= 0;
        boolean same2 = (p0 ^ p2) >= 0;
        int wd1 = saturate(a1 << 2);
        int wd2 = same1 ? Math.min(-wd1, 32767) : wd1;
        int apl2 = (same2 ? 128 : -128) + (wd2 >> 7) + ((a2 * 32512) >> 15);
        apl2 = Math.clamp(apl2, -12288, 12288);
        int apl1 = saturate((same1 ? 192 : -192) + ((a1 * 32640) >> 15));
        int wd3 = saturate(15360 - apl2);
        a1 = Math.clamp(apl1, -wd3, wd3);
        a2 = apl2;
    }

    /** UPZERO and the delay line: the six zero coefficients. */
    private void updateZeros(int d0) {
        int wd1 = d0 == 0 ? 0 : 128;
        for (int i = 6; i > 0; i--) {
            int wd2 = (d0 ^ d[i]) >= 0 ? wd1 : -wd1;
            b[i] = saturate(wd2 + ((b[i] * 32640) >> 15));
        }
        for (int i = 6; i > 1; i--) {
            d[i] = d[i - 1];
        }
        d[1] = d0;
    }

    static int limit15(int value) {
        return Math.clamp(value, -16384, 16383);
    }

    static short saturate(int value) {
        return (short) Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
