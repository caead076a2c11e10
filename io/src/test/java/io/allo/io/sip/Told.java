package io.allo.io.sip;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.allo.sip.flow.Flow;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipMessage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what transports tell, for tests to take in order. */
final class Told implements FlowListener {
    record Received(Flow flow, SipMessage message) {}

    record Malformed(Flow flow, BadMessageException problem) {}

    record Opened(long token, Flow flow) {}

    record Failed(long token, String why) {}

    record Closed(Flow flow) {}

    private final LinkedBlockingQueue<Object> all = new LinkedBlockingQueue<>();
    volatile boolean full;

    <T> T next(Class<T> type) throws InterruptedException {
        var next = all.poll(10, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came; " + type.getSimpleName() + " was awaited");
        return assertInstanceOf(type, next);
    }

    /** The next message, whatever connections were closed before. */
    Received nextReceived() throws InterruptedException {
        while (true) {
            var next = all.poll(10, TimeUnit.SECONDS);
            assertNotNull(next, "no message came");
            if (next instanceof Received received) {
                return received;
            }
            assertInstanceOf(Closed.class, next);
        }
    }

    void nothingFor(int ms) throws InterruptedException {
        assertNull(all.poll(ms, TimeUnit.MILLISECONDS));
    }

    @Override
    public boolean received(Flow flow, SipMessage message) {
        return !full && all.add(new Received(flow, message));
    }

    record Excess(Flow flow, SipMessage message) {}

    @Override
    public void excess(Flow flow, SipMessage message) {
        all.add(new Excess(flow, message));
    }

    @Override
    public void malformed(Flow flow, BadMessageException problem) {
        all.add(new Malformed(flow, problem));
    }

    @Override
    public void opened(long token, Flow flow) {
        all.add(new Opened(token, flow));
    }

    @Override
    public void failed(long token, String why) {
        all.add(new Failed(token, why));
    }

    @Override
    public void closed(Flow flow) {
        all.add(new Closed(flow));
    }
}
