package io.allo.io.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that writes what others add, all of a tenth of a second at once. Any thread adds and never waits; a batch that fails is tried again until it
 * succeeds, in order. What comes while {@code limit} wait is lost, counted, and said in the log.
 */
final class WriteBehind<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);

    /** How many are written at once. */
    static final int BATCH = 500;

    /** How long the first of a batch waits for others: what a crash may cost, beside the batch being written. */
    static final long GATHER_MS = 100;

    private static final long RETRY_MS = 500;
    /** How long closing waits for the last batch. */
    private static final long CLOSE_MS = 10_000;

    /** Writes a batch whole or throws. */
    interface Writer<T> {
        void write(List<T> batch) throws Exception;
    }

    private final String name;
    private final int limit;
    private final Writer<T> writer;
    private final LinkedBlockingQueue<T> queue;
    private final LongAdder lost = new LongAdder();
    private final Object lock = new Object();
    private final Thread thread;
    private long added;
    private long written;
    private int waitingForWritten;
    private boolean hurried;
    private @Nullable Exception failure;
    private boolean closed;

    WriteBehind(String name, int limit, Writer<T> writer) {
        this.name = name;
        this.limit = limit;
        this.writer = writer;
        this.queue = new LinkedBlockingQueue<>();
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Adds one to be written, together with others of the same tenth of a second. */
    void add(T item) {
        add(item, false);
    }

    /** Adds one to be written at once, together with all that waits. */
    void addHurried(T item) {
        add(item, true);
    }

    private void add(T item, boolean hurry) {
        synchronized (lock) {
            if (closed || added - written >= limit) {
                lost.increment();
                LOG.error("{}: not written, since {}", name, closed ? "it is closed" : limit + " wait already");
                return;
            }
            added++;
            queue.add(item);
            if (hurry) {
                hurried = true;
                lock.notifyAll();
            }
        }
    }

    /** How many wait. */
    long waiting() {
        synchronized (lock) {
            return added - written;
        }
    }

    /** How many were lost. */
    long lost() {
        return lost.sum();
    }

    /** Waits until all that was added before is written. Returns whether it is. */
    boolean flush(long timeoutMs) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        synchronized (lock) {
            var goal = added;
            waitingForWritten++;
            lock.notifyAll();
            try {
                while (written < goal) {
                    var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (leftMs <= 0) {
                        return false;
                    }
                    lock.wait(leftMs);
                }
                return true;
            } finally {
                waitingForWritten--;
            }
        }
    }

    /** Writes what waits, for ten seconds at most, and ends the thread. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        try {
            if (!flush(CLOSE_MS)) {
                LOG.error("{}: {} could not be written: {}", name, waiting(), failure);
            }
            thread.interrupt();
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var batch = new ArrayList<T>();
        try {
            while (true) {
                batch.add(queue.take());
                gather();
                queue.drainTo(batch, BATCH - 1);
                writeUntilDone(batch);
                synchronized (lock) {
                    written += batch.size();
                    lock.notifyAll();
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ends", name);
        }
    }

    /** Waits a moment for more: a transaction costs as much as many rows. Not while somebody waits or something is urgent. */
    private void gather() throws InterruptedException {
        var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MS);
        synchronized (lock) {
            while (waitingForWritten == 0 && !closed && !hurried) {
                var leftMs = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (leftMs <= 0) {
                    return;
                }
                lock.wait(leftMs);
            }
            hurried = false;
        }
    }

    private void writeUntilDone(List<T> batch) throws InterruptedException {
        while (true) {
            try {
                writer.write(batch);
                if (failure != null) {
                    LOG.info("{}: writing again", name);
                    failure = null;
                }
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                if (failure == null) {
                    LOG.error("{}: can't write, trying again: {}", name, e.toString());
                }
                failure = e;
                TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            }
        }
    }
}
