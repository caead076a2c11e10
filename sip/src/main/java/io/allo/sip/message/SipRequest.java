package io.allo.sip.message;

import io.allo.sip.address.Uri;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;

/** A request. RFC 3261 section 7.1. */
public final class SipRequest extends SipMessage {
    private final SipMethod method;
    private final Uri uri;

    /** A request with a body, which is not copied; a Content-Length among the headers is taken away. */
    public SipRequest(SipMethod method, Uri uri, Headers headers, byte[] body) {
        super(headers, body);
        this.method = method;
        this.uri = uri;
    }

    /** A request without a body. */
    public SipRequest(SipMethod method, Uri uri, Headers headers) {
        this(method, uri, headers, none());
    }

    /** The method. */
    public SipMethod method() {
        return method;
    }

    /** The Request-URI. */
    public Uri uri() {
        return uri;
    }

    @Override
    public String startLine() {
        return method + " " + uri + " SIP/2.0";
    }

    @Override
    public SipRequest withHeaders(Headers newHeaders) {
        return new SipRequest(method, uri, newHeaders, body());
    }

    @Override
    public SipRequest withHeader(String name, String value) {
        return withHeaders(headers().with(name, value));
    }

    /** The same request to another Request-URI. */
    public SipRequest withUri(Uri newUri) {
        return new SipRequest(method, newUri, headers(), body());
    }

    /** With that body and its Content-Type. */
    public SipRequest withBody(String contentType, byte[] newBody) {
        return new SipRequest(method, uri, headers().with(HeaderName.CONTENT_TYPE, contentType), newBody);
    }

    /** Without a body and Content-Type. */
    public SipRequest withoutBody() {
        return new SipRequest(method, uri, headers().without(HeaderName.CONTENT_TYPE), none());
    }
}
