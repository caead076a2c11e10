package io.allo.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import org.junit.jupiter.api.Test;

/** RFC 3261 sections 17.1.3 and 17.2.3. */
class TransactionKeyTest {
    private static TransactionKey key(SipMethod method, String via) {
        return TransactionKey.of(Samples.bare(method, 1, "abc").withHeader("Via", via));
    }

    @Test
    void ackHasTheKeyOfItsInviteAndCancelDoesNot() {
        SipRequest invite = Samples.request(SipMethod.INVITE, "z9hG4bK1");
        SipRequest cancel = Samples.request(SipMethod.CANCEL, "z9hG4bK1");
        assertEquals(TransactionKey.of(invite), TransactionKey.of(Samples.request(SipMethod.ACK, "z9hG4bK1")));
        assertNotEquals(TransactionKey.of(invite), TransactionKey.of(cancel));
        assertEquals(TransactionKey.of(invite), TransactionKey.ofCancelled(cancel));
    }

    @Test
    void sameBranchFromAnotherSenderIsAnotherTransaction() {
        assertNotEquals(
                key(SipMethod.OPTIONS, "SIP/2.0/UDP a.example.com;branch=z9hG4bK1"),
                key(SipMethod.OPTIONS, "SIP/2.0/UDP b.example.com;branch=z9hG4bK1"));
        assertNotEquals(
                key(SipMethod.OPTIONS, "SIP/2.0/UDP a.example.com:5060;branch=z9hG4bK1"),
                key(SipMethod.OPTIONS, "SIP/2.0/UDP a.example.com:5061;branch=z9hG4bK1"));
    }

    @Test
    void branchAndHostAreComparedWithoutRegardToCase() {
        assertEquals(
                key(SipMethod.OPTIONS, "SIP/2.0/UDP a.example.com;branch=z9hG4bKabc"),
                key(SipMethod.OPTIONS, "SIP/2.0/UDP A.Example.COM;branch=Z9HG4BKABC"));
    }

    @Test
    void otherParametersOfTheViaDoNotCount() {
        assertEquals(
                key(SipMethod.OPTIONS, "SIP/2.0/UDP a.example.com;branch=z9hG4bKabc"),
                key(SipMethod.OPTIONS, "SIP/2.0/UDP a.example.com;rport;branch=z9hG4bKabc;received=192.0.2.1"));
    }

    @Test
    void withoutTheCookieTheWholeRequestCounts() {
        String via = "SIP/2.0/UDP old.example.com;branch=1";
        assertInstanceOf(TransactionKey.Legacy.class, key(SipMethod.INVITE, via));
        assertEquals(key(SipMethod.INVITE, via), key(SipMethod.ACK, via));
        assertEquals(
                key(SipMethod.INVITE, "SIP/2.0/UDP old.example.com"),
                key(SipMethod.INVITE, "SIP/2.0/UDP old.example.com"));
        assertNotEquals(key(SipMethod.INVITE, via), key(SipMethod.INVITE, "SIP/2.0/UDP old.example.com;branch=2"));
        assertNotEquals(
                TransactionKey.of(Samples.request(SipMethod.INVITE, "1", 1, "abc")),
                TransactionKey.of(Samples.request(SipMethod.INVITE, "1", 2, "abc")));
        assertNotEquals(
                TransactionKey.of(Samples.request(SipMethod.INVITE, "1", 1, "abc")),
                TransactionKey.of(Samples.request(SipMethod.INVITE, "1", 1, "xyz")));
    }

    @Test
    void bareCookieIsNoBranch() {
        assertInstanceOf(
                TransactionKey.Legacy.class, key(SipMethod.INVITE, "SIP/2.0/UDP a.example.com;branch=z9hG4bK"));
    }

    @Test
    void responseFindsItsRequestByBranchAndMethod() {
        SipRequest sent = Samples.request(SipMethod.INVITE, "z9hG4bK1");
        SipRequest cancel = Samples.request(SipMethod.CANCEL, "z9hG4bK1");
        assertEquals(TransactionKey.client(sent.topVia(), "INVITE"), TransactionKey.of(Samples.response(sent, 200)));
        assertNotEquals(
                TransactionKey.client(sent.topVia(), "INVITE"), TransactionKey.of(Samples.response(cancel, 200)));
    }

    @Test
    void responseOfOursFindsWhatItAnswers() {
        SipRequest received = Samples.request(SipMethod.INVITE, "z9hG4bK1");
        assertEquals(TransactionKey.of(received), TransactionKey.ofAnswered(Samples.response(received, 200)));
        assertNull(TransactionKey.ofAnswered(Samples.response(Samples.request(SipMethod.INVITE, "1"), 200)));
    }
}
