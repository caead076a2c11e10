package io.allo.media.srtp;

import io.allo.media.rtp.RtpPacket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One direction of an SRTP stream under one key: protects RTP packets before they are sent, or unprotects them when they come,
 * in place, for several sources. RFC 3711 3.3. Allocates only when a new source appears. Owned by one thread.
 *
 * <p>A number is never used twice for sending: with counter mode that would give both texts away.
 */
public final class SrtpContext {

    /** Sources that one key may have; each needs an entry for as long as the key lasts, or its packets could be replayed. */
    public static final int MAX_SOURCES = 64;

    private static final long MAX_ROLLOVER = 0xFFFF_FFFFL;
    private static final int HALF = 1 << 15;

    private final SrtpScratch scratch;
    private final PacketCipher cipher;
    private final byte[] mki;
    private final int tagOffset;
    private final int mkiOffset;
    private final int overheadBytes;
    private final long firstRollover;
    private final SourceTable sources = new SourceTable();
    private final @Nullable SourceTable former;

    /** A stream that begins with this key. */
    public SrtpContext(SrtpMasterKey key) {
        this(key, new SrtpScratch());
    }

    /** The same, with room that it shares with other contexts of its thread. */
    public SrtpContext(SrtpMasterKey key, SrtpScratch scratch) {
        this(key, 0, null, scratch);
    }

    /**
     * A stream that goes on under a new key. The rollover counter begins at 0 again, as phones do it; received packets may also
     * go on with the counter they had (RFC 3711 3.3.1), and whichever fits the tag holds.
     */
    public SrtpContext(SrtpMasterKey key, SrtpContext previous) {
        this(key, 0, previous.sources, previous.scratch);
    }

    /** A stream whose sources have wrapped so often already. */
    SrtpContext(SrtpMasterKey key, long firstRollover) {
        this(key, firstRollover, null, new SrtpScratch());
    }

    private SrtpContext(SrtpMasterKey key, long firstRollover, @Nullable SourceTable former, SrtpScratch scratch) {
        this.scratch = scratch;
        this.cipher = new SrtpKeys(key, scratch).rtp();
        this.mki = key.mki();
        this.tagOffset = key.suite().isAead() ? 0 : mki.length;
        this.mkiOffset = key.suite().isAead() ? cipher.tagBytes() : 0;
        this.overheadBytes = cipher.tagBytes() + mki.length;
        this.firstRollover = firstRollover;
        this.former = former;
    }

    /** Bytes that a packet grows by when it is protected. */
    public int overheadBytes() {
        return overheadBytes;
    }

    /**
     * Protects the RTP packet of {@code length} bytes at {@code off}.
     *
     * @return the new length; negative: an {@link SrtpFailure}, and the packet is as it was
     */
    public int protect(byte[] b, int off, int length) {
        var header = headerBytes(b, off, length);
        if (header < 0) {
            return SrtpFailure.MALFORMED.code();
        }
        if (b.length - off - length < overheadBytes) {
            return SrtpFailure.NO_ROOM.code();
        }
        var ssrc = RtpPacket.ssrc(b, off);
        var window = sources.find(ssrc);
        if (window == null && sources.isFull()) {
            return SrtpFailure.TOO_MANY_SOURCES.code();
        }
        var sequence = RtpPacket.sequence(b, off);
        var index = window == null ? firstRollover << 16 | sequence : index(window.highest(), sequence);
        var refused = window == null ? 0 : refusal(window, index);
        if (refused < 0) {
            return refused;
        }
        var end = off + length;
        cipher.seal(b, off, header, length, ssrc, index, (int) (index >>> 16), end + tagOffset);
        System.arraycopy(mki, 0, b, end + mkiOffset, mki.length);
        (window == null ? sources.add(ssrc) : window).mark(index);
        return length + overheadBytes;
    }

    /**
     * Unprotects the SRTP packet of {@code length} bytes at {@code off}.
     *
     * @return the length of the RTP packet; negative: an {@link SrtpFailure}, and the packet is as it was
     */
    public int unprotect(byte[] b, int off, int length) {
        var plainLength = length - overheadBytes;
        var header = headerBytes(b, off, plainLength);
        if (header < 0) {
            return SrtpFailure.MALFORMED.code();
        }
        var end = off + plainLength;
        if (!Arrays.equals(b, end + mkiOffset, end + mkiOffset + mki.length, mki, 0, mki.length)) {
            return SrtpFailure.WRONG_KEY.code();
        }
        var ssrc = RtpPacket.ssrc(b, off);
        var sequence = RtpPacket.sequence(b, off);
        var window = sources.find(ssrc);
        if (window == null) {
            return first(b, off, header, plainLength, ssrc, sequence);
        }
        var index = index(window.highest(), sequence);
        var refused = refusal(window, index);
        if (refused < 0) {
            return refused;
        }
        if (!cipher.open(b, off, header, plainLength, ssrc, index, (int) (index >>> 16), end + tagOffset)) {
            return SrtpFailure.FORGED.code();
        }
        window.mark(index);
        return plainLength;
    }

    /** The first packet of a source: nobody has said how often its number wrapped, so the likely counters are tried. */
    private int first(byte[] b, int off, int header, int plainLength, int ssrc, int sequence) {
        if (sources.isFull()) {
            return SrtpFailure.TOO_MANY_SOURCES.code();
        }
        var rollover = firstRollover;
        if (!opens(b, off, header, plainLength, ssrc, rollover)) {
            rollover = otherRollover(ssrc, sequence);
            if (!opens(b, off, header, plainLength, ssrc, rollover)) {
                return SrtpFailure.FORGED.code();
            }
        }
        sources.add(ssrc).mark(rollover << 16 | sequence);
        return plainLength;
    }

    private boolean opens(byte[] b, int off, int header, int plainLength, int ssrc, long rollover) {
        var index = rollover << 16 | RtpPacket.sequence(b, off);
        return cipher.open(b, off, header, plainLength, ssrc, index, (int) rollover, off + plainLength + tagOffset);
    }

    /** Under a former key the source had a counter; without one, all packets before the first wrap may have been lost. */
    private long otherRollover(int ssrc, int sequence) {
        var before = former == null ? null : former.find(ssrc);
        return before == null
                ? firstRollover + 1 & MAX_ROLLOVER
                : index(before.highest(), sequence) >>> 16 & MAX_ROLLOVER;
    }

    private static int refusal(ReplayWindow window, long index) {
        if (index >>> 16 > MAX_ROLLOVER) {
            return SrtpFailure.KEY_EXHAUSTED.code();
        }
        if (window.isTooOld(index)) {
            return SrtpFailure.TOO_OLD.code();
        }
        return window.wasSeen(index) ? SrtpFailure.REPLAYED.code() : 0;
    }

    /** The index that this sequence number most likely has: RFC 3711 3.3.1 and appendix A. */
    private static long index(long highest, int sequence) {
        var rollover = highest >>> 16;
        var highestSequence = (int) highest & 0xffff;
        if (highestSequence < HALF) {
            if (sequence - highestSequence > HALF && rollover > 0) {
                rollover--;
            }
        } else if (highestSequence - HALF > sequence) {
            rollover++;
        }
        return rollover << 16 | sequence;
    }

    /** Length of the header with contributing sources and extension; -1 if this is no RTP packet. */
    private static int headerBytes(byte[] b, int off, int length) {
        if (length < RtpPacket.HEADER_BYTES || RtpPacket.version(b, off) != 2) {
            return -1;
        }
        var extensionAt = RtpPacket.HEADER_BYTES + 4 * RtpPacket.csrcCount(b, off);
        if (RtpPacket.hasExtension(b, off) && length < extensionAt + 4) {
            return -1;
        }
        var header = RtpPacket.headerLength(b, off);
        return header <= length ? header : -1;
    }
}
