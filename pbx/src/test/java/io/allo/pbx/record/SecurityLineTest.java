package io.allo.pbx.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.event.SecurityEvent;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityLineTest {

    private final SecurityLine line = new SecurityLine(ZoneOffset.UTC, 77);

    private static SecurityEvent of(String account) {
        return new SecurityEvent(
                1_795_285_200_123L,
                SecurityEvent.Kind.INVALID_PASSWORD,
                "PJSIP",
                account,
                "call-1",
                "UDP/192.0.2.1/5060",
                "UDP/203.0.113.5/40000",
                Map.of("RequestType", "REGISTER"));
    }

    @Test
    void aLineIsWrittenAsAsteriskWritesIt() {
        assertEquals(
                "[2026-11-21 18:20:00] SECURITY[77] res_security_log.c: SecurityEvent=\"InvalidPassword\","
                        + "EventTV=\"2026-11-21T18:20:00.123+0000\",Severity=\"Error\",Service=\"PJSIP\",EventVersion=\"1\","
                        + "AccountID=\"101\",SessionID=\"call-1\",LocalAddress=\"IPV4/UDP/192.0.2.1/5060\","
                        + "RemoteAddress=\"IPV4/UDP/203.0.113.5/40000\",RequestType=\"REGISTER\"",
                line.of(of("101")));
    }

    @Test
    void ipv6IsNamedSo() {
        var event = new SecurityEvent(
                0, SecurityEvent.Kind.FAILED_ACL, "PJSIP", "x", "", "", "TLS/2001:db8::1/5061", Map.of());
        assertTrue(line.of(event).endsWith("RemoteAddress=\"IPV6/TLS/2001:db8::1/5061\""));
        assertFalse(line.of(event).contains("LocalAddress"));
    }

    @Test
    void noTextOfAStrangerBeginsALineOrAField() {
        var text = line.of(
                of("x\",RemoteAddress=\"IPV4/UDP/8.8.8.8/5060\"\r\n[2026] SECURITY\u2028\u202e" + "y".repeat(500)));
        assertEquals(1, text.lines().count());
        assertEquals(1, text.split("RemoteAddress=\"", -1).length - 1);
        assertFalse(text.contains("\u2028") || text.contains("\u202e"));
        assertTrue(text.length() < 600);
    }

    @Test
    void whatAdministratorsDoHasNoAddress() {
        var text = line.of(SecurityEvent.administration(0, "CLI", "<local>", "reload"));
        assertTrue(text.endsWith("AccountID=\"<local>\",SessionID=\"\",Action=\"reload\""), text);
    }
}
