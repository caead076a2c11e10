package io.allo.sip.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Typed header values, read and written. */
class TypedHeadersTest {

    @Test
    void via() { // RFC 3261 section 20.42, RFC 3581
        ViaHeader via = ViaHeader.parse(
                "SIP / 2.0 / udp first.example.com: 4000;ttl=16;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1");
        assertEquals("UDP", via.transport());
        assertEquals(new HostPort("first.example.com", 4000), via.sentBy());
        assertEquals("224.2.0.1", via.maddr());
        assertTrue(via.hasRfc3261Branch());
        assertEquals(-1, via.rport());
        assertEquals(0, ViaHeader.parse("SIP/2.0/UDP a;rport").rport());
        ViaHeader filled = ViaHeader.parse("SIP/2.0/UDP a;rport;branch=z9hG4bKx")
                .withParameter("received", "2001:db8::1")
                .withParameter("rport", "9988");
        assertEquals("SIP/2.0/UDP a;rport=9988;branch=z9hG4bKx;received=2001:db8::1", filled.toString());
        assertEquals(9988, filled.rport());
        assertEquals(-1, ViaHeader.parse("SIP/2.0/UDP a;rport=99999").rport());
        refused(
                ViaHeader::parse,
                "",
                "SIP/2.0/UDP",
                "SIP/2.0 a",
                "SIP/2.0/UDP a:",
                "SIP/2.0/UDP a:70000",
                "SIP/2.0/UDP a b");
    }

    @Test
    void cseqAndRack() { // RFC 3261 section 20.16, RFC 3262 section 7.2
        assertEquals(new CSeqHeader(2147483647L, "INVITE"), CSeqHeader.parse("2147483647  INVITE"));
        assertEquals("1 ACK", new CSeqHeader(1, "ACK").toString());
        refused(CSeqHeader::parse, "", "1", "INVITE", "2147483648 INVITE", "-1 INVITE", "1 IN VITE", "1INVITE");
        RAckHeader rack = RAckHeader.parse("776656 1 INVITE");
        assertEquals(new RAckHeader(776656, 1, "INVITE"), rack);
        assertEquals("776656 1 INVITE", rack.toString());
        refused(RAckHeader::parse, "1 INVITE", "x 1 INVITE", "1 2", "");
    }

    @Test
    void contact() { // RFC 3261 section 20.10
        Headers headers = Headers.EMPTY
                .adding(
                        "Contact",
                        "\"Mr. Watson\" <sip:watson@worcester.bell-telephone.com>;q=0.7; expires=3600,"
                                + " \"Mr. Watson\" <mailto:watson@bell-telephone.com> ;q=0.1")
                .adding("m", "<sips:bob@192.0.2.4>;expires=60");
        ContactHeader contact = headers.contact();
        assertEquals(3, contact.addresses().size());
        assertEquals(700, ContactHeader.q(contact.addresses().get(0)));
        assertEquals(3600, ContactHeader.expires(contact.addresses().get(0)));
        assertEquals(-1, ContactHeader.expires(contact.addresses().get(1)));
        assertEquals(60, ContactHeader.expires(contact.addresses().get(2)));
        assertTrue(Headers.EMPTY.with("Contact", "*").contact().star());
        assertEquals("*", ContactHeader.STAR.toString());
        assertTrue(Headers.EMPTY.contact().isEmpty());
        assertThrows(
                SipParseException.class,
                () -> Headers.EMPTY.with("Contact", "*, <sip:a@b>").contact());
        assertFalse(Headers.EMPTY.with("Contact", "<contact:*>").contact().star());
    }

    @Test
    void expiryAndPreferenceAreNeverAnError() { // RFC 3261 sections 10.2.1.1, 10.3 step 7
        assertEquals(3600, ContactHeader.expires(NameAddress.parse("<sip:a@b>;expires=soon")));
        assertEquals(0xFFFF_FFFFL, ContactHeader.expires(NameAddress.parse("<sip:a@b>;expires=280297596632815")));
        assertEquals(0, ContactHeader.expires(NameAddress.parse("<sip:a@b>;expires=0")));
        assertEquals(1000, ContactHeader.q(NameAddress.parse("<sip:a@b>;q=2")));
        assertEquals(0, ContactHeader.q(NameAddress.parse("<sip:a@b>;q=0.")));
        assertEquals(333, ContactHeader.q(NameAddress.parse("<sip:a@b>;q=0.333")));
    }

    @Test
    void routes() { // RFC 3261 section 20.34
        Headers headers = Headers.EMPTY.with("Route", "<sip:bigbox3.site3.atlanta.com;lr>, <sip:server10.biloxi.com>");
        assertTrue(headers.routes().get(0).isLoose());
        assertFalse(headers.routes().get(1).isLoose());
        refused(RouteHeader::parse, "sip:a;lr", "");
        assertEquals("<sip:a;lr>", RecordRouteHeader.parse("<sip:a;lr>").toString());
    }

    @Test
    void credentialsAndChallenges() { // RFC 3261 sections 20.7 and 20.44, RFC 7616
        String text =
                "Digest username=\"Alice\", realm=\"atlanta.com\", nonce=\"84a4\\\"cc\", response=\"7587\", nc=00000001, qop=auth";
        AuthorizationHeader credentials = AuthorizationHeader.parse(text);
        assertTrue(credentials.isDigest());
        assertEquals("84a4\"cc", credentials.value("NONCE"));
        assertEquals(text, credentials.toString());
        AuthorizationHeader ours = new AuthorizationHeader("Digest", Parameters.EMPTY)
                .with("username", "1001")
                .with("qop", "auth")
                .with("nc", "00000001")
                .with("algorithm", "MD5");
        assertEquals("Digest username=\"1001\", qop=auth, nc=00000001, algorithm=MD5", ours.toString());
        ChallengeHeader challenge = new ChallengeHeader("Digest", Parameters.EMPTY)
                .with("realm", "allo")
                .with("qop", "auth")
                .with("stale", "true")
                .with("algorithm", "SHA-256");
        assertEquals("Digest realm=\"allo\", qop=\"auth\", stale=true, algorithm=SHA-256", challenge.toString());
        assertEquals(challenge, ChallengeHeader.parse(challenge.toString()));
        assertEquals("Digest", ChallengeHeader.parse("Digest").scheme());
        refused(AuthorizationHeader::parse, "", "Digest username=\"x", "Digest a=b c=d", ",");
    }

    @Test
    void eventsAndSubscriptionStates() { // RFC 6665 section 8.2
        EventHeader event = EventHeader.parse("message-summary;id=4");
        assertTrue(event.matches(EventHeader.parse("message-summary;x=y;id=4")));
        assertFalse(event.matches(EventHeader.of("message-summary")));
        assertFalse(event.matches(EventHeader.parse("Message-summary;id=4")));
        SubscriptionStateHeader state = SubscriptionStateHeader.parse("terminated;reason=timeout;retry-after=5");
        assertTrue(state.isTerminated());
        assertEquals("timeout", state.reason());
        assertEquals(5, state.retryAfter());
        assertEquals(-1, state.expires());
        assertEquals(
                "active;expires=60", SubscriptionStateHeader.of("active", 60).toString());
    }

    @Test
    void reasonsAndWarnings() { // RFC 3326, RFC 3261 section 20.43
        Headers headers =
                Headers.EMPTY.with("Reason", "SIP ;cause=200 ;text=\"Call completed elsewhere\", Q.850;cause=16");
        List<ReasonHeader> reasons = headers.typed("Reason", ReasonHeader::parse);
        assertEquals(200, reasons.get(0).cause());
        assertEquals("Call completed elsewhere", reasons.get(0).text());
        assertEquals("Q.850", reasons.get(1).protocol());
        assertEquals(
                "Q.850;cause=17;text=\"Busy\"",
                ReasonHeader.of("Q.850", 17, "Busy").toString());
        WarningHeader warning = WarningHeader.parse("307 isi.edu \"Session parameter 'foo' not understood\"");
        assertEquals(307, warning.code());
        assertEquals("isi.edu", warning.agent());
        assertEquals(warning, WarningHeader.parse(warning.toString()));
        refused(WarningHeader::parse, "", "1812 overture \"In Progress\"", "307 isi.edu", "30x a \"b\"", "307 a b");
    }

    @Test
    void sessionTimers() { // RFC 4028
        SessionExpiresHeader expires = SessionExpiresHeader.parse("4000 ;refresher=uac");
        assertEquals(4000, expires.seconds());
        assertEquals("uac", expires.refresher());
        assertEquals("1800;refresher=uas", SessionExpiresHeader.of(1800, "uas").toString());
        assertEquals("90", MinSeHeader.of(90).toString());
        refused(SessionExpiresHeader::parse, "", "x", "1 2");
    }

    @Test
    void dialogsNamedInHeaders() { // RFC 3891, RFC 4538
        ReplacesHeader replaces =
                ReplacesHeader.parse("98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff;early-only");
        assertEquals("98732@sip.example.com", replaces.callId());
        assertEquals("ff87ff", replaces.toTag());
        assertEquals("r33th4x0r", replaces.fromTag());
        assertTrue(replaces.isEarlyOnly());
        assertEquals(
                "c@d;to-tag=1;from-tag=2", ReplacesHeader.of("c@d", "1", "2").toString());
        refused(ReplacesHeader::parse, "", "a@b", "a@b;to-tag=1", ";to-tag=1;from-tag=2");
        TargetDialogHeader target =
                TargetDialogHeader.parse("fa77as7dad8-sd98ajzz@host.example.com;local-tag=kkaz-;remote-tag=6544");
        assertEquals("kkaz-", target.parameters().value("local-tag"));
    }

    @Test
    void retryAfter() { // RFC 3261 section 20.33
        RetryAfterHeader retry = RetryAfterHeader.parse("120 (I'm in a (big\\)) meeting);duration=3600");
        assertEquals(120, retry.seconds());
        assertEquals("I'm in a (big\\)) meeting", retry.comment());
        assertEquals(3600, retry.duration());
        assertEquals(retry, RetryAfterHeader.parse(retry.toString()));
        assertEquals(18000, RetryAfterHeader.parse("18000;duration=3600").seconds());
        assertEquals("5", RetryAfterHeader.of(5).toString());
        refused(RetryAfterHeader::parse, "", "soon", "1 (x", "949302838503028349304023988");
    }

    @Test
    void dates() { // RFC 3261 section 20.17
        DateHeader date = DateHeader.parse("Sat, 13 Nov 2010 23:29:00 GMT");
        assertEquals(Instant.parse("2010-11-13T23:29:00Z"), date.moment());
        assertEquals("Sat, 13 Nov 2010 23:29:00 GMT", date.toString());
        refused(DateHeader::parse, "", "Sat, 13 Nov 2010 23:29:00 EST", "Sun, 13 Nov 2010 23:29:00 GMT", "13 Nov 2010");
    }

    @Test
    void mediaTypesAndDispositions() { // RFC 3261 sections 20.1, 20.11, 20.15
        MediaType type = MediaType.parse("Multipart/Mixed; boundary=\"a b\"");
        assertTrue(type.isMultipart());
        assertEquals("a b", type.boundary());
        assertEquals("multipart/mixed;boundary=\"a b\"", type.toString());
        assertTrue(MediaType.parse("application/*;q=0.5").includes(MediaType.SDP));
        assertTrue(MediaType.parse("*/*").includes(MediaType.SDP));
        assertFalse(MediaType.parse("text/*").includes(MediaType.SDP));
        assertTrue(MediaType.parse("application / SDP").is("application/sdp"));
        refused(MediaType::parse, "", "text", "text/", "/plain", "text/plain x");
        ContentDispositionHeader disposition = ContentDispositionHeader.parse("session;handling=Optional");
        assertTrue(disposition.isOptional());
        assertFalse(ContentDispositionHeader.parse("session").isOptional());
    }

    @Test
    void privacy() { // RFC 3323 section 4.2
        PrivacyHeader privacy = PrivacyHeader.parse("header; ID;critical");
        assertTrue(privacy.has("id"));
        assertTrue(privacy.hidesIdentity());
        assertFalse(PrivacyHeader.parse("none").hidesIdentity());
        assertEquals("header;id;critical", privacy.toString());
        refused(PrivacyHeader::parse, "", "a;;b");
    }

    @Test
    void identities() { // RFC 3325 section 9.1, RFC 5806
        Headers headers = Headers.EMPTY
                .with("P-Asserted-Identity", "\"Cullen Jennings\" <sip:fluffy@cisco.com>, tel:+14085264000")
                .with("Remote-Party-ID", "\"John\" <sip:j@example.com>;party=calling;privacy=off;screen=yes")
                .with("Diversion", "<sip:+19195551004@example.com>;reason=user-busy, <sip:a@b>;reason=unconditional");
        assertEquals(
                "tel:+14085264000",
                headers.addresses("P-Asserted-Identity").get(1).uri().toString());
        assertEquals("calling", headers.address("Remote-Party-ID").parameters().value("party"));
        assertEquals(
                "user-busy", headers.addresses("Diversion").get(0).parameters().value("reason"));
        assertNull(headers.address("Refer-To"));
    }

    private static void refused(Function<String, ?> reader, String... texts) {
        for (String text : texts) {
            assertThrows(SipParseException.class, () -> reader.apply(text), "\"" + text + "\"");
        }
    }
}
