package io.allo.sip.message;

import io.allo.sip.address.OtherUri;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.Uri;
import io.allo.sip.header.CSeqHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message out of octets. What it gives has a well-formed start line, Via, From, To, Call-ID and CSeq (whose method is the
 * request's); other headers are read when asked for. Lines end in CRLF (a bare LF is let through); folded lines are joined by a space.
 * RFC 3261 sections 7 and 18.3.
 */
public final class SipParser {
    /** How many octets the start line and headers may have together. */
    public static final int MAX_HEAD_BYTES = 65_536;

    private final byte[] bytes;
    private final int end;
    private final boolean stream;
    private int at;

    private @Nullable SipMethod method;
    private @Nullable Uri uri;
    private int status;
    private String reason = "";
    private final Headers.Builder headers = Headers.builder();
    private int contentLength = -1;
    private @Nullable SipParseException problem;
    private int problemStatus = 400;

    private SipParser(byte[] bytes, int from, int to, boolean stream) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.stream = stream;
    }

    /** The message that a datagram is. Octets after the body are passed over. */
    public static SipMessage parse(byte[] datagram) {
        return parse(datagram, 0, datagram.length);
    }

    /** The message that {@code bytes[from, from+length)} is; throws {@link BadMessageException}. */
    public static SipMessage parse(byte[] bytes, int from, int length) {
        return new SipParser(bytes, from, from + length, false).message();
    }

    /** The message that a framer cut out of a stream. */
    static SipMessage parseFramed(byte[] bytes, int from, int length) {
        return new SipParser(bytes, from, from + length, true).message();
    }

    /** Whether the octets are a keep-alive: nothing but CR, LF, NUL and spaces (RFC 5626 section 4.4, and what phones send). */
    public static boolean isKeepAlive(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != 0 && bytes[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    private SipMessage message() {
        while (at < end && (bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
        startLine();
        boolean complete = headerLines();
        byte[] body = SipMessage.none();
        if (!complete) {
            fail("Headers without an end");
        } else {
            body = body();
        }
        Headers read = headers.build();
        check(read);
        if (problem != null) {
            throw new BadMessageException(problemStatus, problem.what(), partial(read, body), problem);
        }
        if (method != null && uri != null) {
            return new SipRequest(method, uri, read, body);
        }
        return new SipResponse(status, reason, read, body);
    }

    private void startLine() {
        int lineEnd = lineEnd(at);
        int textEnd = trimEnd(at, lineEnd);
        if (textEnd - at >= 8 && startsWithVersion(at) && bytes[at + 7] == ' ') {
            statusLine(at, textEnd);
        } else {
            requestLine(at, textEnd);
        }
        at = next(lineEnd);
    }

    private void requestLine(int from, int to) {
        int methodEnd = indexOf(' ', from, to);
        int lastSpace = to - 1;
        while (lastSpace > from && bytes[lastSpace] != ' ') {
            lastSpace--;
        }
        method = methodEnd <= from ? null : SipMethod.of(bytes, from, methodEnd);
        if (method == null || lastSpace <= methodEnd) {
            throw new BadMessageException(400, "Malformed request line", null, null);
        }
        String written = HeaderText.decode(bytes, methodEnd + 1, lastSpace);
        uri = new OtherUri("invalid", written);
        try {
            uri = Uri.parse(written);
        } catch (SipParseException malformed) {
            fail("Malformed Request-URI");
        }
        if (to != lineEnd(from)) {
            fail("White space after the request line");
        }
        if (!isVersion(lastSpace + 1, to)) {
            if (to - lastSpace > 5 && startsWithSip(lastSpace + 1)) {
                fail(505, "Version not supported");
            } else {
                fail("Malformed request line");
            }
        }
    }

    private void statusLine(int from, int to) {
        int code = from + 8;
        boolean digits = code + 3 <= to && (code + 3 == to || bytes[code + 3] == ' ');
        for (int i = code; digits && i < code + 3; i++) {
            digits = bytes[i] >= '0' && bytes[i] <= '9';
            status = status * 10 + bytes[i] - '0';
        }
        if (!digits || status < 100 || status > 699) {
            throw new BadMessageException(400, "Malformed status line", null, null);
        }
        String written = code + 4 <= to ? HeaderText.decode(bytes, code + 4, to) : "";
        if (HeaderText.hasControl(written)) {
            throw new BadMessageException(400, "Malformed status line", null, null);
        }
        reason = written;
    }

    /** Reads header lines up to the empty one; false where there is none. */
    private boolean headerLines() {
        int headStart = at;
        while (at < end) {
            int lineEnd = lineEnd(at);
            if (lineEnd == at) {
                at = next(lineEnd);
                return true;
            }
            if (lineEnd == end) {
                return false;
            }
            int start = at;
            at = next(lineEnd);
            boolean folded = false;
            while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
                lineEnd = lineEnd(at);
                at = next(lineEnd);
                folded = true;
            }
            if (at - headStart > MAX_HEAD_BYTES || headers.size() == Headers.MAX_LINES) {
                fail(513, "Too many headers");
                return true;
            }
            headerLine(start, lineEnd, folded);
        }
        return false;
    }

    private void headerLine(int from, int to, boolean folded) {
        int colon = indexOf(':', from, to);
        int nameEnd = colon;
        while (nameEnd > from && (bytes[nameEnd - 1] == ' ' || bytes[nameEnd - 1] == '\t')) {
            nameEnd--;
        }
        if (colon < 0 || !HeaderText.isToken(bytes, from, nameEnd)) {
            fail("Malformed header line");
            return;
        }
        String name = HeaderName.of(bytes, from, nameEnd);
        String value = HeaderText.value(bytes, colon + 1, to, folded);
        if (HeaderText.hasControl(value)) {
            fail("Control character in header");
            return;
        }
        if (name.equals(HeaderName.CONTENT_LENGTH)) {
            contentLength(value);
        } else {
            headers.append(name, value);
        }
    }

    private void contentLength(String value) {
        int length = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9 || length > 100_000_000) {
                fail("Malformed Content-Length");
                return;
            }
            length = length * 10 + digit;
        }
        if (value.isEmpty() || contentLength >= 0 && contentLength != length) {
            fail(value.isEmpty() ? "Malformed Content-Length" : "Several Content-Length headers");
            return;
        }
        contentLength = length;
    }

    private byte[] body() {
        int there = end - at;
        if (contentLength > there) {
            fail("Content-Length larger than the message");
        } else if (contentLength < 0 && stream) {
            fail("Missing Content-Length");
        }
        int length = contentLength < 0 ? there : Math.min(contentLength, there);
        return length == 0 ? SipMessage.none() : Arrays.copyOfRange(bytes, at, at + length);
    }

    /** The headers every message needs: there, once, well-formed. RFC 3261 section 8.1.1. */
    private void check(Headers read) {
        for (String name : ONCE) {
            int lines = read.lines(name);
            if (lines != 1) {
                fail(lines == 0 ? "Missing " + name : "Several " + name + " headers");
                return;
            }
        }
        if (!read.has(HeaderName.VIA)) {
            fail("Missing Via");
            return;
        }
        checkOne(HeaderName.VIA, read::vias);
        checkOne(HeaderName.FROM, read::from);
        checkOne(HeaderName.TO, read::to);
        checkOne(HeaderName.CSEQ, read::cseq);
        if (problem == null && read.topVia() == null) {
            fail("Missing Via");
        }
        String callId = read.firstOr(HeaderName.CALL_ID, "");
        if (callId.isEmpty() || callId.indexOf(' ') >= 0 || callId.indexOf('\t') >= 0) {
            fail("Malformed Call-ID");
        }
        CSeqHeader cseq = problem == null ? read.cseq() : null;
        if (cseq != null && method != null && !method.is(cseq.method())) {
            fail("CSeq method is not the request's");
        }
    }

    private void checkOne(String name, Runnable reading) {
        try {
            reading.run();
        } catch (SipParseException malformed) {
            fail("Malformed " + name);
        }
    }

    /** What was read as a request that can be answered, or null. */
    private @Nullable SipRequest partial(Headers read, byte[] body) {
        boolean answerable = method != null && !method.equals(SipMethod.ACK) && read.has(HeaderName.VIA);
        return answerable && method != null && uri != null ? new SipRequest(method, uri, read, body) : null;
    }

    private void fail(String what) {
        fail(400, what);
    }

    /** Keeps the first problem. */
    private void fail(int withStatus, String what) {
        if (problem == null) {
            problem = new SipParseException(what);
            problemStatus = withStatus;
        }
    }

    /** The index of the LF (or its CR) that ends the line, or the end of all. */
    private int lineEnd(int from) {
        int lf = indexOf('\n', from, end);
        if (lf < 0) {
            return end;
        }
        return lf > from && bytes[lf - 1] == '\r' ? lf - 1 : lf;
    }

    private int next(int lineEnd) {
        int i = lineEnd;
        if (i < end && bytes[i] == '\r') {
            i++;
        }
        return Math.min(end, i + 1);
    }

    private int trimEnd(int from, int to) {
        int i = to;
        while (i > from && (bytes[i - 1] == ' ' || bytes[i - 1] == '\t')) {
            i--;
        }
        return i;
    }

    private int indexOf(char c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == c) {
                return i;
            }
        }
        return -1;
    }

    private boolean isVersion(int from, int to) {
        return to - from == 7 && startsWithVersion(from);
    }

    private boolean startsWithVersion(int from) {
        return from + 7 <= end
                && startsWithSip(from)
                && bytes[from + 4] == '2'
                && bytes[from + 5] == '.'
                && bytes[from + 6] == '0';
    }

    private boolean startsWithSip(int from) {
        return from + 4 <= end
                && (bytes[from] | 0x20) == 's'
                && (bytes[from + 1] | 0x20) == 'i'
                && (bytes[from + 2] | 0x20) == 'p'
                && bytes[from + 3] == '/';
    }

    private static final String[] ONCE = {HeaderName.FROM, HeaderName.TO, HeaderName.CALL_ID, HeaderName.CSEQ};
}
