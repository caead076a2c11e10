package io.allo.sim;

import io.allo.core.random.RandomSource;
import io.allo.io.loop.CallThreads;
import io.allo.io.loop.Parker;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls on virtual threads of their own of which one runs at a time: the world gives a call the turn and waits until the
 * call parks or ends. When a call goes on after it was woken is the seed's choice. Whoever has the turn.
 */
final class SimCallThreads implements CallThreads {

    private final SimQueue queue;
    private final RandomSource random;
    private final int latencyNanos;
    private volatile @Nullable Thread turn;
    private @Nullable Throwable fault;
    private int running;

    SimCallThreads(SimQueue queue, RandomSource random, int latencyNanos) {
        this.queue = queue;
        this.random = random;
        this.latencyNanos = latencyNanos;
    }

    /** Calls whose thread has not ended. */
    int running() {
        return running;
    }

    /** Who has the turn, in words; for a world that does not go on. Any thread. */
    String whoHasTheTurn() {
        var who = turn;
        return who == null ? "nobody" : who.getName() + " at " + Arrays.toString(who.getStackTrace());
    }

    @Override
    public Parker newParker() {
        return new Turn();
    }

    @Override
    public void start(String name, Parker parker, Runnable script) {
        var own = (Turn) parker;
        running++;
        own.thread = Thread.ofVirtual().name(name).unstarted(() -> run(own, script));
        queue.after(latency(), own::go);
    }

    private void run(Turn own, Runnable script) {
        try {
            script.run();
        } catch (RuntimeException | Error thrown) {
            fault = thrown;
        } finally {
            running--;
            own.giveBack();
        }
    }

    private long latency() {
        return latencyNanos == 0 ? 0 : random.nextInt(latencyNanos);
    }

    /** Where one call waits. */
    private final class Turn implements Parker {
        private @Nullable Thread thread;
        private @Nullable Thread world;
        private SimQueue.@Nullable Step deadline;
        private boolean started;
        private boolean parked;
        private boolean permit;
        private boolean waking;

        @Override
        public void park(long deadlineNanos) {
            if (permit) {
                permit = false;
                return;
            }
            if (deadlineNanos <= queue.now()) {
                return;
            }
            parked = true;
            deadline = deadlineNanos == Long.MAX_VALUE ? null : queue.at(deadlineNanos, this::wake);
            giveBack();
            awaitTurn();
        }

        @Override
        public void unpark() {
            if (parked) {
                wake();
            } else {
                permit = true;
            }
        }

        private void wake() {
            if (parked && !waking) {
                waking = true;
                queue.after(latency(), this::go);
            }
        }

        /** On the world's thread: lets the call run until it parks again or ends. */
        private void go() {
            var step = deadline;
            if (step != null) {
                step.cancel();
                deadline = null;
            }
            waking = false;
            parked = false;
            permit = false;
            var me = Thread.currentThread();
            world = me;
            var call = java.util.Objects.requireNonNull(thread);
            turn = call;
            if (started) {
                LockSupport.unpark(call);
            } else {
                started = true;
                call.start();
            }
            while (turn != me) {
                LockSupport.park(this);
            }
            var thrown = fault;
            if (thrown != null) {
                throw new SimFailure(call.getName() + " ended by a fault", thrown);
            }
        }

        private void giveBack() {
            var owner = java.util.Objects.requireNonNull(world);
            turn = owner;
            LockSupport.unpark(owner);
        }

        private void awaitTurn() {
            while (turn != thread) {
                LockSupport.park(this);
            }
        }
    }
}
