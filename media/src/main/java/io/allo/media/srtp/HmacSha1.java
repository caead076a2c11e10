package io.allo.media.srtp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA1 (RFC 2104) over a packet and a word. The JDK's own Mac makes 40 bytes of garbage for each packet; on its digest it
 * makes none. Owned by the thread of its context.
 */
final class HmacSha1 {

    static final int BYTES = 20;

    private static final int BLOCK_BYTES = 64;

    private final MessageDigest sha1;
    private final byte[] inner = new byte[BLOCK_BYTES];
    private final byte[] outer = new byte[BLOCK_BYTES];
    private final byte[] behind = new byte[4];
    private final byte[] result = new byte[BYTES];

    /** A key of at most 64 bytes. */
    HmacSha1(byte[] key) {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-1", missing);
        }
        Arrays.fill(inner, (byte) 0x36);
        Arrays.fill(outer, (byte) 0x5c);
        for (var i = 0; i < key.length; i++) {
            inner[i] ^= key[i];
            outer[i] ^= key[i];
        }
    }

    /** Computes the code of these bytes and the four of {@code word} behind them. */
    void compute(byte[] b, int off, int length, int word) {
        behind[0] = (byte) (word >>> 24);
        behind[1] = (byte) (word >>> 16);
        behind[2] = (byte) (word >>> 8);
        behind[3] = (byte) word;
        try {
            sha1.update(inner);
            sha1.update(b, off, length);
            sha1.update(behind);
            sha1.digest(result, 0, BYTES);
            sha1.update(outer);
            sha1.update(result);
            sha1.digest(result, 0, BYTES);
        } catch (DigestException impossible) {
            throw new IllegalStateException("20 bytes hold a SHA-1", impossible);
        }
    }

    /** Writes the leftmost bytes of what was computed. */
    void write(byte[] b, int off, int bytes) {
        System.arraycopy(result, 0, b, off, bytes);
    }

    /** Whether these are the leftmost bytes of what was computed; takes the same time either way. */
    boolean matches(byte[] b, int off, int bytes) {
        var different = 0;
        for (var i = 0; i < bytes; i++) {
            different |= result[i] ^ b[off + i];
        }
        return different == 0;
    }
}
