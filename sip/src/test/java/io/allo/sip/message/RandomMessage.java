package io.allo.sip.message;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.TelUri;
import io.allo.sip.address.Uri;
import io.allo.sip.header.CSeqHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ViaHeader;
import java.util.Random;

/** Messages made of every kind of part, from a seed. */
final class RandomMessage {
    private static final String[] HOSTS = {"example.com", "192.0.2.7", "2001:db8::7", "a-b.example", "::ffff:192.0.2.1"
    };
    private static final String[] TRANSPORTS = {"UDP", "TCP", "TLS", "WS", "WSS", "SCTP"};
    private static final SipMethod[] METHODS = {
        SipMethod.INVITE, SipMethod.REGISTER, SipMethod.SUBSCRIBE, SipMethod.BYE, SipMethod.of("X-odd.method")
    };
    private static final String TOKEN = "abcXYZ019-.!%*_+`'~";
    private static final String TEXT = "abc XYZ019\"\\<>;,:@?&=%()[]éжя中\t\u0001";

    private final Random random;

    RandomMessage(long seed) {
        random = new Random(seed);
    }

    SipMessage next() {
        SipMethod method = METHODS[random.nextInt(METHODS.length)];
        Headers.Builder headers = Headers.builder();
        for (int i = 0; i <= random.nextInt(3); i++) {
            headers.append(HeaderName.VIA, via().toString());
        }
        headers.append(HeaderName.FROM, address().withParameter("tag", token()).toString());
        headers.append(HeaderName.TO, address().toString());
        headers.append(HeaderName.CALL_ID, token() + "@" + token());
        headers.append(HeaderName.CSEQ, new CSeqHeader(random.nextInt(Integer.MAX_VALUE), method.name()).toString());
        for (int i = 0; i < random.nextInt(4); i++) {
            headers.add(HeaderName.CONTACT, address() + ", " + address());
        }
        for (int i = 0; i < random.nextInt(4); i++) {
            headers.add("X-" + token(), text().strip());
        }
        byte[] body = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(300)];
        random.nextBytes(body);
        if (random.nextBoolean()) {
            return new SipRequest(method, uri(), headers.build(), body);
        }
        return new SipResponse(100 + random.nextInt(600), text().strip(), headers.build(), body);
    }

    Uri uri() {
        if (random.nextInt(6) == 0) {
            return new TelUri("+" + random.nextInt(1, Integer.MAX_VALUE), Parameters.of("ext", "5"));
        }
        return new SipUri(
                random.nextBoolean(),
                random.nextInt(5) == 0 ? null : text(),
                null,
                hostPort(),
                parameters(),
                random.nextInt(4) == 0 ? Parameters.of("Subject", text()) : Parameters.EMPTY);
    }

    NameAddress address() {
        return new NameAddress(random.nextBoolean() ? printable(text()) : null, uri(), parameters());
    }

    private ViaHeader via() {
        return ViaHeader.of(TRANSPORTS[random.nextInt(TRANSPORTS.length)], hostPort(), ViaHeader.MAGIC_COOKIE + token())
                .withParameter("rport", null);
    }

    private HostPort hostPort() {
        return new HostPort(HOSTS[random.nextInt(HOSTS.length)], random.nextBoolean() ? -1 : random.nextInt(65536));
    }

    private Parameters parameters() {
        Parameters parameters = Parameters.EMPTY;
        for (int i = 0; i < random.nextInt(4); i++) {
            String value = random.nextInt(3) == 0 ? null : random.nextBoolean() ? token() : printable(text());
            parameters = parameters.with(token(), value);
        }
        return parameters;
    }

    private String token() {
        return pick(TOKEN, 1 + random.nextInt(12));
    }

    private String text() {
        return pick(TEXT, 1 + random.nextInt(20)).replace("\u0001", "x");
    }

    /** Quoted strings may hold escaped control characters. */
    private String printable(String text) {
        return random.nextInt(8) == 0 ? text + "\u0007" : text;
    }

    private String pick(String alphabet, int length) {
        var out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
