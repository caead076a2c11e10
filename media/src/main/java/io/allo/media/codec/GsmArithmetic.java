package io.allo.media.codec;

/** The saturating 16-bit operations of GSM 06.10 clause 5.1, on ints that hold 16-bit values. Stateless. */
final class GsmArithmetic {
    private GsmArithmetic() {}

    static int saturate(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    static int add(int a, int b) {
        return saturate(a + b);
    }

    static int sub(int a, int b) {
        return saturate(a - b);
    }

    static int abs(int a) {
        return a == Short.MIN_VALUE ? Short.MAX_VALUE : Math.abs(a);
    }

    static int mult(int a, int b) {
        return saturate((a * b) >> 15);
    }

    static int multR(int a, int b) {
        return saturate((a * b + 16384) >> 15);
    }

    /** How far a non-zero 32-bit value can be shifted left to be normalized. */
    static int norm(int value) {
        return Integer.numberOfLeadingZeros(value < 0 ? ~value : value) - 1;
    }

    /** The 15-bit fraction num / denum, for 0 <= num <= denum and denum > 0. */
    static int div(int num, int denum) {
        return num == denum ? Short.MAX_VALUE : (num << 15) / denum;
    }
}
