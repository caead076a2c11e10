package io.allo.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the phone system once, whoever asks first: a signal or the command line. Any thread. */
final class Stopping {

    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);

    private final PhoneSystem system;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);

    Stopping(PhoneSystem system) {
        this.system = system;
    }

    /** Begins to stop, on a thread of its own. */
    void begin(long patienceMs) {
        Thread.ofPlatform().name("stop").start(() -> stop(patienceMs));
    }

    /** Stops, and returns when all is over. Who comes second hurries the first: calls end now. */
    void stop(long patienceMs) {
        try {
            if (begun.compareAndSet(false, true)) {
                try {
                    system.stop(patienceMs);
                } finally {
                    over.countDown();
                }
            } else {
                system.hangUpAll(patienceMs);
                over.await();
            }
        } catch (InterruptedException hurried) {
            LOG.warn("stopped before all calls had ended");
        }
    }

    /** Waits until it has stopped. */
    void await() throws InterruptedException {
        over.await();
    }
}
