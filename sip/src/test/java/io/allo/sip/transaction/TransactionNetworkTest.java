package io.allo.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipParser;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.message.SipWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two tables over a network that loses, doubles and reorders, from one seed: whatever it does, every request is told once, every client
 * transaction has exactly one outcome, and nothing is left in the end.
 */
class TransactionNetworkTest {
    private static final int REQUESTS = 300;
    private static final Flow TO_B =
            new Flow(Flow.UDP, new HostPort("192.0.2.1", 5060), new HostPort("192.0.2.2", 5060), 1);
    private static final Flow TO_A = new Flow(Flow.UDP, TO_B.remote(), TO_B.local(), 1);

    /** A datagram under way, or something that a side does by itself at that time. */
    private record Due(long atNanos, long order, Runnable action) {}

    private final PriorityQueue<Due> schedule =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::order));
    private final Outbox<TransactionEvent> out = new Outbox<>();
    private final Map<ClientTransactionId, List<String>> outcomes = new HashMap<>();
    private final Map<ClientTransactionId, SipRequest> sent = new HashMap<>();
    private final Map<ServerTransactionId, Integer> told = new HashMap<>();
    private final Map<String, Integer> toldByCall = new HashMap<>();
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private int terminatedClients;
    private int terminatedServers;
    private long order;
    private long now;

    private RandomSource random = RandomSource.seeded(0);
    private int lossPercent;
    private TransactionTable a = table(0);
    private TransactionTable b = table(0);

    private static TransactionTable table(long seed) {
        return new TransactionTable(TransactionSettings.DEFAULT, Flow::local, RandomSource.seeded(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyRequestIsToldOnceAndHasOneOutcomeWhateverTheNetworkDoes(long seed) {
        run(seed, 25);
        for (var outcome : outcomes.entrySet()) {
            List<String> finals = outcome.getValue();
            assertTrue(finals.size() == 1, () -> "seed " + seed + ": " + outcome);
        }
        assertEquals(REQUESTS, outcomes.size());
        toldByCall.forEach((call, times) -> assertEquals(1, times, () -> "seed " + seed + ": " + call));
        long answered = outcomes.values().stream()
                .filter(finals -> !finals.contains("timed out"))
                .count();
        assertTrue(answered > REQUESTS * 0.95, "seed " + seed + ": only " + answered + " answered");
        assertNothingIsLeft(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void withoutLossEverythingIsAnsweredInTime(long seed) {
        run(seed, 0);
        outcomes.forEach((id, finals) -> assertTrue(!finals.contains("timed out"), () -> "seed " + seed + ": " + id));
        assertEquals(REQUESTS, toldByCall.size());
        assertNothingIsLeft(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void deadNetworkTimesEverythingOut(long seed) {
        run(seed, 100);
        outcomes.forEach((id, finals) -> assertEquals(List.of("timed out"), finals));
        assertEquals(REQUESTS, outcomes.size());
        assertEquals(0, toldByCall.size());
        assertNothingIsLeft(seed);
    }

    private void run(long seed, int loss) {
        random = RandomSource.seeded(seed);
        lossPercent = loss;
        a = table(seed * 31 + 1);
        b = table(seed * 31 + 2);
        for (int i = 0; i < REQUESTS; i++) {
            int number = i;
            at(random.nextInt(60_000), () -> begin(number));
        }
        while (true) {
            long next = Math.min(
                    Math.min(a.deadlineNanos(), b.deadlineNanos()),
                    schedule.isEmpty() ? Long.MAX_VALUE : schedule.peek().atNanos());
            if (next == Long.MAX_VALUE) {
                return;
            }
            now = Math.max(now, next);
            a.onDeadline(now, out);
            drain(true);
            b.onDeadline(now, out);
            drain(false);
            while (!schedule.isEmpty() && schedule.peek().atNanos() <= now) {
                schedule.poll().action().run();
            }
        }
    }

    private void begin(int number) {
        SipMethod method = random.nextInt(2) == 0 ? SipMethod.INVITE : SipMethod.OPTIONS;
        SipRequest request = Samples.bare(method, 1, "tag" + number).withHeader("Call-ID", "call-" + number);
        ClientTransactionId id = a.sendRequest(request, TO_B, now, out);
        sent.put(id, request);
        outcomes.put(id, new ArrayList<>());
        if (random.nextInt(5) == 0) {
            at(random.nextInt(3_000), () -> {
                a.cancel(id, now, out);
                drain(true);
            });
        }
        drain(true);
    }

    private void drain(boolean fromA) {
        var events = new ArrayList<TransactionEvent>();
        out.drain(events::add);
        events.forEach(event -> take(event, fromA));
    }

    private void take(TransactionEvent event, boolean fromA) {
        switch (event) {
            case TransactionEvent.SendMessage send -> transmit(send.message(), fromA);
            case TransactionEvent.RequestReceived received -> {
                told.merge(received.transaction(), 1, Integer::sum);
                toldByCall.merge(received.request().callId(), 1, Integer::sum);
                serve(received);
            }
            case TransactionEvent.CancelReceived cancel -> {
                b.respond(cancel.transaction(), SipResponse.to(cancel.request(), 200, "b"), now, out);
                drain(false);
            }
            case TransactionEvent.ResponseReceived received -> finish(received);
            case TransactionEvent.TimedOut timedOut -> {
                if (timedOut.transaction() instanceof ClientTransactionId id) {
                    outcomes.get(id).add("timed out");
                }
            }
            case TransactionEvent.AckReceived ack ->
                acknowledged.merge(ack.request().callId(), 1, Integer::sum);
            case TransactionEvent.Terminated terminated -> {
                switch (terminated.transaction()) {
                    case ClientTransactionId id -> terminatedClients++;
                    case ServerTransactionId id -> terminatedServers++;
                }
            }
            case TransactionEvent.TransportFailed failed -> throw new AssertionError("no transport fails here");
            case TransactionEvent.CancelRefused cancel -> throw new AssertionError("nobody else is there: " + cancel);
            case TransactionEvent.StrayResponse stray -> {
                // late, after its transaction
            }
        }
    }

    /** The user of B: maybe rings, then answers, after a time. */
    private void serve(TransactionEvent.RequestReceived received) {
        boolean invite = received.request().method().equals(SipMethod.INVITE);
        if (invite && random.nextInt(2) == 0) {
            b.respond(received.transaction(), SipResponse.to(received.request(), 180, "b"), now, out);
        }
        int[] finals = {200, 404, 486, 503};
        SipResponse response = SipResponse.to(received.request(), finals[random.nextInt(4)], "b");
        at(random.nextInt(invite ? 8_000 : 3_000), () -> {
            b.respond(received.transaction(), response, now, out);
            drain(false);
            if (invite && response.isSuccess()) {
                repeat(received.transaction(), response, 500);
            }
        });
        drain(false);
    }

    /** RFC 3261 13.3.1.4: the 2xx again and again until its ACK. */
    private void repeat(ServerTransactionId id, SipResponse response, int afterMs) {
        at(afterMs, () -> {
            if (!acknowledged.containsKey(response.callId()) && b.respond(id, response, now, out)) {
                drain(false);
                repeat(id, response, Math.min(2 * afterMs, 4_000));
            }
        });
    }

    private void finish(TransactionEvent.ResponseReceived received) {
        SipResponse response = received.response();
        if (response.isProvisional()) {
            return;
        }
        List<String> finals = outcomes.get(received.transaction());
        if (finals.isEmpty() || !response.isSuccess()) {
            finals.add(Integer.toString(response.status()));
        }
        SipRequest request = sent.get(received.transaction());
        if (request.method().equals(SipMethod.INVITE) && response.isSuccess()) {
            SipRequest ack =
                    new SipRequest(SipMethod.ACK, request.uri(), request.headers()).withHeader("CSeq", "1 ACK");
            a.sendAck(ack, TO_B, out);
            drain(true);
        }
    }

    private void transmit(SipMessage message, boolean fromA) {
        byte[] bytes = SipWriter.toBytes(message);
        int copies = random.nextInt(100) < 10 ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextInt(100) >= lossPercent) {
                at(1 + random.nextInt(300), () -> {
                    (fromA ? b : a).receive(fromA ? TO_A : TO_B, SipParser.parse(bytes), now, out);
                    drain(!fromA);
                });
            }
        }
    }

    private void at(int delayMs, Runnable action) {
        schedule.add(new Due(now + TimeUnit.MILLISECONDS.toNanos(delayMs), order++, action));
    }

    private void assertNothingIsLeft(long seed) {
        String where = "seed " + seed;
        assertEquals(0, a.clientCount() + a.serverCount() + b.clientCount() + b.serverCount(), where);
        assertEquals(REQUESTS, terminatedClients, where);
        assertTrue(terminatedServers >= told.size(), where);
    }
}
