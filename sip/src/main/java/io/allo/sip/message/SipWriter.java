package io.allo.sip.message;

import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import java.nio.charset.StandardCharsets;

/** Writes messages: names spelled out or compact, Content-Length last and always right. RFC 3261 section 7, UTF-8. */
public final class SipWriter {
    private SipWriter() {}

    /** The octets of the message. */
    public static byte[] toBytes(SipMessage message) {
        return toBytes(message, false);
    }

    /** The octets of the message, with one-letter header names where {@code compact} (RFC 3261 section 7.3.3). */
    public static byte[] toBytes(SipMessage message, boolean compact) {
        Headers headers = message.headers();
        var out = new StringBuilder(128 + headers.size() * 48);
        out.append(message.startLine()).append("\r\n");
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.nameAt(i);
            out.append(compact ? HeaderName.compact(name) : name)
                    .append(": ")
                    .append(headers.valueAt(i))
                    .append("\r\n");
        }
        out.append(compact ? "l" : HeaderName.CONTENT_LENGTH)
                .append(": ")
                .append(message.body().length)
                .append("\r\n\r\n");
        byte[] head = out.toString().getBytes(StandardCharsets.UTF_8);
        byte[] body = message.body();
        if (body.length == 0) {
            return head;
        }
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }
}
