package io.allo.pbx.app.dial;

import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.BridgeFeature;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** How long two may talk (L, S), with warnings before it is over. Owned by the call; times on the clock's nanoseconds. */
final class TalkLimit implements BridgeFeature {

    private final long endNanos;
    private final long repeatNanos;
    private final LongConsumer warn;
    private long warningNanos;
    private boolean over;

    /**
     * @param startNanos when the talk began
     * @param limitMs how long it may last
     * @param warningMs how long before its end the first warning comes, 0 for none
     * @param repeatMs how long after a warning the next comes, 0 for only one
     * @param warn given the milliseconds that are left
     */
    TalkLimit(long startNanos, long limitMs, long warningMs, long repeatMs, LongConsumer warn) {
        this.endNanos = startNanos + TimeUnit.MILLISECONDS.toNanos(limitMs);
        this.repeatNanos = TimeUnit.MILLISECONDS.toNanos(repeatMs);
        this.warn = warn;
        this.warningNanos = warningMs <= 0 || warningMs >= limitMs
                ? Long.MAX_VALUE
                : endNanos - TimeUnit.MILLISECONDS.toNanos(warningMs);
    }

    /** Whether it ended the talk. */
    boolean isOver() {
        return over;
    }

    @Override
    public long deadlineNanos() {
        return Math.min(endNanos, warningNanos);
    }

    @Override
    public Outcome onDeadline(Bridge bridge) {
        if (bridge.call().clock().nanoTime() >= endNanos) {
            over = true;
            return Outcome.END;
        }
        warn.accept(TimeUnit.NANOSECONDS.toMillis(endNanos - warningNanos));
        var next = repeatNanos == 0 ? Long.MAX_VALUE : warningNanos + repeatNanos;
        warningNanos = next < endNanos ? next : Long.MAX_VALUE;
        return Outcome.CONTINUE;
    }
}
