package io.allo.io.sip;

import io.allo.core.timer.Clock;
import io.allo.sip.door.Door;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What the transports of one SIP loop share. Any thread. */
record TransportContext(
        FlowListener listener,
        SipCounters counters,
        SourceAddresses sources,
        ScheduledExecutorService timer,
        AtomicLong flowIds,
        Door door,
        Clock clock,
        UnfinishedMessages unfinished) {

    /** A number that no other flow has. */
    long newFlowId() {
        return flowIds.incrementAndGet();
    }

    /** Runs a short action later; at once when everything is being closed. */
    Future<?> later(Runnable action, long delayMs) {
        try {
            return timer.schedule(action, delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            action.run();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** The same, not to be called off. */
    void runLater(Runnable action, long delayMs) {
        var unused = later(action, delayMs);
    }
}
