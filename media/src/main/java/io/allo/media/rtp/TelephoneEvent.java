package io.allo.media.rtp;

import java.util.Objects;

/** The four-byte payload of a telephone event (RFC 4733 2.3), read and written in place. Stateless. */
public final class TelephoneEvent {
    /** Length of the payload in bytes. */
    public static final int PAYLOAD_BYTES = 4;

    /** The event of a flash hook (RFC 4733 3.2, RFC 2833 3.10). */
    public static final int FLASH = 16;

    private static final String DIGITS = "0123456789*#ABCD";

    private TelephoneEvent() {}

    /** Whether a payload of this length can hold an event; longer ones hold redundant blocks or junk after it. */
    public static boolean isValid(int payloadLengthBytes) {
        return payloadLengthBytes >= PAYLOAD_BYTES;
    }

    /** The event code, 0 to 255: 0 to 15 are DTMF. */
    public static int event(byte[] b, int off) {
        return b[off] & 0xff;
    }

    /** Whether the event is over. */
    public static boolean isEnd(byte[] b, int off) {
        return (b[off + 1] & 0x80) != 0;
    }

    /** The power below 0 dBm0, in dB, 0 to 63. */
    public static int volume(byte[] b, int off) {
        return b[off + 1] & 0x3f;
    }

    /** How long the event has lasted since the packet's timestamp, in timestamp units, 0 to 65535. */
    public static int duration(byte[] b, int off) {
        return RtpPacket.u16(b, off + 2);
    }

    /**
     * Writes a payload.
     *
     * @return {@link #PAYLOAD_BYTES}
     */
    public static int write(byte[] b, int off, int event, boolean end, int volume, int duration) {
        Objects.checkFromIndexSize(off, PAYLOAD_BYTES, b.length);
        b[off] = (byte) event;
        b[off + 1] = (byte) ((end ? 0x80 : 0) | volume & 0x3f);
        b[off + 2] = (byte) (duration >> 8);
        b[off + 3] = (byte) duration;
        return PAYLOAD_BYTES;
    }

    /** The digit of a DTMF event ({@code 0-9 * # A-D}), or 0 if it is none. */
    public static char digit(int event) {
        return event >= 0 && event < DIGITS.length() ? DIGITS.charAt(event) : 0;
    }

    /** The event of a digit, in either case, or -1 if there is none. */
    public static int event(char digit) {
        return DIGITS.indexOf(Character.toUpperCase(digit));
    }
}
