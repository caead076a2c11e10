package io.allo.sim;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to happen when, in virtual time; of one moment in the order in which it was asked for. Whoever has the turn. */
final class SimQueue {

    /** Steps at one moment beyond which time is said to stand still. */
    static final int STEPS_AT_ONE_MOMENT_LIMIT = 100_000;

    private final SimClock clock;
    private final PriorityQueue<Step> steps = new PriorityQueue<>();
    private long nextOrder;
    private long stepsTotal;
    private int stepsNow;

    SimQueue(SimClock clock) {
        this.clock = clock;
    }

    SimClock clock() {
        return clock;
    }

    long now() {
        return clock.nanoTime();
    }

    /** Does {@code action} at that moment, or now if it is over. */
    Step at(long nanos, Runnable action) {
        var step = new Step(Math.max(nanos, now()), nextOrder++, action);
        steps.add(step);
        return step;
    }

    Step after(long nanos, Runnable action) {
        return at(now() + nanos, action);
    }

    /** Does the next step that is due by {@code untilNanos}. Returns whether there was one. */
    boolean next(long untilNanos) {
        while (true) {
            var step = steps.peek();
            if (step == null || step.atNanos > untilNanos) {
                return false;
            }
            steps.poll();
            var action = step.action;
            if (action == null) {
                continue;
            }
            if (step.atNanos > now()) {
                clock.moveTo(step.atNanos);
                stepsNow = 0;
            } else if (++stepsNow > STEPS_AT_ONE_MOMENT_LIMIT) {
                throw new SimFailure("time stands still at " + now() + " ns");
            }
            stepsTotal++;
            step.action = null;
            action.run();
            return true;
        }
    }

    /** Steps that are still to come. */
    long waiting() {
        return steps.stream().filter(step -> step.action != null).count();
    }

    /** Steps done. */
    long stepsTotal() {
        return stepsTotal;
    }

    /** One thing to do. */
    static final class Step implements Comparable<Step> {
        private final long atNanos;
        private final long order;
        private @Nullable Runnable action;

        Step(long atNanos, long order, Runnable action) {
            this.atNanos = atNanos;
            this.order = order;
            this.action = action;
        }

        /** Not to be done any more. */
        void cancel() {
            action = null;
        }

        @Override
        public int compareTo(Step other) {
            return atNanos != other.atNanos ? Long.compare(atNanos, other.atNanos) : Long.compare(order, other.order);
        }
    }
}
