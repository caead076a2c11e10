package io.allo.sip.message;

import io.allo.sip.header.HeaderName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream of one connection into messages by their Content-Length, and sees keep-alives between them. Owned by the reader of
 * the connection: {@link #feed} what arrived, then take {@link #next} until it is null. RFC 3261 section 18.3, RFC 5626 sections 3.5.1 and
 * 4.4.1.
 */
public final class SipFramer {
    /** How large a message may be unless the framer is told otherwise, in octets. */
    public static final int DEFAULT_MAX_BYTES = 1 << 20;

    private static final int FIRST_CAPACITY = 4096;
    private static final int MISSING = -1;
    private static final int MALFORMED = -2;

    /** What stood in the stream. */
    public sealed interface Frame permits Message, Ping, Pong, Malformed {}

    /** A message. */
    public record Message(SipMessage message) implements Frame {}

    /** A double CRLF: the peer wants a single CRLF back. */
    public record Ping() implements Frame {}

    /** A single CRLF: the answer to our ping. */
    public record Pong() implements Frame {}

    /** Something that is no message. Where {@code close}, the stream cannot be read on: send the answer, if any, and close. */
    public record Malformed(BadMessageException problem, boolean close) implements Frame {}

    /** Which end opened the connection: that end sends pings, the other pongs. */
    public enum Side {
        /** We opened it: a single CRLF is a pong, at once. */
        CLIENT,
        /** The peer opened it: a single CRLF waits for what follows. */
        SERVER
    }

    private final Side side;
    private final int maxBytes;
    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int from;
    private int to;
    /** Up to where the end of the headers has been looked for. */
    private int scanned;
    /** Where the message being collected ends, or 0 while its headers are not complete. */
    private int messageEnd;

    private boolean closed;

    /** A framer that takes messages of at most {@link #DEFAULT_MAX_BYTES} octets. */
    public SipFramer(Side side) {
        this(side, DEFAULT_MAX_BYTES);
    }

    /** A framer that takes messages of at most {@code maxBytes} octets. */
    public SipFramer(Side side, int maxBytes) {
        this.side = side;
        this.maxBytes = maxBytes;
    }

    /** Adds octets that arrived. After a frame that closes they are dropped. */
    public void feed(byte[] bytes, int offset, int length) {
        if (closed) {
            return;
        }
        if (to + length > buffer.length) {
            makeRoom(length);
        }
        System.arraycopy(bytes, offset, buffer, to, length);
        to += length;
    }

    /** The next frame, or null until more is fed. */
    public @Nullable Frame next() {
        while (!closed && from < to) {
            int before = from;
            if (messageEnd == 0) {
                boolean between = buffer[from] == '\r' || buffer[from] == '\n';
                Frame frame = between ? keepAlive() : head();
                if (frame != null) {
                    return frame;
                }
            }
            if (messageEnd > 0 && messageEnd <= to) {
                return body();
            }
            if (from == before) {
                return null;
            }
        }
        return null;
    }

    /** Whether a frame said to close. */
    public boolean isClosed() {
        return closed;
    }

    /** How many octets wait for the rest of their message. */
    public int pendingBytes() {
        return to - from;
    }

    /** How much memory it takes for a message that has not ended; 0 for what every framer takes. */
    public int heldBytes() {
        return buffer.length > FIRST_CAPACITY ? buffer.length : 0;
    }

    /** Line breaks between messages: a ping, a pong, or null where one means nothing (and is taken) or more must come. */
    private @Nullable Frame keepAlive() {
        int first = lineBreak(from);
        if (first < 0) {
            boolean half = from + 1 == to;
            return half ? null : close(new BadMessageException(400, "Carriage return without line feed", null, null));
        }
        int second = lineBreak(from + first);
        if (second > 0) {
            take(from + first + second);
            return new Ping();
        }
        int after = from + first;
        boolean half = after + 1 == to && buffer[after] == '\r';
        if (half || side == Side.SERVER && after == to) {
            return null;
        }
        take(after);
        return side == Side.CLIENT ? new Pong() : null;
    }

    /** The length of the line break at {@code at}: 2 for CRLF, 1 for LF, -1 for none (or half of one). */
    private int lineBreak(int at) {
        if (at < to && buffer[at] == '\n') {
            return 1;
        }
        return at + 1 < to && buffer[at] == '\r' && buffer[at + 1] == '\n' ? 2 : -1;
    }

    /** Looks for the end of the headers and sets {@code messageEnd}; a frame where that fails. */
    private @Nullable Frame head() {
        int headEnd = headEnd();
        if (headEnd < 0) {
            if (to - from > SipParser.MAX_HEAD_BYTES || to - from > maxBytes) {
                return close(new BadMessageException(513, "Headers too large", null, null));
            }
            return null;
        }
        int length = contentLength(headEnd);
        if (length < 0 || length > maxBytes - (headEnd - from)) {
            return close(problem(headEnd, length));
        }
        messageEnd = headEnd + length;
        return null;
    }

    private Frame body() {
        Frame frame;
        try {
            frame = new Message(SipParser.parseFramed(buffer, from, messageEnd - from));
        } catch (BadMessageException malformed) {
            frame = new Malformed(malformed, false);
        }
        take(messageEnd);
        return frame;
    }

    /** What the parser makes of headers that do not say how long the body is, or say too much. */
    private BadMessageException problem(int headEnd, int length) {
        try {
            SipMessage head = SipParser.parse(Arrays.copyOfRange(buffer, from, headEnd));
            return new BadMessageException(
                    length == MISSING ? 400 : 513,
                    length == MISSING ? "Missing Content-Length" : "Message too large",
                    head instanceof SipRequest request && !request.method().equals(SipMethod.ACK) ? request : null,
                    null);
        } catch (BadMessageException malformed) {
            return length >= 0
                    ? new BadMessageException(513, "Message too large", malformed.request(), null)
                    : malformed;
        }
    }

    private Frame close(BadMessageException problem) {
        closed = true;
        from = 0;
        to = 0;
        buffer = new byte[0];
        return new Malformed(problem, true);
    }

    /** The index after the empty line that ends the headers, or -1 while it is not there. */
    private int headEnd() {
        for (int i = Math.max(from, scanned - 3); i < to; i++) {
            if (buffer[i] == '\n') {
                int second = lineBreak(i + 1);
                if (second > 0) {
                    return i + 1 + second;
                }
            }
        }
        scanned = to;
        return -1;
    }

    /** The Content-Length in the headers that end at {@code headEnd}, MISSING or MALFORMED. */
    private int contentLength(int headEnd) {
        int found = MISSING;
        int line = from;
        while (line < headEnd) {
            int lineEnd = line;
            while (buffer[lineEnd] != '\n'
                    || lineEnd + 1 < headEnd && (buffer[lineEnd + 1] == ' ' || buffer[lineEnd + 1] == '\t')) {
                lineEnd++;
            }
            int colon = line;
            while (colon < lineEnd && buffer[colon] != ':') {
                colon++;
            }
            int nameEnd = colon;
            while (nameEnd > line && (buffer[nameEnd - 1] == ' ' || buffer[nameEnd - 1] == '\t')) {
                nameEnd--;
            }
            if (colon < lineEnd && isContentLength(line, nameEnd)) {
                int length = number(HeaderText.value(buffer, colon + 1, lineEnd, false));
                if (length == MALFORMED || found >= 0 && found != length) {
                    return MALFORMED;
                }
                found = length;
            }
            line = lineEnd + 1;
        }
        return found;
    }

    private boolean isContentLength(int line, int nameEnd) {
        int length = nameEnd - line;
        return (length == 1 || length == HeaderName.CONTENT_LENGTH.length())
                && HeaderName.of(buffer, line, nameEnd).equals(HeaderName.CONTENT_LENGTH);
    }

    private static int number(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > 100_000_000) {
                return MALFORMED;
            }
            number = number * 10 + digit;
        }
        return text.isEmpty() ? MALFORMED : number;
    }

    private void take(int upTo) {
        from = upTo;
        scanned = upTo;
        messageEnd = 0;
        if (from == to) {
            from = 0;
            to = 0;
            scanned = 0;
            if (buffer.length > FIRST_CAPACITY) {
                buffer = new byte[FIRST_CAPACITY];
            }
        }
    }

    private void makeRoom(int length) {
        int kept = to - from;
        byte[] target = kept + length > buffer.length ? new byte[Math.max(kept + length, buffer.length * 2)] : buffer;
        System.arraycopy(buffer, from, target, 0, kept);
        buffer = target;
        scanned = Math.max(0, scanned - from);
        messageEnd = messageEnd == 0 ? 0 : messageEnd - from;
        to = kept;
        from = 0;
    }
}
