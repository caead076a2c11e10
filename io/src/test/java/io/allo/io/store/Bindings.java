package io.allo.io.store;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.registrar.Binding;
import java.util.List;

/** Bindings for tests. */
final class Bindings {
    private Bindings() {}

    static Binding of(String id, long expiresAtMs) throws SipParseException {
        return new Binding(
                id,
                "alice",
                SipUri.parse("sip:alice@192.168.1.7:5062;transport=udp"),
                Parameters.parse(";q=0.5;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>\"", 0),
                SipUri.parse("sip:alice@203.0.113.9:40123;transport=udp"),
                new Flow(Flow.UDP, HostPort.parse("192.0.2.1:5060"), HostPort.parse("203.0.113.9:40123"), 77),
                List.of("<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"),
                expiresAtMs,
                123_456_789L,
                "call-id@phone",
                42,
                "Phone/1.0",
                HostPort.parse("192.168.1.7:5062"));
    }
}
