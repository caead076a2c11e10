package io.allo.sip.transaction;

import static io.allo.sip.transaction.Samples.drain;
import static io.allo.sip.transaction.Samples.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.transaction.InviteServerTransaction.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3261 figure 7 as RFC 6026 section 7.1 changes it, arrow by arrow. */
class InviteServerTransactionTest {
    private final Outbox<TransactionEvent> out = new Outbox<>();
    private final SipRequest invite = Samples.request(SipMethod.INVITE, "z9hG4bK1");
    private final SipRequest ack = Samples.request(SipMethod.ACK, "z9hG4bK1");

    private InviteServerTransaction over(Flow flow) {
        return new InviteServerTransaction(
                new ServerTransactionId(7), TransactionKey.of(invite), invite, flow, SipTimers.DEFAULT, 0);
    }

    private InviteServerTransaction in(State state, Flow flow) {
        InviteServerTransaction transaction = over(flow);
        switch (state) {
            case COMPLETED, CONFIRMED -> transaction.onRespond(Samples.response(invite, 486), 0, out);
            case ACCEPTED -> transaction.onRespond(Samples.response(invite, 200), 0, out);
            case PROCEEDING, TERMINATED -> {
                // where it is
            }
        }
        if (state == State.CONFIRMED) {
            transaction.onAck(ack, flow, 0, out);
        }
        assertEquals(state, transaction.state());
        out.clear();
        return transaction;
    }

    @Test
    void tryingGoesOutWhereTheUserHasNotAnsweredWithin200Ms() {
        InviteServerTransaction transaction = in(State.PROCEEDING, Samples.UDP);
        assertEquals(ms(200), transaction.deadlineNanos());
        transaction.onDeadline(ms(200), out);
        assertEquals(List.of("send 100"), drain(out));
        assertEquals(Long.MAX_VALUE, transaction.deadlineNanos(), "and then it waits for the user");
    }

    @Test
    void provisionalsOfTheUserAreSentAndReplaceTrying() {
        InviteServerTransaction transaction = in(State.PROCEEDING, Samples.UDP);
        transaction.onRespond(Samples.response(invite, 180), ms(50), out);
        transaction.onRespond(Samples.response(invite, 183), ms(60), out);
        assertEquals(List.of("send 180", "send 183"), drain(out));
        assertEquals(Long.MAX_VALUE, transaction.deadlineNanos());
    }

    @Test
    void retransmittedInviteIsAnsweredWithTheLastProvisional() {
        InviteServerTransaction transaction = in(State.PROCEEDING, Samples.UDP);
        transaction.onRetransmission(out);
        assertEquals(List.of(), drain(out), "nothing was sent yet");
        transaction.onRespond(Samples.response(invite, 180), ms(50), out);
        transaction.onRespond(Samples.response(invite, 183), ms(60), out);
        out.clear();
        transaction.onRetransmission(out);
        assertEquals(List.of("send 183"), drain(out));
    }

    @Test
    void successIsAcceptedAndItsRetransmissionLeftToTheUser() {
        InviteServerTransaction transaction = in(State.PROCEEDING, Samples.UDP);
        transaction.onRespond(Samples.response(invite, 200), ms(100), out);
        assertEquals(State.ACCEPTED, transaction.state());
        assertEquals(List.of("send 200"), drain(out));
        transaction.onRetransmission(out);
        assertEquals(List.of(), drain(out), "a retransmitted INVITE is absorbed");
        transaction.onRespond(Samples.response(invite, 200), ms(600), out);
        assertEquals(List.of("send 200"), drain(out));
        assertEquals(ms(32_100), transaction.deadlineNanos());
        transaction.onDeadline(ms(32_100), out);
        assertEquals(List.of("terminated"), drain(out));
    }

    @Test
    void refusalAfterASuccessIsNotSent() {
        InviteServerTransaction transaction = in(State.ACCEPTED, Samples.UDP);
        transaction.onRespond(Samples.response(invite, 487), ms(1), out);
        assertEquals(List.of(), drain(out));
        assertEquals(State.ACCEPTED, transaction.state());
    }

    @Test
    void ackOfASuccessWithinTheTransactionGoesToTheUser() {
        InviteServerTransaction transaction = in(State.ACCEPTED, Samples.UDP);
        transaction.onAck(ack, Samples.UDP, ms(100), out);
        assertEquals(List.of("ack of 7"), drain(out));
        assertEquals(State.ACCEPTED, transaction.state());
    }

    @Test
    void timerGRetransmitsARefusalUpToEveryT2UntilTimerH() {
        InviteServerTransaction transaction = in(State.COMPLETED, Samples.UDP);
        var times = new ArrayList<Long>();
        while (!transaction.isTerminated()) {
            long now = transaction.deadlineNanos();
            times.add(now / ms(1));
            transaction.onDeadline(now, out);
        }
        assertEquals(List.of(500L, 1500L, 3500L, 7500L, 11500L, 15500L, 19500L, 23500L, 27500L, 31500L, 32000L), times);
        List<String> lines = drain(out);
        assertEquals(10, lines.stream().filter("send 486"::equals).count());
        assertEquals(List.of("timed out", "terminated"), lines.subList(10, 12));
    }

    @Test
    void overAReliableTransportARefusalIsSentOnce() {
        InviteServerTransaction transaction = in(State.COMPLETED, Samples.TCP);
        assertEquals(ms(32_000), transaction.deadlineNanos());
    }

    @Test
    void retransmittedInviteIsAnsweredWithTheRefusal() {
        InviteServerTransaction transaction = in(State.COMPLETED, Samples.UDP);
        transaction.onRetransmission(out);
        assertEquals(List.of("send 486"), drain(out));
    }

    @Test
    void ackConfirmsARefusalAndTimerIAbsorbsFurtherOnes() {
        InviteServerTransaction transaction = in(State.COMPLETED, Samples.UDP);
        transaction.onAck(ack, Samples.UDP, ms(100), out);
        assertEquals(State.CONFIRMED, transaction.state());
        assertEquals(ms(5_100), transaction.deadlineNanos(), "G and H are over");
        transaction.onAck(ack, Samples.UDP, ms(200), out);
        transaction.onRetransmission(out);
        transaction.onRespond(Samples.response(invite, 200), ms(300), out);
        assertEquals(List.of(), drain(out));
        transaction.onDeadline(ms(5_100), out);
        assertEquals(List.of("terminated"), drain(out));
    }

    @Test
    void overAReliableTransportTheAckEndsIt() {
        InviteServerTransaction transaction = in(State.COMPLETED, Samples.TCP);
        transaction.onAck(ack, Samples.TCP, ms(100), out);
        assertEquals(List.of("terminated"), drain(out));
        assertThrows(IllegalStateException.class, () -> transaction.onRetransmission(out));
        assertThrows(IllegalStateException.class, () -> transaction.onAck(ack, Samples.TCP, 0, out));
    }

    @Test
    void secondRefusalIsNotSent() {
        InviteServerTransaction transaction = in(State.COMPLETED, Samples.UDP);
        transaction.onRespond(Samples.response(invite, 603), ms(1), out);
        assertEquals(List.of(), drain(out));
    }

    @Test
    void ackBeforeAFinalResponseIsPassedOver() {
        InviteServerTransaction transaction = in(State.PROCEEDING, Samples.UDP);
        transaction.onAck(ack, Samples.UDP, ms(1), out);
        assertEquals(List.of(), drain(out));
        assertEquals(State.PROCEEDING, transaction.state());
    }

    @Test
    void transportErrorIsToldAndTheTransactionStays() {
        for (State state : List.of(State.PROCEEDING, State.COMPLETED, State.ACCEPTED)) {
            InviteServerTransaction transaction = in(state, Samples.UDP);
            transaction.onTransportError(out);
            assertEquals(List.of("transport failed"), drain(out), state.toString());
            assertEquals(state, transaction.state());
        }
        InviteServerTransaction confirmed = in(State.CONFIRMED, Samples.UDP);
        confirmed.onTransportError(out);
        assertTrue(out.isEmpty());
    }
}
