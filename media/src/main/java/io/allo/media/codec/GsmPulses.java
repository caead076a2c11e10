package io.allo.media.codec;

import static io.allo.media.codec.GsmArithmetic.abs;
import static io.allo.media.codec.GsmArithmetic.add;
import static io.allo.media.codec.GsmArithmetic.mult;
import static io.allo.media.codec.GsmArithmetic.multR;
import static io.allo.media.codec.GsmArithmetic.saturate;

/** Regular pulse excitation of GSM 06.10: weighting, grid, adaptive quantizer and its inverse (5.2.13 to 5.2.17). Owned by its coder. */
final class GsmPulses {
    private static final int PULSES = 13;
    private static final int SUBFRAME = 40;
    private static final int[] H = {-134, -374, 0, 2054, 5741, 8192, 5741, 2054, 0, -374, -134};
    private static final int[] NRFAC = {29128, 26215, 23832, 21846, 20165, 18725, 17476, 16384};
    private static final int[] FAC = {18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767};

    private final int[] padded = new int[SUBFRAME + 10];
    private final int[] x = new int[SUBFRAME];
    private int exp;
    private int mant;

    /** 5.2.13 to 5.2.17: codes the long term residual e of subframe j into the frame. */
    void encode(int[] e, GsmFrame frame, int j) {
        weight(e);
        int grid = bestGrid();
        int xmax = 0;
        for (int i = 0; i < PULSES; i++) {
            xmax = Math.max(xmax, abs(x[grid + 3 * i]));
        }
        int xmaxc = blockAmplitude(xmax);
        split(xmaxc);
        int temp1 = 6 - exp;
        int temp2 = NRFAC[mant];
        for (int i = 0; i < PULSES; i++) {
            int temp = mult((short) (x[grid + 3 * i] << temp1), temp2) >> 12;
            frame.xmc[j * PULSES + i] = temp + 4;
        }
        frame.mc[j] = grid;
        frame.xmaxc[j] = xmaxc;
    }

    /** 5.2.16 and 5.2.17: the reconstructed long term residual of subframe j, 40 values. */
    void decode(GsmFrame frame, int j, int[] ep) {
        split(frame.xmaxc[j]);
        int temp1 = FAC[mant];
        int temp2 = 6 - exp;
        int temp3 = temp2 == 0 ? 0 : 1 << (temp2 - 1);
        for (int k = 0; k < SUBFRAME; k++) {
            ep[k] = 0;
        }
        for (int i = 0; i < PULSES; i++) {
            int temp = ((frame.xmc[j * PULSES + i] << 1) - 7) << 12;
            temp = add(multR(temp1, temp), temp3);
            ep[frame.mc[j] + 3 * i] = temp >> temp2;
        }
    }

    private void weight(int[] e) {
        System.arraycopy(e, 0, padded, 5, SUBFRAME);
        for (int k = 0; k < SUBFRAME; k++) {
            int sum = 4096;
            for (int i = 0; i < H.length; i++) {
                sum += padded[k + i] * H[i];
            }
            x[k] = saturate(sum >> 13);
        }
    }

    private int bestGrid() {
        int best = 0;
        int most = 0;
        for (int m = 0; m < 4; m++) {
            int energy = 0;
            for (int i = 0; i < PULSES; i++) {
                int temp = x[m + 3 * i] >> 2;
                energy += temp * temp;
            }
            if (energy > most) {
                most = energy;
                best = m;
            }
        }
        return best;
    }

    private static int blockAmplitude(int xmax) {
        int exponent = 0;
        for (int temp = xmax >> 9; temp > 0 && exponent < 6; temp >>= 1) {
            exponent++;
        }
        return add(xmax >> (exponent + 5), exponent << 3);
    }

    /** 5.2.15: exponent and mantissa of the coded block amplitude. */
    private void split(int xmaxc) {
        exp = xmaxc > 15 ? (xmaxc >> 3) - 1 : 0;
        mant = xmaxc - (exp << 3);
        if (mant == 0) {
            exp = -4;
            mant = 7;
        } else {
            while (mant <= 7) {
                mant = mant << 1 | 1;
                exp--;
            }
            mant -= 8;
        }
    }
}
