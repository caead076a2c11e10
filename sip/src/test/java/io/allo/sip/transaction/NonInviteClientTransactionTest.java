package io.allo.sip.transaction;

import static io.allo.sip.transaction.Samples.drain;
import static io.allo.sip.transaction.Samples.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.transaction.NonInviteClientTransaction.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3261 figure 6, arrow by arrow. */
class NonInviteClientTransactionTest {
    private final Outbox<TransactionEvent> out = new Outbox<>();
    private final SipRequest options = Samples.request(SipMethod.OPTIONS, "z9hG4bK1");

    private NonInviteClientTransaction over(Flow flow) {
        return over(flow, true);
    }

    private NonInviteClientTransaction over(Flow flow, boolean reports) {
        var transaction =
                new NonInviteClientTransaction(new ClientTransactionId(1), options, flow, SipTimers.DEFAULT, reports);
        transaction.start(0, out);
        assertEquals(List.of("send OPTIONS"), drain(out));
        return transaction;
    }

    private List<Long> timesUntilTheEnd(NonInviteClientTransaction transaction) {
        var times = new ArrayList<Long>();
        while (!transaction.isTerminated()) {
            long now = transaction.deadlineNanos();
            times.add(now / ms(1));
            transaction.onDeadline(now, out);
        }
        return times;
    }

    @Test
    void timerERetransmitsUpToEveryT2UntilTimerF() {
        List<Long> times = timesUntilTheEnd(over(Samples.UDP));
        assertEquals(List.of(500L, 1500L, 3500L, 7500L, 11500L, 15500L, 19500L, 23500L, 27500L, 31500L, 32000L), times);
        List<String> lines = drain(out);
        assertEquals(10, lines.stream().filter("send OPTIONS"::equals).count());
        assertEquals(List.of("timed out", "terminated"), lines.subList(10, 12));
    }

    @Test
    void overAReliableTransportOnlyTimerFRuns() {
        assertEquals(List.of(32000L), timesUntilTheEnd(over(Samples.TCP)));
        assertEquals(List.of("timed out", "terminated"), drain(out));
    }

    @Test
    void afterAProvisionalItRetransmitsEveryT2() {
        NonInviteClientTransaction transaction = over(Samples.UDP);
        transaction.onResponse(Samples.response(options, 100), Samples.UDP, ms(100), out);
        assertEquals(State.PROCEEDING, transaction.state());
        assertEquals(List.of("received 100"), drain(out));
        assertEquals(
                List.of(500L, 4500L, 8500L, 12500L, 16500L, 20500L, 24500L, 28500L, 32000L),
                timesUntilTheEnd(transaction));
        assertTrue(drain(out).contains("timed out"), "timer F runs while proceeding too");
    }

    @Test
    void furtherProvisionalsAreTold() {
        NonInviteClientTransaction transaction = over(Samples.TCP);
        transaction.onResponse(Samples.response(options, 100), Samples.TCP, ms(100), out);
        transaction.onResponse(Samples.response(options, 100), Samples.TCP, ms(200), out);
        assertEquals(List.of("received 100", "received 100"), drain(out));
    }

    @Test
    void finalResponseIsToldOnceAndTimerKAbsorbsTheRest() {
        NonInviteClientTransaction transaction = over(Samples.UDP);
        transaction.onResponse(Samples.response(options, 200), Samples.UDP, ms(100), out);
        assertEquals(State.COMPLETED, transaction.state());
        assertEquals(List.of("received 200"), drain(out));
        transaction.onResponse(Samples.response(options, 200), Samples.UDP, ms(200), out);
        assertEquals(List.of(), drain(out));
        assertEquals(ms(5_100), transaction.deadlineNanos());
        transaction.onDeadline(ms(5_100), out);
        assertEquals(List.of("terminated"), drain(out));
    }

    @Test
    void finalResponseWhileProceedingCompletes() {
        NonInviteClientTransaction transaction = over(Samples.UDP);
        transaction.onResponse(Samples.response(options, 100), Samples.UDP, ms(100), out);
        transaction.onResponse(Samples.response(options, 404), Samples.UDP, ms(200), out);
        assertEquals(State.COMPLETED, transaction.state());
        assertEquals(List.of("received 100", "received 404"), drain(out));
    }

    @Test
    void overAReliableTransportTheFinalResponseEndsIt() {
        NonInviteClientTransaction transaction = over(Samples.TCP);
        transaction.onResponse(Samples.response(options, 503), Samples.TCP, ms(100), out);
        assertEquals(List.of("received 503", "terminated"), drain(out));
        assertEquals(Long.MAX_VALUE, transaction.deadlineNanos());
        assertThrows(
                IllegalStateException.class,
                () -> transaction.onResponse(Samples.response(options, 200), Samples.TCP, 0, out));
    }

    @Test
    void transportErrorEndsItWhileItWaits() {
        NonInviteClientTransaction trying = over(Samples.TCP);
        assertTrue(trying.needsItsFlow());
        trying.onTransportError(out);
        assertEquals(List.of("transport failed", "terminated"), drain(out));
        NonInviteClientTransaction proceeding = over(Samples.TCP);
        proceeding.onResponse(Samples.response(options, 100), Samples.TCP, ms(100), out);
        out.clear();
        assertTrue(proceeding.needsItsFlow());
        proceeding.onTransportError(out);
        assertEquals(List.of("transport failed", "terminated"), drain(out));
    }

    @Test
    void transportErrorAfterTheFinalResponseIsNothing() {
        NonInviteClientTransaction transaction = over(Samples.UDP);
        transaction.onResponse(Samples.response(options, 200), Samples.UDP, ms(100), out);
        out.clear();
        assertFalse(transaction.needsItsFlow());
        transaction.onTransportError(out);
        assertEquals(List.of(), drain(out));
        assertEquals(State.COMPLETED, transaction.state());
    }

    @Test
    void oneThatDoesNotReportTellsNobody() {
        NonInviteClientTransaction transaction = over(Samples.UDP, false);
        transaction.onDeadline(ms(500), out);
        transaction.onResponse(Samples.response(options, 200), Samples.UDP, ms(600), out);
        transaction.onDeadline(ms(5_600), out);
        assertEquals(List.of("send OPTIONS"), drain(out));
        assertTrue(transaction.isTerminated());
    }
}
