package io.allo.io.loop;

import io.allo.core.timer.Clock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Each call on a virtual thread of its own. Any thread may start one. */
public final class VirtualCallThreads implements CallThreads {

    private final Clock clock;

    /** Calls that wait by {@code clock}, each on a virtual thread of its own. */
    public VirtualCallThreads(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Parker newParker() {
        return new ThreadParker(clock);
    }

    @Override
    public void start(String name, Parker parker, Runnable script) {
        var own = (ThreadParker) parker;
        var thread = Thread.ofVirtual().name(name).unstarted(script);
        own.owner = thread;
        thread.start();
    }

    /** Parks a thread; a permit given before is not lost, since {@link LockSupport} keeps one. */
    private static final class ThreadParker implements Parker {
        private final Clock clock;
        private volatile @Nullable Thread owner;

        ThreadParker(Clock clock) {
            this.clock = clock;
        }

        @Override
        public void park(long deadlineNanos) {
            if (deadlineNanos == Long.MAX_VALUE) {
                LockSupport.park(this);
                return;
            }
            var waitNanos = deadlineNanos - clock.nanoTime();
            if (waitNanos > 0) {
                LockSupport.parkNanos(this, waitNanos);
            }
        }

        @Override
        public void unpark() {
            LockSupport.unpark(owner);
        }
    }
}
