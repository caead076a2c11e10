package io.allo.sip.message;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipParseException;
import io.allo.sip.header.CSeqHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.MediaType;
import io.allo.sip.header.ViaHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request or a response: immutable. Content-Length is not among its headers, since {@link SipWriter} makes it from the body. The readers
 * of the five headers every message has throw {@link SipParseException} where one is missing; a message from {@link SipParser} has them,
 * well-formed. RFC 3261 section 7.
 */
public abstract sealed class SipMessage permits SipRequest, SipResponse {
    private static final byte[] NO_BODY = new byte[0];

    private final Headers headers;
    private final byte[] body;

    SipMessage(Headers headers, byte[] body) {
        this.headers = headers.without(HeaderName.CONTENT_LENGTH);
        this.body = body.length == 0 ? NO_BODY : body;
    }

    /** The first line without its CRLF. */
    public abstract String startLine();

    /** The same message with other headers. */
    public abstract SipMessage withHeaders(Headers newHeaders);

    /** The same message with that header set to one line. */
    public abstract SipMessage withHeader(String name, String value);

    /** The header fields without Content-Length. */
    public Headers headers() {
        return headers;
    }

    /** The body's octets, not to be changed; empty where there is none. */
    public byte[] body() {
        return body;
    }

    /** Whether the body has any octet. */
    public boolean hasBody() {
        return body.length > 0;
    }

    /** Call-ID. RFC 3261 section 20.8. */
    public String callId() {
        return required(headers.first(HeaderName.CALL_ID), HeaderName.CALL_ID);
    }

    /** CSeq. RFC 3261 section 20.16. */
    public CSeqHeader cseq() {
        return required(headers.cseq(), HeaderName.CSEQ);
    }

    /** From. RFC 3261 section 20.20. */
    public NameAddress from() {
        return required(headers.from(), HeaderName.FROM);
    }

    /** To. RFC 3261 section 20.39. */
    public NameAddress to() {
        return required(headers.to(), HeaderName.TO);
    }

    /** The From tag, or null (RFC 2543). */
    public @Nullable String fromTag() {
        return from().tag();
    }

    /** The To tag, or null. */
    public @Nullable String toTag() {
        return to().tag();
    }

    /** The topmost Via. RFC 3261 section 20.42. */
    public ViaHeader topVia() {
        return required(headers.topVia(), HeaderName.VIA);
    }

    /** The body's media type, or null. */
    public @Nullable MediaType contentType() {
        return headers.contentType();
    }

    /** Same start line, headers and body. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SipMessage that
                && that.startLine().equals(startLine())
                && that.headers.equals(headers)
                && Arrays.equals(that.body, body);
    }

    @Override
    public int hashCode() {
        return (startLine().hashCode() * 31 + headers.hashCode()) * 31 + Arrays.hashCode(body);
    }

    /** The message in text, as it is written. */
    @Override
    public String toString() {
        return new String(SipWriter.toBytes(this), java.nio.charset.StandardCharsets.UTF_8);
    }

    static byte[] none() {
        return NO_BODY;
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new SipParseException("Missing " + name);
        }
        return value;
    }
}
