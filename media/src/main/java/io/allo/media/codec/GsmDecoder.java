package io.allo.media.codec;

import static io.allo.media.codec.GsmArithmetic.add;
import static io.allo.media.codec.GsmArithmetic.multR;
import static io.allo.media.codec.GsmArithmetic.sub;

/** The GSM 06.10 decoder, clause 5.3, with its variable names. Owned by one thread. */
final class GsmDecoder {
    /** Table 5.3b: decoded LTP gains. */
    static final int[] QLB = {3277, 11469, 21299, 32767};

    private static final int HISTORY = 120;
    private static final int SUBFRAME = 40;

    private final GsmLars lars = new GsmLars();
    private final GsmPulses pulses = new GsmPulses();
    private final int[] erp = new int[SUBFRAME];
    private final int[] drp = new int[HISTORY + 4 * SUBFRAME];
    private final int[] rrp = new int[8];
    private final int[] v = new int[9];
    private int nrp = 40;
    private int msr;

    /** Decodes one frame to 160 samples. */
    void decode(GsmFrame frame, short[] pcm, int off) {
        System.arraycopy(drp, 4 * SUBFRAME, drp, 0, HISTORY);
        for (int j = 0; j < 4; j++) {
            pulses.decode(frame, j, erp);
            longTermSynthesis(frame.nc[j], frame.bc[j], HISTORY + j * SUBFRAME);
        }
        lars.decode(frame.larc);
        for (int stretch = 0; stretch < 4; stretch++) {
            lars.reflection(stretch, rrp);
            shortTermSynthesis(GsmLars.BOUNDS[stretch], GsmLars.BOUNDS[stretch + 1], pcm, off);
        }
    }

    /** 5.3.2 */
    private void longTermSynthesis(int ncr, int bcr, int at) {
        if (ncr >= 40 && ncr <= 120) {
            nrp = ncr;
        }
        int brp = QLB[bcr];
        for (int k = 0; k < SUBFRAME; k++) {
            drp[at + k] = add(erp[k], multR(brp, drp[at + k - nrp]));
        }
    }

    /** 5.3.4 to 5.3.7: synthesis lattice, de-emphasis, upscaling, truncation to 13 bits. */
    private void shortTermSynthesis(int from, int to, short[] pcm, int off) {
        for (int k = from; k < to; k++) {
            int sri = drp[HISTORY + k];
            for (int i = 7; i >= 0; i--) {
                sri = sub(sri, multR(rrp[i], v[i]));
                v[i + 1] = add(v[i], multR(rrp[i], sri));
            }
            v[0] = sri;
            msr = add(sri, multR(msr, 28180));
            pcm[off + k] = (short) (add(msr, msr) & ~7);
        }
    }
}
