package io.allo.media.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * GHASH of NIST SP 800-38D 6.4: Y = (Y xor X) * H in GF(2^128), block by block. In constant time and without tables: a product without
 * carries is made of integer products of every fourth bit, whose carries fall into the holes and are masked away; the upper
 * half of a product is the lower half of the product of the mirrored numbers. Owned by the thread of its context.
 */
final class Ghash {

    private static final int BLOCK_BYTES = 16;
    private static final long EVERY_FOURTH = 0x1111_1111_1111_1111L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long hHigh;
    private final long hLow;
    private final long hMiddle;
    private final long hHighMirrored;
    private final long hLowMirrored;
    private final long hMiddleMirrored;
    private final byte[] last = new byte[BLOCK_BYTES];
    private long high;
    private long low;

    Ghash(long hHigh, long hLow) {
        this.hHigh = hHigh;
        this.hLow = hLow;
        this.hMiddle = hHigh ^ hLow;
        this.hHighMirrored = Long.reverse(hHigh);
        this.hLowMirrored = Long.reverse(hLow);
        this.hMiddleMirrored = hHighMirrored ^ hLowMirrored;
    }

    void reset() {
        high = 0;
        low = 0;
    }

    /** Adds bytes; the last block is filled up with zeros, so the next bytes begin a new one. */
    void update(byte[] b, int off, int length) {
        var at = off;
        var end = off + length;
        for (; at <= end - BLOCK_BYTES; at += BLOCK_BYTES) {
            block((long) LONGS.get(b, at), (long) LONGS.get(b, at + 8));
        }
        if (at < end) {
            LONGS.set(last, 0, 0L);
            LONGS.set(last, 8, 0L);
            System.arraycopy(b, at, last, 0, end - at);
            block((long) LONGS.get(last, 0), (long) LONGS.get(last, 8));
        }
    }

    /** Adds the block of lengths, in bits. */
    void finish(long associatedBits, long textBits) {
        block(associatedBits, textBits);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** Karatsuba on the halves, then reduction by x^128 + x^7 + x^2 + x + 1; bit 0 is the leftmost. */
    private void block(long xHigh, long xLow) {
        var y1 = high ^ xHigh;
        var y0 = low ^ xLow;
        var y1Mirrored = Long.reverse(y1);
        var y0Mirrored = Long.reverse(y0);
        var z0 = product(y0, hLow);
        var z1 = product(y1, hHigh);
        var z2 = product(y0 ^ y1, hMiddle) ^ z0 ^ z1;
        var z0Upper = product(y0Mirrored, hLowMirrored);
        var z1Upper = product(y1Mirrored, hHighMirrored);
        var z2Upper = product(y0Mirrored ^ y1Mirrored, hMiddleMirrored) ^ z0Upper ^ z1Upper;
        reduce(z0, Long.reverse(z0Upper) >>> 1 ^ z2, z1 ^ Long.reverse(z2Upper) >>> 1, Long.reverse(z1Upper) >>> 1);
    }

    /** The 255-bit product in four words, v3 the leftmost, moved up by one bit because GCM counts bits from the left. */
    private void reduce(long v0, long v1, long v2, long v3) {
        var w3 = v3 << 1 | v2 >>> 63;
        var w2 = v2 << 1 | v1 >>> 63;
        var w1 = v1 << 1 | v0 >>> 63;
        var w0 = v0 << 1;
        w2 ^= w0 ^ w0 >>> 1 ^ w0 >>> 2 ^ w0 >>> 7;
        w1 ^= w0 << 63 ^ w0 << 62 ^ w0 << 57;
        w3 ^= w1 ^ w1 >>> 1 ^ w1 >>> 2 ^ w1 >>> 7;
        w2 ^= w1 << 63 ^ w1 << 62 ^ w1 << 57;
        high = w3;
        low = w2;
    }

    /** The lower 64 bits of the product without carries. */
    private static long product(long x, long y) {
        var x0 = x & EVERY_FOURTH;
        var x1 = x & EVERY_FOURTH << 1;
        var x2 = x & EVERY_FOURTH << 2;
        var x3 = x & EVERY_FOURTH << 3;
        var y0 = y & EVERY_FOURTH;
        var y1 = y & EVERY_FOURTH << 1;
        var y2 = y & EVERY_FOURTH << 2;
        var y3 = y & EVERY_FOURTH << 3;
        return (x0 * y0 ^ x1 * y3 ^ x2 * y2 ^ x3 * y1) & EVERY_FOURTH
                | (x0 * y1 ^ x1 * y0 ^ x2 * y3 ^ x3 * y2) & EVERY_FOURTH << 1
                | (x0 * y2 ^ x1 * y1 ^ x2 * y0 ^ x3 * y3) & EVERY_FOURTH << 2
                | (x0 * y3 ^ x1 * y2 ^ x2 * y1 ^ x3 * y0) & EVERY_FOURTH << 3;
    }
}
