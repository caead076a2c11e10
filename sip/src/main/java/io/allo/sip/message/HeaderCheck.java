package io.allo.sip.message;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.header.ContentDispositionHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import java.util.Set;

/**
 * Whether the headers a server acts on are well-formed, and those that stand once stand once; a Date is not looked at. RFC 3261 sections 7.3
 * and 20.
 */
final class HeaderCheck {
    private HeaderCheck() {}

    /** Throws a {@link SipParseException} that names the first header that is not. */
    static void check(SipRequest request) {
        if (request.uri() instanceof SipUri uri
                && (!uri.headers().isEmpty() || uri.parameters().has("method"))) {
            throw new SipParseException("Headers or method in Request-URI");
        }
        if (request.method().equals(SipMethod.REGISTER) && !(request.to().uri() instanceof SipUri)) {
            throw new SipParseException("To of a REGISTER is no SIP URI");
        }
        check(request.headers());
    }

    private static void check(Headers headers) {
        for (String name : ONCE) {
            if (headers.lines(name) > 1) {
                throw new SipParseException("Several " + name + " headers");
            }
        }
        one(HeaderName.CONTACT, headers::contact);
        one(HeaderName.ROUTE, headers::routes);
        one(HeaderName.RECORD_ROUTE, headers::recordRoutes);
        one(HeaderName.CONTENT_TYPE, headers::contentType);
        one(
                HeaderName.CONTENT_DISPOSITION,
                () -> headers.typedFirst(HeaderName.CONTENT_DISPOSITION, ContentDispositionHeader::parse));
        one(HeaderName.MAX_FORWARDS, () -> {
            if (headers.number(HeaderName.MAX_FORWARDS) > 255) {
                throw new SipParseException("Max-Forwards out of range");
            }
        });
        one(HeaderName.REFER_TO, () -> headers.typed(HeaderName.REFER_TO, NameAddress::parse));
        one(HeaderName.PATH, () -> headers.addresses(HeaderName.PATH));
    }

    private static void one(String name, Runnable reading) {
        try {
            reading.run();
        } catch (SipParseException malformed) {
            var problem = new SipParseException("Malformed " + name);
            problem.initCause(malformed);
            throw problem;
        }
    }

    private static final Set<String> ONCE =
            Set.of(HeaderName.MAX_FORWARDS, HeaderName.CONTENT_TYPE, HeaderName.REFER_TO);
}
