package io.allo.sip.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts, parameters and name-addrs. */
class AddressPartsTest {

    @Test
    void aHostIsReadWithAndWithoutAPort() {
        assertEquals(new HostPort("example.com", -1), HostPort.parse("Example.COM"));
        assertEquals(new HostPort("192.0.2.1", 5060), HostPort.parse("192.0.2.1:5060"));
        assertEquals(new HostPort("::1", 5061), HostPort.parse("[::1]:5061"));
        assertEquals("[::1]:5061", new HostPort("::1", 5061).toString());
        assertEquals("[2001:db8::1]", HostPort.of("[2001:DB8::1]").toString());
        assertEquals(5060, HostPort.of("a").portOr(5060));
        assertTrue(HostPort.of("192.0.2.255").isAddress());
        assertFalse(HostPort.of("192.0.2.256").isAddress());
        assertFalse(HostPort.of("192.0.2").isIpv4());
        assertTrue(HostPort.of("::").isIpv6());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":5060", "a:", "a:65536", "a:-1", "[::1", "[::1]x", "[]", "[1:2]", "a b", "2001:db8::1", ".a"
            })
    void aMalformedHostIsRefused(String text) {
        assertThrows(SipParseException.class, () -> HostPort.parse(text));
    }

    @Test
    void ipv6AddressesAreJudgedAsTheJdkJudgesThem() {
        var random = new Random(7);
        String[] parts = {":", "::", "1", "ffff", "0", "192.0.2.1", "12345", "g", "db8"};
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int n = 1 + random.nextInt(16); n > 0; n--) {
                text.append(parts[random.nextInt(random.nextInt(3) == 0 ? parts.length : 4)]);
            }
            String address = text.toString();
            if (address.contains(":")
                    && !address.contains(":::")
                    && !address.matches(".*([0-9a-g]{5}|[0-9a-g]{4}\\.|0\\d+\\.).*")) {
                assertEquals(jdkReads(address), HostPort.ipv6(address, 0, address.length()), address);
            }
        }
    }

    @Test
    void parametersKeepTheirOrderAndIgnoreTheCaseOfNames() {
        Parameters parameters = Parameters.parse(" ; A = 1 ;b;c=\"x \\\"y\\\"\"; d=[::1]", 0);
        assertEquals("1", parameters.value("a"));
        assertTrue(parameters.has("B"));
        assertNull(parameters.value("b"));
        assertEquals("x \"y\"", parameters.value("C"));
        assertEquals("[::1]", parameters.value("d"));
        assertEquals(";A=1;b;c=\"x \\\"y\\\"\";d=[::1]", parameters.toString());
        assertEquals(
                ";a=2;b;c=\"x \\\"y\\\"\";d=[::1];e",
                parameters.with("a", "2").with("e", null).toString());
        assertEquals(";A=1;b;d=[::1]", parameters.without("C").toString());
        assertSame(parameters, parameters.without("z"));
        assertEquals(4, parameters.size());
    }

    @Test
    void aValueThatIsNoTokenIsWrittenInQuotes() {
        assertEquals(";a=\"b c\"", Parameters.of("a", "b c").toString());
        assertEquals(";a=\"\"", Parameters.of("a", "").toString());
        assertEquals(";a=\"b\"", Parameters.EMPTY.withQuoted("a", "b").toString());
        assertEquals(";a=\"x  y\"", Parameters.of("a", "x\r\ny").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ";", ";;a", ";a=", ";a=\"b", ";a=1 b", ";=1", ";a=\"b\"c", "; a , b"})
    void malformedParametersAreRefused(String text) {
        assertThrows(SipParseException.class, () -> Parameters.parse(text, 0));
    }

    @Test
    void asManyParametersAsAllowedAreReadAndNotOneMore() {
        assertEquals(
                Parameters.MAX_PARAMETERS,
                Parameters.parse(";p".repeat(Parameters.MAX_PARAMETERS), 0).size());
        assertThrows(SipParseException.class, () -> Parameters.parse(";p".repeat(Parameters.MAX_PARAMETERS + 1), 0));
    }

    @Test
    void aNameAddressIsReadInAllItsForms() {
        assertEquals(
                "Alice \"A\"",
                NameAddress.parse("\"Alice \\\"A\\\"\" <sip:a@b>;tag=1").displayName());
        assertEquals("Alice von B", NameAddress.parse("Alice von B <sip:a@b>").displayName());
        assertEquals("Зоя", NameAddress.parse("Зоя <sip:a@b>").displayName());
        assertNull(NameAddress.parse("<sip:a@b>").displayName());
        assertEquals("", NameAddress.parse("\"\" <sip:a@b>").displayName());
        NameAddress bare = NameAddress.parse("sip:a@b;tag=7");
        assertEquals("7", bare.tag());
        assertEquals("sip:a@b", bare.uri().toString());
        NameAddress within = NameAddress.parse("<sip:a,b?@c;p?x=y>;tag=8");
        assertEquals("8", within.tag());
        assertEquals("<sip:a,b?@c;p?x=y>;tag=8", within.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"Alice",
                "\"Alice\" sip:a@b",
                "Alice <sip:a@b",
                "<>",
                "< sip:a@b >",
                "a, b <sip:a@b>",
                "sip:a@b?x=y",
                "sip:a,b@c",
                "<sip:a@b> x",
                "<sip:a@b>,<sip:c@d>",
                "Alice"
            })
    void aMalformedNameAddressIsRefused(String text) {
        assertThrows(SipParseException.class, () -> NameAddress.parse(text));
    }

    @Test
    void whatIsWrongAndWhereIsSaidWithoutControlCharacters() {
        SipParseException problem = assertThrows(SipParseException.class, () -> NameAddress.parse("<sip:a@b>\u0007x"));
        assertEquals("Expected \";\"", problem.what());
        assertEquals(9, problem.at());
        assertFalse(problem.getMessage().contains("\u0007"));
    }

    /** An address literal: the JDK looks nothing up where the text holds a colon. */
    private static boolean jdkReads(String address) {
        try {
            return InetAddress.ofLiteral("[" + address + "]") != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
