package io.allo.media.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.util.Arrays;

/**
 * HMAC-SHA1 (RFC 2104) over a packet and a word. The JDK's own Mac makes 40 bytes of garbage for each packet; on its digest it
 * makes none. Owned by the thread of its context.
 */
final class HmacSha1 {

    static final int BYTES = 20;

    static final int BLOCK_BYTES = 64;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final SrtpScratch scratch;

    /** The key under the inner pad, behind it the key under the outer. */
    private final byte[] pads = new byte[2 * BLOCK_BYTES];

    /** A key of at most 64 bytes. */
    HmacSha1(byte[] key, SrtpScratch scratch) {
        this.scratch = scratch;
        Arrays.fill(pads, 0, BLOCK_BYTES, (byte) 0x36);
        Arrays.fill(pads, BLOCK_BYTES, 2 * BLOCK_BYTES, (byte) 0x5c);
        for (var i = 0; i < key.length; i++) {
            pads[i] ^= key[i];
            pads[BLOCK_BYTES + i] ^= key[i];
        }
    }

    /** Computes the code of these bytes and the four of {@code word} behind them. It stands until the next is computed. */
    void compute(byte[] b, int off, int length, int word) {
        var sha1 = scratch.sha1;
        var text = scratch.text;
        var outer = scratch.outerText;
        System.arraycopy(pads, 0, text, 0, BLOCK_BYTES);
        var at = BLOCK_BYTES;
        if (length > text.length - BLOCK_BYTES - Integer.BYTES) {
            sha1.update(text, 0, BLOCK_BYTES);
            sha1.update(b, off, length);
            at = 0;
        } else {
            // one call with all of it costs less than three
            System.arraycopy(b, off, text, BLOCK_BYTES, length);
            at += length;
        }
        INTS.set(text, at, word);
        System.arraycopy(pads, BLOCK_BYTES, outer, 0, BLOCK_BYTES);
        try {
            sha1.update(text, 0, at + Integer.BYTES);
            sha1.digest(outer, BLOCK_BYTES, BYTES);
            sha1.update(outer, 0, outer.length);
            sha1.digest(scratch.code, 0, BYTES);
        } catch (DigestException impossible) {
            throw new IllegalStateException("20 bytes hold a SHA-1", impossible);
        }
    }

    /** Writes the leftmost bytes of what was computed. */
    void write(byte[] b, int off, int bytes) {
        System.arraycopy(scratch.code, 0, b, off, bytes);
    }

    /** Whether these are the leftmost bytes of what was computed; takes the same time either way. */
    boolean matches(byte[] b, int off, int bytes) {
        var code = scratch.code;
        var different = 0;
        for (var i = 0; i < bytes; i++) {
            different |= code[i] ^ b[off + i];
        }
        return different == 0;
    }
}
