package io.allo.sip.header;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;

/** One RecordRoute value: a name-addr in angle brackets that names a proxy. RFC 3261 section 20.30. */
public record RecordRouteHeader(NameAddress address) {

    /** The proxy at that URI. */
    public static RecordRouteHeader of(Uri uri) {
        return new RecordRouteHeader(NameAddress.of(uri));
    }

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static RecordRouteHeader parse(String text) {
        if (text.indexOf('<') < 0) {
            throw new SipParseException("Route without angle brackets", text, SipText.skipSpace(text, 0));
        }
        return new RecordRouteHeader(NameAddress.parse(text));
    }

    /** The proxy's URI. */
    public Uri uri() {
        return address.uri();
    }

    /** Whether the proxy routes loosely: its URI has the {@code lr} parameter. */
    public boolean isLoose() {
        return uri() instanceof SipUri sip && sip.isLooseRouter();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
