package io.allo.sip.transaction;

import static io.allo.sip.transaction.Samples.drain;
import static io.allo.sip.transaction.Samples.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.transaction.InviteClientTransaction.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3261 figure 5 as RFC 6026 section 7.2 changes it, arrow by arrow. */
class InviteClientTransactionTest {
    private final Outbox<TransactionEvent> out = new Outbox<>();
    private final SipRequest invite = Samples.request(SipMethod.INVITE, "z9hG4bK1")
            .withHeader("Route", "<sip:proxy.example.com;lr>")
            .withHeader("Require", "100rel");

    private InviteClientTransaction over(Flow flow) {
        var transaction = new InviteClientTransaction(new ClientTransactionId(1), invite, flow, SipTimers.DEFAULT);
        transaction.start(0, out);
        return transaction;
    }

    private InviteClientTransaction in(State state, Flow flow) {
        InviteClientTransaction transaction = over(flow);
        switch (state) {
            case PROCEEDING -> transaction.onResponse(Samples.response(invite, 180), flow, 0, out);
            case COMPLETED -> transaction.onResponse(Samples.response(invite, 486), flow, 0, out);
            case ACCEPTED -> transaction.onResponse(Samples.response(invite, 200), flow, 0, out);
            case CALLING, TERMINATED -> {
                // where it is
            }
        }
        assertEquals(state, transaction.state());
        out.clear();
        return transaction;
    }

    @Test
    void callingSendsTheInviteAtOnce() {
        InviteClientTransaction transaction = over(Samples.UDP);
        assertEquals(List.of("send INVITE"), drain(out));
        assertEquals(State.CALLING, transaction.state());
    }

    @Test
    void timerARetransmitsAfterDoublingIntervalsUntilTimerBGivesUp() {
        InviteClientTransaction transaction = over(Samples.UDP);
        out.clear();
        var times = new ArrayList<Long>();
        while (!transaction.isTerminated()) {
            long now = transaction.deadlineNanos();
            times.add(now / ms(1));
            transaction.onDeadline(now, out);
        }
        assertEquals(List.of(500L, 1500L, 3500L, 7500L, 15500L, 31500L, 32000L), times);
        assertEquals(
                List.of(
                        "send INVITE",
                        "send INVITE",
                        "send INVITE",
                        "send INVITE",
                        "send INVITE",
                        "send INVITE",
                        "timed out",
                        "terminated"),
                drain(out));
    }

    @Test
    void overAReliableTransportNothingIsRetransmitted() {
        InviteClientTransaction transaction = over(Samples.TCP);
        out.clear();
        assertEquals(ms(32_000), transaction.deadlineNanos());
        transaction.onDeadline(ms(32_000), out);
        assertEquals(List.of("timed out", "terminated"), drain(out));
    }

    @Test
    void timerBIsConfigurable() {
        var transaction = new InviteClientTransaction(
                new ClientTransactionId(1), invite, Samples.TCP, SipTimers.ofMs(500, 6_000));
        transaction.start(ms(10), out);
        assertEquals(ms(6_010), transaction.deadlineNanos());
    }

    @Test
    void transportErrorWhileCallingEndsIt() {
        InviteClientTransaction transaction = in(State.CALLING, Samples.TCP);
        transaction.onTransportError(out);
        assertEquals(List.of("transport failed", "terminated"), drain(out));
        assertEquals(Long.MAX_VALUE, transaction.deadlineNanos());
    }

    @Test
    void provisionalMakesItProceedAndRingForAsLongAsItTakes() {
        InviteClientTransaction transaction = over(Samples.UDP);
        out.clear();
        transaction.onResponse(Samples.response(invite, 100), Samples.UDP, ms(600), out);
        assertEquals(State.PROCEEDING, transaction.state());
        assertEquals(List.of("received 100"), drain(out));
        assertEquals(Long.MAX_VALUE, transaction.deadlineNanos());
    }

    @Test
    void eachFurtherProvisionalIsTold() {
        InviteClientTransaction transaction = in(State.PROCEEDING, Samples.UDP);
        transaction.onResponse(Samples.response(invite, 183), Samples.UDP, ms(700), out);
        assertEquals(State.PROCEEDING, transaction.state());
        assertEquals(List.of("received 183"), drain(out));
    }

    @Test
    void successWhileCallingIsAccepted() {
        InviteClientTransaction transaction = in(State.CALLING, Samples.UDP);
        transaction.onResponse(Samples.response(invite, 200), Samples.UDP, ms(100), out);
        assertEquals(State.ACCEPTED, transaction.state());
        assertEquals(List.of("received 200"), drain(out));
        assertEquals(ms(32_100), transaction.deadlineNanos());
    }

    @Test
    void successWhileProceedingIsAccepted() {
        InviteClientTransaction transaction = in(State.PROCEEDING, Samples.UDP);
        transaction.onResponse(Samples.response(invite, 200), Samples.UDP, ms(100), out);
        assertEquals(State.ACCEPTED, transaction.state());
        assertEquals(List.of("received 200"), drain(out));
    }

    @Test
    void everySuccessIsToldUntilTimerM() {
        InviteClientTransaction transaction = in(State.ACCEPTED, Samples.TCP);
        transaction.onResponse(Samples.response(invite, 200), Samples.TCP, ms(500), out);
        transaction.onResponse(SipResponse.to(invite, 200, "fork"), Samples.TCP, ms(600), out);
        assertEquals(List.of("received 200", "received 200"), drain(out));
        assertEquals(ms(32_000), transaction.deadlineNanos());
        transaction.onDeadline(ms(32_000), out);
        assertEquals(List.of("terminated"), drain(out));
        assertTrue(transaction.isTerminated());
    }

    @Test
    void otherResponsesAfterASuccessAreAbsorbed() {
        InviteClientTransaction transaction = in(State.ACCEPTED, Samples.UDP);
        transaction.onResponse(Samples.response(invite, 180), Samples.UDP, ms(1), out);
        transaction.onResponse(Samples.response(invite, 486), Samples.UDP, ms(2), out);
        assertEquals(List.of(), drain(out));
        assertEquals(State.ACCEPTED, transaction.state());
    }

    @Test
    void refusalIsAcknowledgedAndTold() {
        InviteClientTransaction transaction = in(State.PROCEEDING, Samples.UDP);
        transaction.onResponse(Samples.response(invite, 486), Samples.UDP, ms(100), out);
        assertEquals(State.COMPLETED, transaction.state());
        assertEquals(List.of("send ACK", "received 486"), drain(out));
        assertEquals(ms(32_100), transaction.deadlineNanos());
    }

    @Test
    void refusalWhileCallingIsAcknowledgedAndTold() {
        InviteClientTransaction transaction = in(State.CALLING, Samples.UDP);
        transaction.onResponse(Samples.response(invite, 302), Samples.UDP, ms(100), out);
        assertEquals(State.COMPLETED, transaction.state());
        assertEquals(List.of("send ACK", "received 302"), drain(out));
    }

    @Test
    void overAReliableTransportARefusalEndsItAtOnce() {
        InviteClientTransaction transaction = in(State.PROCEEDING, Samples.TCP);
        transaction.onResponse(Samples.response(invite, 603), Samples.TCP, ms(100), out);
        assertEquals(List.of("send ACK", "received 603", "terminated"), drain(out));
    }

    @Test
    void retransmittedRefusalIsAcknowledgedAgainAndNotTold() {
        InviteClientTransaction transaction = in(State.COMPLETED, Samples.UDP);
        transaction.onResponse(Samples.response(invite, 486), Samples.UDP, ms(500), out);
        assertEquals(List.of("send ACK"), drain(out));
        transaction.onResponse(Samples.response(invite, 180), Samples.UDP, ms(600), out);
        transaction.onResponse(Samples.response(invite, 200), Samples.UDP, ms(600), out);
        assertEquals(List.of(), drain(out));
        transaction.onDeadline(ms(32_000), out);
        assertEquals(List.of("terminated"), drain(out));
    }

    @Test
    void timerDIsAtLeast32SecondsHoweverShortTimerBIs() {
        var transaction = new InviteClientTransaction(
                new ClientTransactionId(1), invite, Samples.UDP, SipTimers.ofMs(100, 6_400));
        transaction.start(0, out);
        transaction.onResponse(Samples.response(invite, 486), Samples.UDP, 0, out);
        assertEquals(ms(32_000), transaction.deadlineNanos());
    }

    @Test
    void ackThatCannotBeSentEndsIt() {
        InviteClientTransaction transaction = in(State.COMPLETED, Samples.UDP);
        transaction.onTransportError(out);
        assertEquals(List.of("transport failed", "terminated"), drain(out));
    }

    @Test
    void lostConnectionWhileRingingChangesNothing() {
        InviteClientTransaction transaction = in(State.PROCEEDING, Samples.TCP);
        transaction.onTransportError(out);
        assertEquals(List.of(), drain(out));
        assertFalse(transaction.needsItsFlow());
        assertTrue(in(State.CALLING, Samples.TCP).needsItsFlow());
    }

    @Test
    void ackOfARefusalIsBuiltFromTheInviteAndTheResponse() {
        InviteClientTransaction transaction = in(State.CALLING, Samples.UDP);
        transaction.onResponse(Samples.response(invite, 486), Samples.UDP, 0, out);
        var ack = (SipRequest) Samples.sent(out).get(0).message();
        assertEquals(SipMethod.ACK, ack.method());
        assertEquals(invite.uri(), ack.uri());
        assertEquals(List.of(invite.topVia()), ack.headers().vias());
        assertEquals(invite.callId(), ack.callId());
        assertEquals(invite.from(), ack.from());
        assertEquals("totag", ack.toTag());
        assertEquals("1 ACK", ack.cseq().toString());
        assertEquals(List.of("<sip:proxy.example.com;lr>"), ack.headers().all("Route"));
        assertNull(ack.headers().first("Require"));
    }

    @Test
    void cancelWaitsForAProvisional() {
        InviteClientTransaction transaction = in(State.CALLING, Samples.UDP);
        transaction.cancel("SIP;cause=200");
        assertFalse(transaction.isCancelDue());
        transaction.onResponse(Samples.response(invite, 180), Samples.UDP, ms(100), out);
        assertTrue(transaction.isCancelDue());
        SipRequest cancel = transaction.takeCancel(ms(100));
        assertFalse(transaction.isCancelDue(), "once");
        assertEquals(SipMethod.CANCEL, cancel.method());
        assertEquals(invite.uri(), cancel.uri());
        assertEquals(List.of(invite.topVia()), cancel.headers().vias());
        assertEquals("1 CANCEL", cancel.cseq().toString());
        assertNull(cancel.toTag(), "the To of the request, not of a response");
        assertEquals(List.of("<sip:proxy.example.com;lr>"), cancel.headers().all("Route"));
        assertNull(cancel.headers().first("Require"));
        assertEquals("SIP;cause=200", cancel.headers().first("Reason"));
    }

    @Test
    void cancelledInviteThatIsNeverAnsweredTimesOut() {
        InviteClientTransaction transaction = in(State.PROCEEDING, Samples.UDP);
        transaction.cancel(null);
        transaction.takeCancel(ms(1_000));
        transaction.onResponse(Samples.response(invite, 180), Samples.UDP, ms(1_500), out);
        assertEquals(List.of("received 180"), drain(out));
        assertEquals(ms(33_000), transaction.deadlineNanos());
        transaction.onDeadline(ms(33_000), out);
        assertEquals(List.of("timed out", "terminated"), drain(out));
    }

    @Test
    void cancelAfterTheFinalResponseIsNothing() {
        InviteClientTransaction transaction = in(State.ACCEPTED, Samples.UDP);
        transaction.cancel(null);
        assertFalse(transaction.isCancelDue());
    }

    @Test
    void inputAfterItsEndIsOurMistake() {
        InviteClientTransaction transaction = in(State.CALLING, Samples.UDP);
        transaction.onTransportError(out);
        assertThrows(
                IllegalStateException.class,
                () -> transaction.onResponse(Samples.response(invite, 200), Samples.UDP, 0, out));
    }
}
