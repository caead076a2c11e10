package io.allo.media.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** AES in counter mode with HMAC-SHA1: RFC 3711 4.1.1 and 4.2.1, RFC 6188. Owned by the thread of its context. */
final class CounterCipher implements PacketCipher {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final AesCounter aes;
    private final HmacSha1 hmac;
    private final int tagBytes;
    private final long saltHigh;
    private final long saltLow;

    CounterCipher(byte[] key, byte[] authenticationKey, byte[] salt, int tagBytes, SrtpScratch scratch) {
        this.aes = new AesCounter(key, scratch);
        this.hmac = new HmacSha1(authenticationKey, scratch);
        this.tagBytes = tagBytes;
        var block = new byte[AesCounter.BLOCK_BYTES];
        System.arraycopy(salt, 0, block, 0, salt.length);
        this.saltHigh = (long) LONGS.get(block, 0);
        this.saltLow = (long) LONGS.get(block, 8);
    }

    @Override
    public int tagBytes() {
        return tagBytes;
    }

    @Override
    public void seal(byte[] b, int off, int headerBytes, int length, int ssrc, long index, int word, int tagAt) {
        crypt(b, off + headerBytes, length - headerBytes, ssrc, index);
        hmac.compute(b, off, length, word);
        hmac.write(b, tagAt, tagBytes);
    }

    @Override
    public boolean open(byte[] b, int off, int headerBytes, int length, int ssrc, long index, int word, int tagAt) {
        hmac.compute(b, off, length, word);
        if (!hmac.matches(b, tagAt, tagBytes)) {
            return false;
        }
        crypt(b, off + headerBytes, length - headerBytes, ssrc, index);
        return true;
    }

    /** IV = (k_s * 2^16) XOR (SSRC * 2^64) XOR (i * 2^16). */
    private void crypt(byte[] b, int off, int length, int ssrc, long index) {
        if (length > 0) {
            aes.start(saltHigh ^ Integer.toUnsignedLong(ssrc), saltLow ^ index << 16);
            aes.apply(b, off, length);
        }
    }
}
