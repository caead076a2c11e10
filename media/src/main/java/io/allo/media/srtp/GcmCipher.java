package io.allo.media.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * AES in Galois/counter mode (NIST SP 800-38D) as SRTP uses it: RFC 7714 8 for RTP, 9 for RTCP. Owned by the thread of its
 * context.
 */
final class GcmCipher implements PacketCipher {

    static final int TAG_BYTES = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final AesCounter aes;
    private final Ghash ghash;
    private final boolean control;
    private final long saltHigh;
    private final long saltLow;
    private final byte[] associated = new byte[AesCounter.BLOCK_BYTES + Integer.BYTES];
    private final byte[] tag = new byte[TAG_BYTES];

    /** {@code control}: seals RTCP, whose E flag and index are associated data (RFC 7714 9.2); RTP's counter is in the IV only. */
    GcmCipher(byte[] key, byte[] salt, boolean control, SrtpScratch scratch) {
        this.aes = new AesCounter(key, scratch);
        this.control = control;
        var block = new byte[AesCounter.BLOCK_BYTES];
        System.arraycopy(salt, 0, block, 0, salt.length);
        this.saltHigh = (long) LONGS.get(block, 0);
        this.saltLow = (long) LONGS.get(block, 8);
        var h = new byte[AesCounter.BLOCK_BYTES];
        aes.start(0, 0);
        aes.apply(h, 0, h.length);
        this.ghash = new Ghash((long) LONGS.get(h, 0), (long) LONGS.get(h, 8));
    }

    @Override
    public int tagBytes() {
        return TAG_BYTES;
    }

    @Override
    public void seal(byte[] b, int off, int headerBytes, int length, int ssrc, long index, int word, int tagAt) {
        start(ssrc, index);
        aes.apply(b, off + headerBytes, length - headerBytes);
        addTag(b, off, headerBytes, length, word);
        System.arraycopy(tag, 0, b, tagAt, TAG_BYTES);
    }

    @Override
    public boolean open(byte[] b, int off, int headerBytes, int length, int ssrc, long index, int word, int tagAt) {
        start(ssrc, index);
        addTag(b, off, headerBytes, length, word);
        var different = 0;
        for (var i = 0; i < TAG_BYTES; i++) {
            different |= tag[i] ^ b[tagAt + i];
        }
        if (different != 0) {
            return false;
        }
        aes.apply(b, off + headerBytes, length - headerBytes);
        return true;
    }

    /** The IV is 16 zero bits, SSRC and 48-bit index, XOR the salt (RFC 7714 8.1, 9.1); block 1 hides the tag, 2 begins the body. */
    private void start(int ssrc, long index) {
        aes.start(saltHigh ^ Integer.toUnsignedLong(ssrc) << 16 ^ index >>> 32, saltLow ^ index << 32 | 1);
        Arrays.fill(tag, (byte) 0);
        aes.apply(tag, 0, TAG_BYTES);
    }

    /** Adds the hash of header and encrypted body to the hidden tag. */
    private void addTag(byte[] b, int off, int headerBytes, int length, int word) {
        ghash.reset();
        var header = headerBytes;
        if (!control) {
            ghash.update(b, off, headerBytes);
        } else {
            header += Integer.BYTES;
            addControlHeader(b, off, headerBytes, word);
        }
        ghash.update(b, off + headerBytes, length - headerBytes);
        ghash.finish(8L * header, 8L * (length - headerBytes));
        LONGS.set(tag, 0, (long) LONGS.get(tag, 0) ^ ghash.high());
        LONGS.set(tag, 8, (long) LONGS.get(tag, 8) ^ ghash.low());
    }

    /** Header and word without a gap: whole blocks first, then what is left of the header with the word behind it. */
    private void addControlHeader(byte[] b, int off, int headerBytes, int word) {
        // an encrypted packet shows 8 bytes; one that is only authenticated is header as a whole
        var whole = headerBytes & -AesCounter.BLOCK_BYTES;
        ghash.update(b, off, whole);
        var rest = headerBytes - whole;
        System.arraycopy(b, off + whole, associated, 0, rest);
        associated[rest] = (byte) (word >>> 24);
        associated[rest + 1] = (byte) (word >>> 16);
        associated[rest + 2] = (byte) (word >>> 8);
        associated[rest + 3] = (byte) word;
        ghash.update(associated, 0, rest + Integer.BYTES);
    }
}
