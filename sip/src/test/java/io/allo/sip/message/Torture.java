package io.allo.sip.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** The torture messages of RFC 4475 and RFC 5118 as octets, and a server that understands what allo understands. */
final class Torture {
    static final RequestCheck SERVER = new RequestCheck(
            Set.of("sip", "sips", "tel"),
            Set.of(
                    SipMethod.INVITE,
                    SipMethod.ACK,
                    SipMethod.BYE,
                    SipMethod.CANCEL,
                    SipMethod.OPTIONS,
                    SipMethod.REGISTER,
                    SipMethod.MESSAGE),
            Set.of("100rel", "timer"),
            Set.of("application/sdp", "text/plain"));

    private Torture() {}

    static byte[] bytes(String name) {
        try (InputStream in = Torture.class.getResourceAsStream("/" + name + ".dat")) {
            if (in == null) {
                throw new IllegalArgumentException("no message " + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static SipRequest request(String name) {
        return (SipRequest) SipParser.parse(bytes(name));
    }

    static SipResponse response(String name) {
        return (SipResponse) SipParser.parse(bytes(name));
    }
}
