package io.allo.sip.locate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.locate.DnsQuestion.Type;
import io.allo.sip.locate.DnsRecord.Address;
import io.allo.sip.locate.DnsRecord.Naptr;
import io.allo.sip.locate.DnsRecord.Srv;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 3263 against a DNS that is a table. */
class ServerLocatorTest {
    private final Map<DnsQuestion, DnsAnswer> dns = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private LocatorSettings settings = LocatorSettings.DEFAULT;

    private void zone(String name, Type type, DnsRecord... records) {
        dns.put(new DnsQuestion(name, type), DnsAnswer.of(records));
    }

    private LocateEvent locate(String uri) {
        var locator = new ServerLocator(SipUri.parse(uri), settings, RandomSource.seeded(1));
        var out = new Outbox<LocateEvent>();
        locator.start(out);
        for (int i = 0; i < out.size(); i++) {
            switch (out.at(i)) {
                case LocateEvent.AskDns ask -> {
                    asked.add(ask.question().type() + " " + ask.question().name());
                    locator.answer(ask.question(), dns.getOrDefault(ask.question(), DnsAnswer.NONE), out);
                }
                case LocateEvent.Located located -> {
                    assertEquals(i, out.size() - 1, "the last thing said");
                    assertTrue(locator.isDone());
                    return located;
                }
                case LocateEvent.NotLocated not -> {
                    assertTrue(locator.isDone());
                    return not;
                }
            }
        }
        throw new AssertionError("no result: " + out);
    }

    private List<String> servers(String uri) {
        LocateEvent event = locate(uri);
        return assertInstanceOf(LocateEvent.Located.class, event, event::toString).servers().stream()
                .map(server -> server.transport() + " " + server.address())
                .toList();
    }

    private String reason(String uri) {
        return assertInstanceOf(LocateEvent.NotLocated.class, locate(uri)).reason();
    }

    @Test
    void numericHostIsLocatedAtOnce() {
        assertEquals(List.of("UDP 192.0.2.1:5060"), servers("sip:bob@192.0.2.1"));
        assertEquals(List.of("UDP 192.0.2.1:5070"), servers("sip:bob@192.0.2.1:5070"));
        assertEquals(List.of("TCP 192.0.2.1:5060"), servers("sip:bob@192.0.2.1;transport=tcp"));
        assertEquals(List.of("TLS 192.0.2.1:5061"), servers("sip:bob@192.0.2.1;transport=TLS"));
        assertEquals(List.of("TLS 192.0.2.1:5061"), servers("sips:bob@192.0.2.1"));
        assertEquals(List.of("TLS 192.0.2.1:5070"), servers("sips:bob@192.0.2.1:5070;transport=tcp"));
        assertEquals(List.of("UDP [2001:db8::1]:5060"), servers("sip:bob@[2001:db8::1]"));
        assertEquals(List.of(), asked);
    }

    @Test
    void maddrTakesThePlaceOfTheHost() {
        assertEquals(List.of("UDP 192.0.2.7:5070"), servers("sip:bob@example.com:5070;maddr=192.0.2.7"));
        assertEquals(List.of("UDP 192.0.2.1:5060"), servers("sip:bob@192.0.2.1;maddr=1.2.3.4:99"), "no host");
        assertEquals(List.of(), asked);
    }

    @Test
    void explicitPortNeedsOnlyTheAddress() {
        zone("example.com", Type.A, new Address("192.0.2.1"));
        assertEquals(List.of("UDP 192.0.2.1:5070"), servers("sip:bob@example.com:5070"));
        assertEquals(List.of("A example.com", "AAAA example.com"), asked);
    }

    @Test
    void naptrNamesTheTransportAndSrvThePort() {
        zone(
                "example.com",
                Type.NAPTR,
                new Naptr(50, 50, "s", "SIPS+D2T", "", "_sips._tcp.example.com"),
                new Naptr(90, 50, "s", "SIP+D2T", "", "_sip._tcp.example.com"),
                new Naptr(100, 50, "s", "SIP+D2U", "", "_sip._udp.example.com"),
                new Naptr(10, 50, "s", "E2U+sip", "", "enum.example.com"),
                new Naptr(20, 50, "u", "SIP+D2U", "!x!y!", ""));
        zone("_sips._tcp.example.com", Type.SRV, new Srv(0, 1, 5081, "tls.example.com"));
        zone(
                "_sip._tcp.example.com",
                Type.SRV,
                new Srv(1, 1, 5070, "backup.example.com"),
                new Srv(0, 1, 5060, "main.example.com"));
        zone("tls.example.com", Type.A, new Address("192.0.2.1"));
        zone("main.example.com", Type.A, new Address("192.0.2.2"), new Address("192.0.2.3"));
        zone("backup.example.com", Type.AAAA, new Address("2001:db8::4"));
        assertEquals(
                List.of("TLS 192.0.2.1:5081", "TCP 192.0.2.2:5060", "TCP 192.0.2.3:5060", "TCP [2001:db8::4]:5070"),
                servers("sip:bob@example.com"));
        assertEquals("NAPTR example.com", asked.get(0));
    }

    @Test
    void orderComesBeforePreference() {
        zone(
                "example.com",
                Type.NAPTR,
                new Naptr(2, 1, "S", "sip+d2u", "", "u.example.com"),
                new Naptr(1, 9, "S", "sip+d2t", "", "t.example.com"),
                new Naptr(1, 10, "S", "sips+d2t", "", "s.example.com"));
        for (String name : List.of("u", "t", "s")) {
            zone(name + ".example.com", Type.SRV, new Srv(0, 0, 5060, "h.example.com"));
        }
        zone("h.example.com", Type.A, new Address("192.0.2.1"));
        assertEquals(
                List.of("TCP 192.0.2.1:5060", "TLS 192.0.2.1:5060", "UDP 192.0.2.1:5060"),
                servers("sip:bob@example.com"));
    }

    @Test
    void withoutNaptrEveryTransportsSrvIsAsked() {
        zone("_sip._tcp.example.com", Type.SRV, new Srv(0, 0, 5060, "192.0.2.9"));
        assertEquals(List.of("TCP 192.0.2.9:5060"), servers("sip:bob@example.com"));
        assertEquals(
                List.of(
                        "NAPTR example.com",
                        "SRV _sip._udp.example.com",
                        "SRV _sip._tcp.example.com",
                        "SRV _sips._tcp.example.com"),
                asked);
    }

    @Test
    void withoutSrvTheNameItselfIsTheHost() {
        zone("example.com", Type.A, new Address("192.0.2.1"));
        assertEquals(List.of("UDP 192.0.2.1:5060"), servers("sip:bob@example.com"));
        assertEquals(List.of("TLS 192.0.2.1:5061"), servers("sips:bob@example.com"));
        assertEquals(List.of("TCP 192.0.2.1:5060"), servers("sip:bob@example.com;transport=tcp"));
    }

    @Test
    void explicitTransportSkipsNaptr() {
        zone("_sip._tcp.example.com", Type.SRV, new Srv(0, 0, 5065, "h.example.com"));
        zone("h.example.com", Type.A, new Address("192.0.2.1"));
        assertEquals(List.of("TCP 192.0.2.1:5065"), servers("sip:bob@example.com;transport=tcp"));
        assertEquals("SRV _sip._tcp.example.com", asked.get(0));
    }

    @Test
    void sipsUsesNothingButTls() {
        zone(
                "example.com",
                Type.NAPTR,
                new Naptr(1, 1, "s", "SIP+D2U", "", "_sip._udp.example.com"),
                new Naptr(2, 1, "s", "SIPS+D2T", "", "_sips._tcp.example.com"));
        zone("_sips._tcp.example.com", Type.SRV, new Srv(0, 0, 5061, "h.example.com"));
        zone("h.example.com", Type.A, new Address("192.0.2.1"));
        assertEquals(List.of("TLS 192.0.2.1:5061"), servers("sips:bob@example.com"));
        assertTrue(reason("sips:bob@example.com;transport=udp").contains("not spoken"));
    }

    @Test
    void certificateIsForTheNameLookedUpAndNotItsServer() {
        zone("_sips._tcp.example.com", Type.SRV, new Srv(0, 0, 5061, "host.provider.net"));
        zone("host.provider.net", Type.A, new Address("192.0.2.1"));
        var located = assertInstanceOf(LocateEvent.Located.class, locate("sips:bob@example.com"));
        assertEquals("example.com", located.servers().get(0).domain());
    }

    @Test
    void targetOfADotSaysThatThereIsNoService() {
        zone("_sip._udp.example.com", Type.SRV, new Srv(0, 0, 0, ""));
        zone("example.com", Type.A, new Address("192.0.2.1"));
        assertTrue(reason("sip:bob@example.com").contains("offers no SIP"));
    }

    @Test
    void addressFamiliesAreThoseOfTheSettings() {
        zone("example.com", Type.A, new Address("192.0.2.1"));
        zone("example.com", Type.AAAA, new Address("2001:db8::1"));
        String uri = "sip:bob@example.com:5060";
        assertEquals(List.of("UDP 192.0.2.1:5060", "UDP [2001:db8::1]:5060"), servers(uri));
        settings = new LocatorSettings(settings.transports(), true, true, true);
        assertEquals(List.of("UDP [2001:db8::1]:5060", "UDP 192.0.2.1:5060"), servers(uri));
        settings = new LocatorSettings(settings.transports(), false, true, true);
        assertEquals(List.of("UDP [2001:db8::1]:5060"), servers(uri));
        assertTrue(reason("sip:192.0.2.1").contains("no address"));
        settings = new LocatorSettings(settings.transports(), true, false, true);
        assertEquals(List.of("UDP 192.0.2.1:5060"), servers(uri));
    }

    @Test
    void whatWeDoNotSpeakIsNotUsed() {
        settings = new LocatorSettings(List.of(Flow.TCP), true, true, false);
        zone(
                "example.com",
                Type.NAPTR,
                new Naptr(1, 1, "s", "SIP+D2U", "", "_sip._udp.example.com"),
                new Naptr(2, 1, "s", "SIP+D2T", "", "_sip._tcp.example.com"));
        zone("example.com", Type.A, new Address("192.0.2.1"));
        assertEquals(List.of("TCP 192.0.2.1:5060"), servers("sip:bob@example.com"));
        assertTrue(reason("sip:bob@example.com;transport=udp").contains("not spoken"));
        assertTrue(reason("sip:bob@example.com;transport=sctp").contains("not spoken"));
        assertTrue(reason("sips:bob@192.0.2.1").contains("not spoken"));
        assertTrue(reason("sips:bob@example.com").contains("no transport"));
    }

    @Test
    void webSocketsOnlyWhereNamed() {
        settings = new LocatorSettings(List.of(Flow.UDP, Flow.WS, Flow.WSS), true, false, false);
        zone("_sips._ws.example.com", Type.SRV, new Srv(0, 0, 443, "192.0.2.1"));
        assertEquals(List.of("WSS 192.0.2.1:443"), servers("sip:bob@example.com;transport=wss"));
        assertEquals(List.of("WSS 192.0.2.1:443"), servers("sips:bob@192.0.2.1;transport=ws"));
        assertEquals(List.of("WS 192.0.2.1:80"), servers("sip:bob@192.0.2.1;transport=ws"));
        asked.clear();
        locate("sip:bob@example.com");
        assertFalse(asked.toString().contains("_ws"), asked.toString());
    }

    @Test
    void unknownNameAndSilentDnsAreToldApart() {
        assertEquals("the DNS has no address for example.com", reason("sip:bob@example.com"));
        dns.put(new DnsQuestion("example.com", Type.A), DnsAnswer.FAILED);
        assertEquals("the DNS gave no answer for example.com", reason("sip:bob@example.com"));
    }

    @Test
    void failedNaptrStillLetsTheRestBeTried() {
        dns.put(new DnsQuestion("example.com", Type.NAPTR), DnsAnswer.FAILED);
        zone("example.com", Type.A, new Address("192.0.2.1"));
        assertEquals(List.of("UDP 192.0.2.1:5060"), servers("sip:bob@example.com"));
    }

    @Test
    void serverNamedTwiceIsTriedOnce() {
        zone(
                "_sip._udp.example.com",
                Type.SRV,
                new Srv(0, 0, 5060, "a.example.com"),
                new Srv(1, 0, 5060, "A.example.com"));
        zone("a.example.com", Type.A, new Address("192.0.2.1"), new Address("192.0.2.1"));
        assertEquals(List.of("UDP 192.0.2.1:5060"), servers("sip:bob@example.com;transport=udp"));
        assertEquals(List.of("SRV _sip._udp.example.com", "A a.example.com", "AAAA a.example.com"), asked);
    }

    @Test
    void floodOfRecordsIsCutOff() {
        var records = new DnsRecord[1_000];
        for (int i = 0; i < records.length; i++) {
            records[i] = new Srv(i, 0, 5060, "192.0.2." + i % 250);
        }
        zone("_sip._udp.example.com", Type.SRV, records);
        assertEquals(
                ServerLocator.MAX_TARGETS,
                servers("sip:bob@example.com;transport=udp").size());
    }

    @Test
    void strayAnswersAreIgnored() {
        var locator = new ServerLocator(SipUri.parse("sip:example.com:5060"), settings, RandomSource.seeded(1));
        var out = new Outbox<LocateEvent>();
        locator.start(out);
        assertEquals(2, out.size());
        locator.answer(new DnsQuestion("other", Type.A), DnsAnswer.NONE, out);
        var question = new DnsQuestion("example.com", Type.A);
        locator.answer(question, DnsAnswer.of(new Address("192.0.2.1")), out);
        locator.answer(question, DnsAnswer.NONE, out);
        assertFalse(locator.isDone());
        locator.answer(new DnsQuestion("example.com", Type.AAAA), DnsAnswer.FAILED, out);
        assertInstanceOf(LocateEvent.Located.class, out.at(2));
        locator.answer(question, DnsAnswer.NONE, out);
        assertEquals(3, out.size());
        assertThrows(IllegalStateException.class, () -> locator.start(out));
    }
}
