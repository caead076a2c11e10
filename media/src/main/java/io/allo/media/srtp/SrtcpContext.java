package io.allo.media.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One direction of a stream's SRTCP under one key: protects RTCP packets before they are sent, or unprotects them when they
 * come, in place, for several sources. RFC 3711 3.4, RFC 7714 9. What we send is always encrypted; what comes may be
 * authenticated only. Owned by one thread.
 */
public final class SrtcpContext {

    /** What stays readable: the first RTCP header and its sender's SSRC. */
    private static final int HEADER_BYTES = 8;

    private static final int WORD_BYTES = 4;
    private static final int ENCRYPTED = 1 << 31;
    private static final int MAX_INDEX = Integer.MAX_VALUE;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final PacketCipher cipher;
    private final byte[] mki;
    private final int tagOffset;
    private final int wordOffset;
    private final int mkiOffset;
    private final int overheadBytes;
    private final SourceTable sources = new SourceTable();
    private long nextIndex;

    /** A stream that begins with this key. */
    public SrtcpContext(SrtpMasterKey key) {
        this(key, new SrtpScratch());
    }

    /** The same, with room that it shares with other contexts of its thread. */
    public SrtcpContext(SrtpMasterKey key, SrtpScratch scratch) {
        this(key, 0, scratch);
    }

    /** A stream that sends this index next. */
    SrtcpContext(SrtpMasterKey key, long nextIndex) {
        this(key, nextIndex, new SrtpScratch());
    }

    private SrtcpContext(SrtpMasterKey key, long nextIndex, SrtpScratch scratch) {
        this.cipher = new SrtpKeys(key, scratch).rtcp();
        this.mki = key.mki();
        this.nextIndex = nextIndex;
        // counter mode: word, MKI, tag (RFC 3711 3.4); GCM: tag, word, MKI (RFC 7714 9.2)
        var tagFirst = key.suite().isAead();
        this.wordOffset = tagFirst ? cipher.tagBytes() : 0;
        this.mkiOffset = wordOffset + WORD_BYTES;
        this.tagOffset = tagFirst ? 0 : mkiOffset + mki.length;
        this.overheadBytes = WORD_BYTES + cipher.tagBytes() + mki.length;
    }

    /** Bytes that a packet grows by when it is protected. */
    public int overheadBytes() {
        return overheadBytes;
    }

    /**
     * Protects the compound RTCP packet of {@code length} bytes at {@code off}.
     *
     * @return the new length; negative: an {@link SrtpFailure}, and the packet is as it was
     */
    public int protect(byte[] b, int off, int length) {
        if (!isRtcp(b, off, length)) {
            return SrtpFailure.MALFORMED.code();
        }
        if (b.length - off - length < overheadBytes) {
            return SrtpFailure.NO_ROOM.code();
        }
        if (nextIndex > MAX_INDEX) {
            return SrtpFailure.KEY_EXHAUSTED.code();
        }
        var index = nextIndex++;
        var end = off + length;
        var word = (int) index | ENCRYPTED;
        INTS.set(b, end + wordOffset, word);
        System.arraycopy(mki, 0, b, end + mkiOffset, mki.length);
        cipher.seal(b, off, HEADER_BYTES, length, ssrc(b, off), index, word, end + tagOffset);
        return length + overheadBytes;
    }

    /**
     * Unprotects the SRTCP packet of {@code length} bytes at {@code off}.
     *
     * @return the length of the RTCP packet; negative: an {@link SrtpFailure}, and the packet is as it was
     */
    public int unprotect(byte[] b, int off, int length) {
        var plainLength = length - overheadBytes;
        if (!isRtcp(b, off, plainLength)) {
            return SrtpFailure.MALFORMED.code();
        }
        var end = off + plainLength;
        if (!Arrays.equals(b, end + mkiOffset, end + mkiOffset + mki.length, mki, 0, mki.length)) {
            return SrtpFailure.WRONG_KEY.code();
        }
        var word = (int) INTS.get(b, end + wordOffset);
        var index = word & MAX_INDEX;
        var ssrc = ssrc(b, off);
        var window = sources.find(ssrc);
        if (window == null && sources.isFull()) {
            return SrtpFailure.TOO_MANY_SOURCES.code();
        }
        if (window != null && window.isTooOld(index)) {
            return SrtpFailure.TOO_OLD.code();
        }
        if (window != null && window.wasSeen(index)) {
            return SrtpFailure.REPLAYED.code();
        }
        var header = (word & ENCRYPTED) != 0 ? HEADER_BYTES : plainLength;
        if (!cipher.open(b, off, header, plainLength, ssrc, index, word, end + tagOffset)) {
            return SrtpFailure.FORGED.code();
        }
        (window == null ? sources.add(ssrc) : window).mark(index);
        return plainLength;
    }

    private static boolean isRtcp(byte[] b, int off, int length) {
        return length >= HEADER_BYTES && (b[off] & 0xc0) == 0x80;
    }

    private static int ssrc(byte[] b, int off) {
        return (int) INTS.get(b, off + 4);
    }
}
