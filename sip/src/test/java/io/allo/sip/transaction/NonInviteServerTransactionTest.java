package io.allo.sip.transaction;

import static io.allo.sip.transaction.Samples.drain;
import static io.allo.sip.transaction.Samples.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.transaction.NonInviteServerTransaction.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3261 figure 8, arrow by arrow, and what RFC 4320 section 4 adds. */
class NonInviteServerTransactionTest {
    private final Outbox<TransactionEvent> out = new Outbox<>();
    private final SipRequest options = Samples.request(SipMethod.OPTIONS, "z9hG4bK1");

    private NonInviteServerTransaction over(Flow flow) {
        return new NonInviteServerTransaction(
                new ServerTransactionId(1), TransactionKey.of(options), options, flow, SipTimers.DEFAULT, 0);
    }

    @Test
    void retransmissionBeforeAnyResponseIsAbsorbed() {
        NonInviteServerTransaction transaction = over(Samples.UDP);
        transaction.onRetransmission(out);
        assertEquals(List.of(), drain(out));
        assertEquals(State.TRYING, transaction.state());
    }

    @Test
    void finalResponseIsRepeatedForRetransmissionsUntilTimerJ() {
        NonInviteServerTransaction transaction = over(Samples.UDP);
        transaction.onRespond(Samples.response(options, 200), ms(100), out);
        assertEquals(State.COMPLETED, transaction.state());
        transaction.onRetransmission(out);
        assertEquals(List.of("send 200", "send 200"), drain(out));
        assertEquals(ms(32_100), transaction.deadlineNanos());
        transaction.onDeadline(ms(32_100), out);
        assertEquals(List.of("terminated"), drain(out));
    }

    @Test
    void overAReliableTransportTheFinalResponseEndsIt() {
        NonInviteServerTransaction transaction = over(Samples.TCP);
        transaction.onRespond(Samples.response(options, 404), ms(100), out);
        assertEquals(List.of("send 404", "terminated"), drain(out));
        assertThrows(IllegalStateException.class, () -> transaction.onRetransmission(out));
    }

    @Test
    void secondFinalResponseIsNotSent() {
        NonInviteServerTransaction transaction = over(Samples.UDP);
        transaction.onRespond(Samples.response(options, 200), ms(100), out);
        transaction.onRespond(Samples.response(options, 500), ms(200), out);
        assertEquals(List.of("send 200"), drain(out));
    }

    @Test
    void tryingGoesOutWhenTheClientsTimerEHasReachedT2() {
        NonInviteServerTransaction transaction = over(Samples.UDP);
        assertEquals(ms(3_500), transaction.deadlineNanos());
        transaction.onDeadline(ms(3_500), out);
        assertEquals(State.PROCEEDING, transaction.state());
        transaction.onRetransmission(out);
        assertEquals(List.of("send 100", "send 100"), drain(out));
        transaction.onRespond(Samples.response(options, 200), ms(4_000), out);
        assertEquals(State.COMPLETED, transaction.state());
        assertEquals(List.of("send 200"), drain(out));
    }

    @Test
    void tryingOfTheUserIsHeldBackOverUdpButNotOverTcp() {
        NonInviteServerTransaction udp = over(Samples.UDP);
        udp.onRespond(Samples.response(options, 100), ms(100), out);
        assertEquals(List.of(), drain(out));
        assertEquals(State.TRYING, udp.state());
        NonInviteServerTransaction tcp = over(Samples.TCP);
        tcp.onRespond(Samples.response(options, 100), ms(100), out);
        assertEquals(List.of("send 100"), drain(out));
        assertEquals(State.PROCEEDING, tcp.state());
    }

    @Test
    void otherProvisionalsAreNeverSent() {
        NonInviteServerTransaction transaction = over(Samples.TCP);
        transaction.onRespond(Samples.response(options, 180), ms(100), out);
        assertEquals(List.of(), drain(out));
    }

    @Test
    void withoutAFinalResponseItEndsWithTheClientsAndSendsNo408() {
        NonInviteServerTransaction transaction = over(Samples.UDP);
        transaction.onDeadline(ms(3_500), out);
        out.clear();
        assertEquals(ms(32_000), transaction.deadlineNanos());
        transaction.onDeadline(ms(32_000), out);
        assertEquals(List.of("terminated"), drain(out));
    }

    @Test
    void transportErrorEndsItOnceSomethingWasSent() {
        NonInviteServerTransaction trying = over(Samples.UDP);
        trying.onTransportError(out);
        assertEquals(List.of(), drain(out));
        NonInviteServerTransaction proceeding = over(Samples.UDP);
        proceeding.onDeadline(ms(3_500), out);
        out.clear();
        proceeding.onTransportError(out);
        assertEquals(List.of("transport failed", "terminated"), drain(out));
        NonInviteServerTransaction completed = over(Samples.UDP);
        completed.onRespond(Samples.response(options, 200), ms(100), out);
        out.clear();
        completed.onTransportError(out);
        assertEquals(List.of("transport failed", "terminated"), drain(out));
        assertEquals(State.TERMINATED, completed.state());
    }
}
