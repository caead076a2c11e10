package io.allo.media.srtp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Room and a digest that all contexts of one thread work with: a call leaves only its keys in memory, and what is worked on stays in
 * the processor's caches from one call's packet to the next. Nothing stands in it from one packet to the next. Owned by the
 * thread of the contexts that it was given to.
 */
public final class SrtpScratch {

    /** Bytes of key stream made at once. */
    static final int STREAM_BYTES = 256;

    /** The longest text whose code is computed in one go: a pad of HMAC, a packet, a word. */
    static final int TEXT_BYTES = 2_048;

    final MessageDigest sha1;
    final byte[] counters = new byte[STREAM_BYTES];
    final byte[] stream = new byte[STREAM_BYTES];
    final byte[] text = new byte[TEXT_BYTES];
    final byte[] outerText = new byte[HmacSha1.BLOCK_BYTES + HmacSha1.BYTES];
    final byte[] code = new byte[HmacSha1.BYTES];

    /** Room that nobody works with yet. */
    public SrtpScratch() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-1", missing);
        }
    }
}
