package io.allo.sip.message;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import io.allo.sip.header.ContentDispositionHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.MediaType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body of several parts. RFC 2046 section 5.1, RFC 5621. A part that is multipart itself is read by reading its content again. */
public record MultipartBody(String subtype, String boundary, List<Part> parts) {
    /** How many parts a body may have. */
    public static final int MAX_PARTS = 64;

    /** How deep parts may nest. */
    public static final int MAX_DEPTH = 4;

    private static final int MAX_BOUNDARY = 70;

    /** One part: its headers and its content. */
    public record Part(Headers headers, byte[] content) {
        private static final MediaType TEXT = new MediaType("text", "plain", Parameters.EMPTY);

        /** A part of that Content-Type. */
        public static Part of(String contentType, byte[] content) {
            return new Part(
                    Headers.builder().set(HeaderName.CONTENT_TYPE, contentType).build(), content);
        }

        /** The part's type; text/plain where it says none. RFC 2046 section 5.2. */
        public MediaType contentType() {
            MediaType type = headers.contentType();
            return type == null ? TEXT : type;
        }

        /** Whether the part says that the receiver must understand it. RFC 5621 section 8. */
        public boolean saysRequired() {
            ContentDispositionHeader disposition =
                    headers.typedFirst(HeaderName.CONTENT_DISPOSITION, ContentDispositionHeader::parse);
            return disposition != null && "required".equalsIgnoreCase(disposition.handling());
        }
    }

    public MultipartBody {
        parts = List.copyOf(parts);
        if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY || SipText.breaksLine(boundary)) {
            throw new IllegalArgumentException("boundary \"" + boundary + "\"");
        }
    }

    /** Reads a body of that type; throws {@link SipParseException} where it has no boundary or no closing delimiter. */
    public static MultipartBody parse(MediaType type, byte[] body) {
        String boundary = type.boundary();
        if (!type.isMultipart() || boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
            throw new SipParseException("Multipart body without a boundary");
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        var parts = new ArrayList<Part>();
        int at = delimiter(body, delimiter, 0);
        while (at >= 0) {
            int after = at + delimiter.length;
            if (after + 1 < body.length && body[after] == '-' && body[after + 1] == '-') {
                return new MultipartBody(type.subtype(), boundary, parts);
            }
            int start = afterLine(body, after);
            int next = delimiter(body, delimiter, start);
            if (next < 0 || parts.size() == MAX_PARTS) {
                throw new SipParseException(next < 0 ? "Multipart body without an end" : "Too many body parts");
            }
            parts.add(part(body, start, Math.max(start, beforeLineBreak(body, start, next))));
            at = next;
        }
        throw new SipParseException("Multipart body without an end");
    }

    /** The first part of that type ({@code application/sdp}), looked for in nested parts too, or null. */
    public @Nullable Part find(String fullType) {
        return find(fullType, MAX_DEPTH);
    }

    /** The Content-Type of the whole. */
    public MediaType contentType() {
        return new MediaType("multipart", subtype, Parameters.EMPTY.withQuoted("boundary", boundary));
    }

    /** The octets of the whole. */
    public byte[] toBytes() {
        var out = new ByteArrayOutputStream();
        for (Part part : parts) {
            out.writeBytes(("--" + boundary + "\r\n" + part.headers() + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(part.content());
            out.writeBytes(CRLF);
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private @Nullable Part find(String fullType, int depth) {
        for (Part part : parts) {
            if (part.contentType().is(fullType)) {
                return part;
            }
            if (part.contentType().isMultipart() && depth > 1) {
                Part inner = parse(part.contentType(), part.content()).find(fullType, depth - 1);
                if (inner != null) {
                    return inner;
                }
            }
        }
        return null;
    }

    private static Part part(byte[] body, int from, int to) {
        Headers.Builder headers = Headers.builder();
        int at = from;
        while (at < to) {
            int start = at;
            int end = lineFeed(body, at, to);
            if (end == start || end == start + 1 && body[start] == '\r') {
                return new Part(headers.build(), Arrays.copyOfRange(body, Math.min(to, end + 1), to));
            }
            while (end + 1 < to && (body[end + 1] == ' ' || body[end + 1] == '\t')) {
                end = lineFeed(body, end + 1, to);
            }
            headerLine(body, start, end, headers);
            at = end + 1;
        }
        return new Part(headers.build(), new byte[0]);
    }

    private static void headerLine(byte[] body, int from, int to, Headers.Builder headers) {
        int colon = from;
        while (colon < to && body[colon] != ':') {
            colon++;
        }
        if (colon == to || !HeaderText.isToken(body, from, colon) || headers.size() == Headers.MAX_LINES) {
            throw new SipParseException("Malformed header in body part");
        }
        String value = HeaderText.value(body, colon + 1, to, true);
        if (SipText.breaksLine(value)) {
            throw new SipParseException("Malformed header in body part");
        }
        headers.append(HeaderName.of(body, from, colon), value);
    }

    /** The index of the next delimiter that begins a line, or -1. */
    private static int delimiter(byte[] body, byte[] delimiter, int from) {
        for (int i = from; i + delimiter.length <= body.length; i++) {
            if ((i == 0 || body[i - 1] == '\n')
                    && Arrays.equals(body, i, i + delimiter.length, delimiter, 0, delimiter.length)
                    && endsDelimiter(body, i + delimiter.length)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean endsDelimiter(byte[] body, int at) {
        return at == body.length
                || body[at] == '\r'
                || body[at] == '\n'
                || body[at] == ' '
                || body[at] == '\t'
                || body[at] == '-' && at + 1 < body.length && body[at + 1] == '-';
    }

    private static int afterLine(byte[] body, int from) {
        return Math.min(body.length, lineFeed(body, from, body.length) + 1);
    }

    private static int lineFeed(byte[] body, int from, int to) {
        int i = from;
        while (i < to && body[i] != '\n') {
            i++;
        }
        return i;
    }

    /** The end of the content before the delimiter at {@code delimiter}: the line break there belongs to the delimiter. */
    private static int beforeLineBreak(byte[] body, int start, int delimiter) {
        int end = delimiter - 1;
        return end > start && body[end - 1] == '\r' ? end - 1 : end;
    }

    private static final byte[] CRLF = {'\r', '\n'};
}
