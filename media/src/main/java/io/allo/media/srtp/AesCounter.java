package io.allo.media.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode, the counter being the last 16 bits of the block: RFC 3711 4.1.1. Made from the JDK's AES on single blocks,
 * whose input and output arrays must differ to allocate nothing. Owned by one thread.
 */
final class AesCounter {

    static final int BLOCK_BYTES = 16;

    private static final int CHUNK_BYTES = SrtpScratch.STREAM_BYTES;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Cipher aes;
    private final SrtpScratch scratch;
    private long high;
    private long low;

    AesCounter(byte[] key, SrtpScratch scratch) {
        this.scratch = scratch;
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no AES", missing);
        }
    }

    /** The next key stream begins with this block. */
    void start(byte[] block) {
        start((long) LONGS.get(block, 0), (long) LONGS.get(block, 8));
    }

    /** The next key stream begins with this block, given as two halves; the low 16 bits count. */
    void start(long firstHigh, long firstLow) {
        high = firstHigh;
        low = firstLow;
    }

    /** Adds the key stream to these bytes in place: encrypts and decrypts. A further call goes on with a whole block. */
    void apply(byte[] b, int off, int length) {
        for (var at = 0; at < length; at += CHUNK_BYTES) {
            var chunk = Math.min(CHUNK_BYTES, length - at);
            generate(chunk + BLOCK_BYTES - 1 & -BLOCK_BYTES);
            xor(b, off + at, chunk);
        }
    }

    private void generate(int bytes) {
        var counters = scratch.counters;
        for (var at = 0; at < bytes; at += BLOCK_BYTES) {
            LONGS.set(counters, at, high);
            LONGS.set(counters, at + 8, low);
            low++;
        }
        try {
            aes.update(counters, 0, bytes, scratch.stream, 0);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("whole blocks of AES", impossible);
        }
    }

    private void xor(byte[] b, int off, int length) {
        var stream = scratch.stream;
        var at = 0;
        for (; at <= length - 8; at += 8) {
            LONGS.set(b, off + at, (long) LONGS.get(b, off + at) ^ (long) LONGS.get(stream, at));
        }
        for (; at < length; at++) {
            b[off + at] ^= stream[at];
        }
    }
}
