package io.allo.media.codec;

import static io.allo.media.codec.GsmArithmetic.abs;
import static io.allo.media.codec.GsmArithmetic.add;
import static io.allo.media.codec.GsmArithmetic.mult;
import static io.allo.media.codec.GsmArithmetic.multR;
import static io.allo.media.codec.GsmArithmetic.sub;

/** Log area ratios of GSM 06.10: quantizing, decoding, interpolation and reflection coefficients (5.2.6 to 5.2.9). Owned by its coder. */
final class GsmLars {
    private static final int[] A = {20480, 20480, 20480, 20480, 13964, 15360, 8534, 9036};
    private static final int[] B = {0, 0, 2048, -2560, 94, -1792, -341, -1144};
    private static final int[] MIC = {-32, -32, -16, -16, -8, -8, -4, -4};
    private static final int[] MAC = {31, 31, 15, 15, 7, 7, 3, 3};
    private static final int[] INVA = {13107, 13107, 13107, 13107, 19223, 17476, 31454, 29708};

    /** The four stretches of a frame that have their own interpolated coefficients. */
    static final int[] BOUNDS = {0, 13, 27, 40, 160};

    private int[] now = new int[8];
    private int[] before = new int[8];

    /** 5.2.6 and 5.2.7: reflection coefficients become coded log area ratios. */
    static void encode(int[] r, int[] larc) {
        for (int i = 0; i < 8; i++) {
            int size = abs(r[i]);
            if (size < 22118) {
                size >>= 1;
            } else if (size < 31130) {
                size -= 11059;
            } else {
                size = (size - 26112) << 2;
            }
            int lar = r[i] < 0 ? -size : size;
            int temp = add(add(mult(A[i], lar), B[i]), 256) >> 9;
            larc[i] = Math.clamp(temp, MIC[i], MAC[i]) - MIC[i];
        }
    }

    /** 5.2.8: takes the ratios of the next frame. */
    void decode(int[] larc) {
        int[] oldest = before;
        before = now;
        now = oldest;
        for (int i = 0; i < 8; i++) {
            int temp = sub((larc[i] + MIC[i]) << 10, B[i] << 1);
            temp = multR(INVA[i], temp);
            now[i] = add(temp, temp);
        }
    }

    /** 5.2.9: the reflection coefficients of one of the four stretches. */
    void reflection(int stretch, int[] rp) {
        for (int i = 0; i < 8; i++) {
            int lar = switch (stretch) {
                case 0 -> add(add(before[i] >> 2, now[i] >> 2), before[i] >> 1);
                case 1 -> add(before[i] >> 1, now[i] >> 1);
                case 2 -> add(add(before[i] >> 2, now[i] >> 2), now[i] >> 1);
                default -> now[i];
            };
            int size = abs(lar);
            if (size < 11059) {
                size <<= 1;
            } else if (size < 20070) {
                size += 11059;
            } else {
                size = add(size >> 2, 26112);
            }
            rp[i] = lar < 0 ? -size : size;
        }
    }
}
