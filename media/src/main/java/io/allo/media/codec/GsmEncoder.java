package io.allo.media.codec;

import static io.allo.media.codec.GsmArithmetic.abs;
import static io.allo.media.codec.GsmArithmetic.add;
import static io.allo.media.codec.GsmArithmetic.div;
import static io.allo.media.codec.GsmArithmetic.mult;
import static io.allo.media.codec.GsmArithmetic.multR;
import static io.allo.media.codec.GsmArithmetic.norm;
import static io.allo.media.codec.GsmArithmetic.sub;

/** The GSM 06.10 encoder, clause 5.2, with its variable names. Owned by one thread. */
final class GsmEncoder {
    /** Table 5.3a: decision levels of the LTP gain. */
    private static final int[] DLB = {6554, 16384, 26214};

    private static final int FRAME = 160;
    private static final int SUBFRAME = 40;
    private static final int HISTORY = 120;

    private final GsmLars lars = new GsmLars();
    private final GsmPulses pulses = new GsmPulses();
    private final int[] s = new int[FRAME];
    private final int[] scaled = new int[FRAME];
    private final int[] lacf = new int[9];
    private final int[] r = new int[8];
    private final int[] k = new int[9];
    private final int[] p = new int[9];
    private final int[] rp = new int[8];
    private final int[] u = new int[8];
    private final int[] wt = new int[SUBFRAME];
    private final int[] e = new int[SUBFRAME];
    private final int[] ep = new int[SUBFRAME];
    private final int[] dpp = new int[SUBFRAME];
    private final int[] dp = new int[HISTORY + FRAME];
    private int z1;
    private int lz2;
    private int mp;

    /** Encodes 160 samples to the parameters of one frame. */
    void encode(short[] pcm, int off, GsmFrame frame) {
        preprocess(pcm, off);
        autocorrelation();
        reflection();
        GsmLars.encode(r, frame.larc);
        lars.decode(frame.larc);
        for (int stretch = 0; stretch < 4; stretch++) {
            lars.reflection(stretch, rp);
            shortTermAnalysis(GsmLars.BOUNDS[stretch], GsmLars.BOUNDS[stretch + 1]);
        }
        System.arraycopy(dp, FRAME, dp, 0, HISTORY);
        for (int j = 0; j < 4; j++) {
            longTermPrediction(frame, j);
            pulses.encode(e, frame, j);
            pulses.decode(frame, j, ep);
            for (int i = 0; i < SUBFRAME; i++) {
                dp[HISTORY + j * SUBFRAME + i] = add(ep[i], dpp[i]);
            }
        }
    }

    /** 5.2.1 to 5.2.3: scaling to 13 bits, offset compensation, pre-emphasis. */
    private void preprocess(short[] pcm, int off) {
        for (int i = 0; i < FRAME; i++) {
            int so = pcm[off + i] >> 3 << 2;
            int s1 = so - z1;
            z1 = so;
            int msp = lz2 >> 15;
            int lsp = lz2 - (msp << 15);
            int ls2 = (s1 << 15) + multR(lsp, 32735);
            lz2 = addLong(msp * 32735, ls2);
            int sof = addLong(lz2, 16384) >> 15;
            s[i] = add(sof, multR(mp, -28180));
            mp = sof;
        }
    }

    /** 5.2.4, with the dynamic scaling of the input. */
    private void autocorrelation() {
        int smax = 0;
        for (int i = 0; i < FRAME; i++) {
            smax = Math.max(smax, abs(s[i]));
        }
        int scalauto = smax == 0 ? 0 : Math.max(0, 4 - norm(smax << 16));
        int factor = 16384 >> Math.max(0, scalauto - 1);
        for (int i = 0; i < FRAME; i++) {
            scaled[i] = scalauto > 0 ? multR(s[i], factor) : s[i];
        }
        for (int lag = 0; lag <= 8; lag++) {
            int sum = 0;
            for (int i = lag; i < FRAME; i++) {
                sum += scaled[i] * scaled[i - lag];
            }
            lacf[lag] = sum << 1;
        }
        if (scalauto > 0) {
            for (int i = 0; i < FRAME; i++) {
                s[i] = (short) (scaled[i] << scalauto);
            }
        }
    }

    /** 5.2.5: the Schur recursion. */
    private void reflection() {
        for (int i = 0; i < 8; i++) {
            r[i] = 0;
        }
        if (lacf[0] == 0) {
            return;
        }
        int shift = norm(lacf[0]);
        for (int i = 0; i <= 8; i++) {
            p[i] = (lacf[i] << shift) >> 16;
        }
        for (int i = 1; i <= 7; i++) {
            k[9 - i] = p[i];
        }
        for (int n = 1; n <= 8; n++) {
            int size = abs(p[1]);
            if (p[0] < size) {
                return;
            }
            int rn = div(size, p[0]);
            if (p[1] > 0) {
                rn = -rn;
            }
            r[n - 1] = rn;
            if (n == 8) {
                return;
            }
            p[0] = add(p[0], multR(p[1], rn));
            for (int m = 1; m <= 8 - n; m++) {
                int old = p[m + 1];
                p[m] = add(old, multR(k[9 - m], rn));
                k[9 - m] = add(k[9 - m], multR(old, rn));
            }
        }
    }

    /** 5.2.10: the analysis lattice, in place. */
    private void shortTermAnalysis(int from, int to) {
        for (int n = from; n < to; n++) {
            int di = s[n];
            int sou = di;
            for (int i = 0; i < 8; i++) {
                int temp = add(u[i], multR(rp[i], di));
                di = add(di, multR(rp[i], u[i]));
                u[i] = sou;
                sou = temp;
            }
            s[n] = di;
        }
    }

    /** 5.2.11 and 5.2.12: lag and gain of the long term predictor, and what it leaves. */
    private void longTermPrediction(GsmFrame frame, int j) {
        int from = j * SUBFRAME;
        int dmax = 0;
        for (int i = 0; i < SUBFRAME; i++) {
            dmax = Math.max(dmax, abs(s[from + i]));
        }
        int scal = dmax == 0 ? 0 : Math.max(0, 6 - norm(dmax << 16));
        for (int i = 0; i < SUBFRAME; i++) {
            wt[i] = s[from + i] >> scal;
        }
        int nc = 40;
        int lmax = 0;
        for (int lambda = 40; lambda <= 120; lambda++) {
            int sum = 0;
            int start = HISTORY + from - lambda;
            for (int i = 0; i < SUBFRAME; i++) {
                sum += wt[i] * dp[start + i];
            }
            if (sum > lmax) {
                lmax = sum;
                nc = lambda;
            }
        }
        lmax = (lmax << 1) >> (6 - scal);
        int bc = gain(lmax, HISTORY + from - nc);
        frame.nc[j] = nc;
        frame.bc[j] = bc;
        for (int i = 0; i < SUBFRAME; i++) {
            dpp[i] = multR(GsmDecoder.QLB[bc], dp[HISTORY + from + i - nc]);
            e[i] = sub(s[from + i], dpp[i]);
        }
    }

    private int gain(int lmax, int start) {
        int power = 0;
        for (int i = 0; i < SUBFRAME; i++) {
            int temp = dp[start + i] >> 3;
            power += temp * temp;
        }
        power <<= 1;
        if (lmax <= 0) {
            return 0;
        }
        if (lmax >= power) {
            return 3;
        }
        int shift = norm(power);
        int big = (lmax << shift) >> 16;
        int all = (power << shift) >> 16;
        int bc = 0;
        while (bc < 3 && big > mult(all, DLB[bc])) {
            bc++;
        }
        return bc;
    }

    /** L_add: saturating 32-bit addition. */
    private static int addLong(int a, int b) {
        return (int) Math.clamp((long) a + b, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
