package io.allo.sip.transaction;

import static io.allo.sip.transaction.Samples.drain;
import static io.allo.sip.transaction.Samples.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionTableTest {
    private static final SentBy US = flow -> new HostPort("pbx.example.net", 5060);

    private final Outbox<TransactionEvent> out = new Outbox<>();
    private final TransactionTable table = table(TransactionSettings.DEFAULT);

    private static TransactionTable table(TransactionSettings settings) {
        return new TransactionTable(settings, US, RandomSource.seeded(1));
    }

    private ServerTransactionId receive(SipRequest request) {
        table.receive(Samples.UDP, request, 0, out);
        return ((TransactionEvent.RequestReceived) out.at(0)).transaction();
    }

    private SipRequest send(SipMethod method, Flow flow) {
        table.sendRequest(Samples.bare(method, 1, "abc"), flow, 0, out);
        return (SipRequest) Samples.sent(out).get(0).message();
    }

    // Requests that come in

    @Test
    void newRequestIsToldOnceAndItsRetransmissionsAnswered() {
        SipRequest options = Samples.request(SipMethod.OPTIONS, "z9hG4bK1");
        ServerTransactionId id = receive(options);
        assertEquals(List.of("request OPTIONS"), drain(out));
        table.receive(Samples.UDP, options, ms(500), out);
        assertEquals(List.of(), drain(out));
        assertTrue(table.respond(id, Samples.response(options, 200), ms(600), out));
        table.receive(Samples.UDP, options, ms(1_500), out);
        assertEquals(List.of("send 200", "send 200"), drain(out));
        table.onDeadline(ms(32_600), out);
        assertEquals(List.of("terminated"), drain(out));
        assertEquals(0, table.serverCount());
        assertEquals(Long.MAX_VALUE, table.deadlineNanos());
    }

    @Test
    void requestIsToldWithItsViaCompleted() {
        SipRequest request = Samples.bare(SipMethod.OPTIONS, 1, "abc")
                .withHeader("Via", "SIP/2.0/UDP 10.0.0.5;rport;branch=z9hG4bK1");
        table.receive(Samples.UDP, request, 0, out);
        var told = (TransactionEvent.RequestReceived) out.at(0);
        assertEquals(
                "SIP/2.0/UDP 10.0.0.5;rport=5062;branch=z9hG4bK1;received=192.0.2.9",
                told.request().topVia().toString());
        assertEquals(Samples.UDP, told.flow());
    }

    @Test
    void responsesTakeTheWayThatIsConfiguredAndCanBeRerouted() {
        SipRequest request =
                Samples.bare(SipMethod.OPTIONS, 1, "abc").withHeader("Via", "SIP/2.0/UDP 10.0.0.5;branch=z9hG4bK1");
        ServerTransactionId id = receive(request);
        out.clear();
        table.answerToSource(id, Samples.UDP, false);
        table.respond(id, Samples.response(request, 200), 0, out);
        assertEquals(
                new HostPort("192.0.2.9", 5060), Samples.sent(out).get(0).flow().remote());

        TransactionTable strict = table(TransactionSettings.DEFAULT.withToSource(false));
        strict.receive(Samples.UDP, request, 0, out);
        ServerTransactionId other = ((TransactionEvent.RequestReceived) out.at(0)).transaction();
        out.clear();
        strict.answerToSource(other, Samples.UDP, true);
        strict.respond(other, Samples.response(request, 200), 0, out);
        assertEquals(Samples.REMOTE, Samples.sent(out).get(0).flow().remote());
    }

    @Test
    void refusedInviteIsRetransmittedUntilItsAckWhichNobodyIsTold() {
        SipRequest invite = Samples.request(SipMethod.INVITE, "z9hG4bK1");
        ServerTransactionId id = receive(invite);
        out.clear();
        table.respond(id, Samples.response(invite, 486), 0, out);
        table.onDeadline(table.deadlineNanos(), out);
        assertEquals(List.of("send 486", "send 486"), drain(out));
        table.receive(Samples.UDP, Samples.request(SipMethod.ACK, "z9hG4bK1"), ms(600), out);
        assertEquals(List.of(), drain(out));
        table.onDeadline(ms(5_600), out);
        assertEquals(List.of("terminated"), drain(out));
    }

    @Test
    void ackOfASuccessComesWithABranchOfItsOwnAndIsTold() {
        SipRequest invite = Samples.request(SipMethod.INVITE, "z9hG4bK1");
        ServerTransactionId id = receive(invite);
        table.respond(id, Samples.response(invite, 200), 0, out);
        out.clear();
        table.receive(Samples.UDP, Samples.request(SipMethod.ACK, "z9hG4bK2"), ms(10), out);
        assertEquals(List.of("ack"), drain(out));
        table.receive(Samples.UDP, Samples.request(SipMethod.ACK, "z9hG4bK1"), ms(20), out);
        assertEquals(List.of("ack of 1"), drain(out), "also if it wrongly has the INVITE's");
    }

    @Test
    void legacyAckIsKnownByTheToTagOfTheResponse() {
        SipRequest invite = Samples.request(SipMethod.INVITE, "old");
        ServerTransactionId id = receive(invite);
        table.respond(id, Samples.response(invite, 486), 0, out);
        out.clear();
        SipRequest ack = Samples.request(SipMethod.ACK, "old");
        table.receive(Samples.UDP, ack.withHeader("To", "<sip:bob@example.net>;tag=other"), 0, out);
        assertEquals(List.of("ack"), drain(out), "for another response");
        table.receive(Samples.UDP, ack.withHeader("To", "<sip:bob@example.net>;tag=totag"), 0, out);
        assertEquals(List.of(), drain(out));
        table.receive(Samples.UDP, invite, ms(100), out);
        assertEquals(List.of(), drain(out), "absorbed: the transaction is confirmed");
    }

    @Test
    void respondingToWhatHasEndedIsFalse() {
        SipRequest options = Samples.request(SipMethod.OPTIONS, "z9hG4bK1");
        ServerTransactionId id = receive(options);
        out.clear();
        table.onDeadline(ms(32_000), out);
        out.clear();
        assertFalse(table.respond(id, Samples.response(options, 200), ms(33_000), out));
        assertEquals(List.of(), drain(out));
    }

    @Test
    void inviteThatTheUserKeepsWaitingIsTried() {
        receive(Samples.request(SipMethod.INVITE, "z9hG4bK1"));
        out.clear();
        assertEquals(ms(200), table.deadlineNanos());
        table.onDeadline(ms(200), out);
        assertEquals(List.of("send 100"), drain(out));
    }

    // CANCEL

    @Test
    void cancelIsToldWithTheInviteThatItIsFor() {
        receive(Samples.request(SipMethod.INVITE, "z9hG4bK1"));
        out.clear();
        table.receive(Samples.UDP, Samples.request(SipMethod.CANCEL, "z9hG4bK1"), ms(1), out);
        assertEquals(List.of("cancel of 1"), drain(out));
        table.receive(Samples.UDP, Samples.request(SipMethod.CANCEL, "z9hG4bK1"), ms(500), out);
        assertEquals(List.of(), drain(out), "a retransmission");
    }

    @Test
    void cancelForNothingIs481() {
        table.receive(Samples.UDP, Samples.request(SipMethod.CANCEL, "z9hG4bK1"), 0, out);
        assertEquals(List.of("send 481"), drain(out));
    }

    @Test
    void cancelOfAnotherSenderWithTheSameBranchIs481() {
        receive(Samples.request(SipMethod.INVITE, "z9hG4bK1"));
        out.clear();
        SipRequest cancel = Samples.bare(SipMethod.CANCEL, 1, "abc")
                .withHeader("Via", "SIP/2.0/UDP evil.example.com;branch=z9hG4bK1");
        table.receive(Samples.UDP, cancel, 0, out);
        assertEquals(List.of("send 481"), drain(out));
    }

    // Merged requests

    @Test
    void copyThatCameAnotherWayIs482() {
        receive(Samples.request(SipMethod.INVITE, "z9hG4bK1"));
        out.clear();
        table.receive(Samples.UDP, Samples.request(SipMethod.INVITE, "z9hG4bK2"), 0, out);
        assertEquals(List.of("send 482"), drain(out));
    }

    @Test
    void requestInADialogOrWithAnotherCseqIsNoCopy() {
        receive(Samples.request(SipMethod.INVITE, "z9hG4bK1"));
        out.clear();
        table.receive(Samples.UDP, Samples.request(SipMethod.INVITE, "z9hG4bK2", 2, "abc"), 0, out);
        SipRequest inDialog =
                Samples.request(SipMethod.INVITE, "z9hG4bK3").withHeader("To", "<sip:bob@example.net>;tag=t");
        table.receive(Samples.UDP, inDialog, 0, out);
        assertEquals(List.of("request INVITE", "request INVITE"), drain(out));
    }

    @Test
    void sameCseqAfterAChallengeIsNoCopy() {
        SipRequest first = Samples.request(SipMethod.REGISTER, "z9hG4bK1");
        ServerTransactionId id = receive(first);
        table.respond(id, Samples.response(first, 401), 0, out);
        out.clear();
        table.receive(Samples.UDP, Samples.request(SipMethod.REGISTER, "z9hG4bK2"), 0, out);
        assertEquals(List.of("request REGISTER"), drain(out));
    }

    @Test
    void copyAfterTheEndOfTheFirstIsANewRequest() {
        SipRequest first = Samples.request(SipMethod.OPTIONS, "z9hG4bK1");
        ServerTransactionId id = receive(first);
        table.respond(id, Samples.response(first, 200), 0, out);
        table.onDeadline(ms(32_000), out);
        out.clear();
        table.receive(Samples.UDP, Samples.request(SipMethod.OPTIONS, "z9hG4bK2"), ms(32_000), out);
        assertEquals(List.of("request OPTIONS"), drain(out));
    }

    // Limits

    @Test
    void fullTableSays503WithRetryAfterAndKeepsNothing() {
        TransactionTable small = table(TransactionSettings.DEFAULT.withLimits(1, 1));
        small.receive(Samples.UDP, Samples.request(SipMethod.OPTIONS, "z9hG4bK1"), 0, out);
        out.clear();
        SipRequest second = Samples.request(SipMethod.OPTIONS, "z9hG4bK2", 2, "abc");
        small.receive(Samples.UDP, second, 0, out);
        var refusal = (SipResponse) Samples.sent(out).get(0).message();
        assertEquals(503, refusal.status());
        assertEquals("5", refusal.headers().first("Retry-After"));
        assertNotNull(refusal.toTag());
        assertEquals(1, small.serverCount());
        assertEquals(1, small.refusedCount());
        small.receive(Samples.UDP, second, ms(500), out);
        assertEquals(refusal, Samples.sent(out).get(0).message(), "the same for a retransmission, tag and all");
        small.receive(Samples.UDP, Samples.request(SipMethod.ACK, "z9hG4bK9"), 0, out);
        assertEquals(List.of("ack"), drain(out), "an ACK is never refused");
    }

    @Test
    void requestOfOursThatFindsNoPlaceFailsAtOnce() {
        TransactionTable small = table(TransactionSettings.DEFAULT.withLimits(1, 1));
        small.sendRequest(Samples.bare(SipMethod.OPTIONS, 1, "abc"), Samples.UDP, 0, out);
        out.clear();
        small.sendRequest(Samples.bare(SipMethod.OPTIONS, 2, "abc"), Samples.UDP, 0, out);
        assertEquals(List.of("transport failed", "terminated"), drain(out));
        assertEquals(1, small.clientCount());
    }

    // Requests that go out

    @Test
    void requestGoesOutWithAViaOfOurs() {
        SipRequest sent = send(SipMethod.OPTIONS, Samples.UDP);
        String via = sent.topVia().toString();
        assertTrue(via.startsWith("SIP/2.0/UDP pbx.example.net:5060;branch=z9hG4bK"), via);
        assertTrue(via.endsWith(";rport"), via);
        SipRequest other = send(SipMethod.OPTIONS, Samples.TCP);
        assertEquals("TCP", other.topVia().transport());
        assertEquals(-1, other.topVia().rport());
        assertNotEquals(sent.topVia().branch(), other.topVia().branch());
    }

    @Test
    void responseFindsItsTransaction() {
        ClientTransactionId id = table.sendRequest(Samples.bare(SipMethod.OPTIONS, 1, "abc"), Samples.UDP, 0, out);
        SipRequest sent = (SipRequest) Samples.sent(out).get(0).message();
        table.receive(Samples.UDP, Samples.response(sent, 200), ms(20), out);
        assertEquals(id, ((TransactionEvent.ResponseReceived) out.at(0)).transaction());
        out.clear();
        table.onDeadline(ms(5_020), out);
        assertEquals(List.of("terminated"), drain(out));
        assertEquals(0, table.clientCount());
    }

    @Test
    void responseThatIsNotForUsIsDropped() {
        SipRequest sent = send(SipMethod.OPTIONS, Samples.UDP);
        SipResponse answer = Samples.response(sent, 200);
        String branch = sent.topVia().branch();
        table.receive(
                Samples.UDP,
                answer.withHeader("Via", "SIP/2.0/UDP other.example.com:5060;branch=" + branch),
                ms(1),
                out);
        table.receive(
                Samples.UDP, answer.withHeader("Via", "SIP/2.0/UDP pbx.example.net:5099;branch=" + branch), ms(1), out);
        table.receive(
                Samples.UDP,
                answer.withHeaders(answer.headers().adding("Via", "SIP/2.0/UDP next.example.com;branch=z9hG4bKx")),
                ms(1),
                out);
        assertEquals(List.of(), drain(out));
        assertEquals(3, table.discardedCount());
        table.receive(
                Samples.UDP, answer.withHeader("Via", "SIP/2.0/UDP PBX.example.net;branch=" + branch), ms(1), out);
        assertEquals(List.of("received 200"), drain(out), "case and default port do not count");
    }

    @Test
    void responseToNothingIsStray() {
        SipRequest sent = Samples.request(SipMethod.INVITE, "z9hG4bKnever");
        table.receive(Samples.UDP, Samples.response(sent, 200), 0, out);
        assertEquals(List.of("stray 200"), drain(out));
    }

    @Test
    void ackAndCancelAreNoRequestsToSend() {
        for (SipMethod method : List.of(SipMethod.ACK, SipMethod.CANCEL)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> table.sendRequest(Samples.bare(method, 1, "abc"), Samples.UDP, 0, out));
        }
    }

    @Test
    void ackOfASuccessIsSentWithoutATransaction() {
        table.sendAck(Samples.bare(SipMethod.ACK, 1, "abc"), Samples.UDP, out);
        SipRequest ack = (SipRequest) Samples.sent(out).get(0).message();
        assertTrue(ack.topVia().hasRfc3261Branch());
        assertEquals(0, table.clientCount());
        table.sendFailed(ack, out);
        assertEquals(List.of(), drain(out));
    }

    @Test
    void cancelGoesOutAfterTheFirstProvisionalAndItsOwnAnswerIsNotTold() {
        ClientTransactionId id = table.sendRequest(Samples.bare(SipMethod.INVITE, 1, "abc"), Samples.UDP, 0, out);
        SipRequest invite = (SipRequest) Samples.sent(out).get(0).message();
        table.cancel(id, "Q.850;cause=16", ms(10), out);
        assertEquals(List.of(), drain(out));
        table.receive(Samples.UDP, Samples.response(invite, 180), ms(20), out);
        assertEquals("received 180", Samples.line(out.at(0)));
        SipRequest cancel = (SipRequest) Samples.sent(out).get(0).message();
        assertEquals(invite.topVia(), cancel.topVia());
        assertEquals("Q.850;cause=16", cancel.headers().first("Reason"));
        table.receive(Samples.UDP, Samples.response(cancel, 200), ms(30), out);
        assertEquals(List.of(), drain(out));
        table.receive(Samples.UDP, Samples.response(invite, 487), ms(40), out);
        assertEquals(List.of("send ACK", "received 487"), drain(out));
        table.onDeadline(ms(40_000), out);
        assertEquals(List.of("terminated"), drain(out));
        assertEquals(0, table.clientCount());
    }

    @Test
    void cancelWhileRingingGoesOutAtOnceAndOnlyOnce() {
        ClientTransactionId id = table.sendRequest(Samples.bare(SipMethod.INVITE, 1, "abc"), Samples.TCP, 0, out);
        SipRequest invite = (SipRequest) Samples.sent(out).get(0).message();
        table.receive(Samples.TCP, Samples.response(invite, 180), ms(20), out);
        out.clear();
        table.cancel(id, ms(1_000), out);
        table.cancel(id, ms(1_001), out);
        assertEquals(List.of("send CANCEL"), drain(out));
        table.onDeadline(ms(40_000), out);
        assertEquals(List.of("timed out", "terminated"), drain(out), "the INVITE alone is told");
        assertEquals(0, table.clientCount());
    }

    @Test
    void cancelCrossingASuccessChangesNothing() {
        ClientTransactionId id = table.sendRequest(Samples.bare(SipMethod.INVITE, 1, "abc"), Samples.UDP, 0, out);
        SipRequest invite = (SipRequest) Samples.sent(out).get(0).message();
        table.cancel(id, ms(10), out);
        table.receive(Samples.UDP, Samples.response(invite, 200), ms(20), out);
        assertEquals(List.of("received 200"), drain(out));
        table.cancel(id, ms(30), out);
        table.cancel(new ClientTransactionId(999), ms(30), out);
        assertEquals(List.of(), drain(out));
    }

    // Transport errors

    @Test
    void requestThatCannotBeSentFails() {
        SipRequest sent = send(SipMethod.INVITE, Samples.UDP);
        table.sendFailed(sent, out);
        assertEquals(List.of("transport failed", "terminated"), drain(out));
        assertEquals(0, table.clientCount());
    }

    @Test
    void ackOfARefusalThatCannotBeSentEndsTheTransaction() {
        SipRequest sent = send(SipMethod.INVITE, Samples.UDP);
        table.receive(Samples.UDP, Samples.response(sent, 486), ms(10), out);
        SipRequest ack = (SipRequest) Samples.sent(out).get(0).message();
        table.sendFailed(ack, out);
        assertEquals(List.of("transport failed", "terminated"), drain(out));
    }

    @Test
    void responseThatCannotBeSentIsTold() {
        for (String branch : List.of("z9hG4bK1", "old")) {
            SipRequest options = Samples.request(SipMethod.OPTIONS, branch);
            ServerTransactionId id = receive(options);
            out.clear();
            table.respond(id, Samples.response(options, 200), 0, out);
            SipResponse response = (SipResponse) Samples.sent(out).get(0).message();
            table.sendFailed(response, out);
            assertEquals(List.of("transport failed", "terminated"), drain(out));
        }
        table.sendFailed(Samples.response(Samples.request(SipMethod.OPTIONS, "gone"), 200), out);
        assertEquals(List.of(), drain(out));
    }

    @Test
    void closedConnectionFailsWhatWaitsOnIt() {
        send(SipMethod.OPTIONS, Samples.TCP);
        SipRequest ringing = send(SipMethod.INVITE, Samples.TCP);
        send(SipMethod.OPTIONS, Samples.UDP);
        table.receive(Samples.TCP, Samples.response(ringing, 180), 0, out);
        out.clear();
        table.flowClosed(Samples.TCP, out);
        assertEquals(List.of("transport failed", "terminated"), drain(out));
        assertEquals(2, table.clientCount(), "the ringing INVITE and the one over UDP go on");
    }
}
