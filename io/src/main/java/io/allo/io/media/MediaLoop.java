package io.allo.io.media;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.Clock;
import io.allo.media.graph.MediaGraph;
import io.allo.media.graph.RtpPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One media loop: a platform thread that owns the ports placed on it, their sockets and their graph. Others post tasks.
 * When many packets come it looks at its sockets once per millisecond rather than sleep and wake for each packet, for half
 * a millisecond of delay (docs: bench/README.md); once in four milliseconds, and before each tick, while all of them only fill
 * jitter buffers.
 */
final class MediaLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaLoop.class);
    private static final int PACKETS_PER_SOCKET = 8;

    /** A socket that had a packet less than this ago may have more: that is asked only then, it costs a call to the kernel. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The same while packets only fill buffers, as those of a conference: they are emptied every 20 ms. */
    private static final long PATIENT_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final long COUNTED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Packets in {@link #COUNTED_NANOS} from which on they are gathered: those of ten calls. */
    private static final int GATHER_FROM_PACKETS = 10;

    private final Selector selector;
    private final Clock clock;
    private final MediaGraph graph;
    private final ConcurrentLinkedQueue<Consumer<MediaGraph>> tasks = new ConcurrentLinkedQueue<>();
    private final PacketBatch batch = new PacketBatch();
    private final Consumer<SelectionKey> drain = this::drain;
    private final Thread thread;
    private volatile boolean stopped;
    private final AtomicBoolean woken = new AtomicBoolean();
    private int packets;
    private long readNanos;
    private long countedFromNanos;
    private boolean gathering;
    private volatile long errors;

    MediaLoop(String name, Clock clock, RandomSource random) {
        this.clock = clock;
        this.graph = new MediaGraph(random);
        try {
            this.selector = Selector.open();
        } catch (IOException noSelector) {
            throw new UncheckedIOException(noSelector);
        }
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Has a task done by the loop's thread, in the order of posting. Any thread. */
    void post(Consumer<MediaGraph> task) {
        tasks.add(task);
        // one wake-up is enough for all that is posted until the loop turns
        if (Thread.currentThread() != thread && !woken.get() && woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Watches a port's sockets. On the loop's thread. */
    void watch(RtpPort port, RtpSocket rtp, RtpSocket rtcp) {
        try {
            rtp.channel().register(selector, SelectionKey.OP_READ, new PacketBatch.Watched(rtp, port, false));
            rtcp.channel().register(selector, SelectionKey.OP_READ, new PacketBatch.Watched(rtcp, port, true));
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** Reads that failed since the start; any thread. */
    long readErrors() {
        return errors;
    }

    long nowNanos() {
        return clock.nanoTime();
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                turn();
            } catch (IOException | RuntimeException fault) {
                LOG.error("media loop: a fault in allo; the loop goes on", fault);
            }
        }
        try {
            selector.close();
        } catch (IOException fault) {
            LOG.warn("media loop: the selector did not close", fault);
        }
    }

    private void turn() throws IOException {
        woken.set(false);
        deliver(); // what a fault has left
        doTasks();
        if (gathering) {
            selector.selectNow(drain); // what came before a tick is heard in it
            deliver();
        }
        var now = clock.nanoTime();
        graph.advance(now);
        if (gathers(now)) {
            gather(now);
            return;
        }
        var waitNanos = !tasks.isEmpty() ? 0 : graph.nextDeadlineNanos() - clock.nanoTime();
        if (waitNanos <= 0) {
            selector.selectNow(drain);
        } else {
            selector.select(drain, (waitNanos + 999_999) / 1_000_000);
        }
        deliver();
    }

    private void deliver() {
        if (!batch.isEmpty()) {
            batch.deliver(readNanos);
        }
    }

    /** Where packets that are found together are worked off; sockets send through it. */
    PacketBatch batch() {
        return batch;
    }

    /** Lets packets gather for a moment that began at {@code now}. */
    private void gather(long now) {
        var until = now + GATHER_NANOS;
        if (graph.isPatient(now) && tasks.isEmpty()) {
            until = Math.max(until, Math.min(now + PATIENT_NANOS, graph.nextDeadlineNanos()));
        }
        var left = until - clock.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private void doTasks() {
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.accept(graph);
        }
    }

    /** Whether packets come so fast that waiting for the first of them is worth less than taking a few together. */
    private boolean gathers(long now) {
        if (now - countedFromNanos >= COUNTED_NANOS) {
            gathering = packets >= GATHER_FROM_PACKETS;
            packets = 0;
            countedFromNanos = now;
        }
        return gathering;
    }

    private void drain(SelectionKey key) {
        if (!tasks.isEmpty()) {
            doTasks(); // what was posted before a packet was sent is done before the packet is read
        }
        var place = (PacketBatch.Watched) key.attachment();
        if (batch.isEmpty()) {
            readNanos = clock.nanoTime();
        }
        try {
            var most = readNanos - place.lastNanos < BURST_NANOS ? PACKETS_PER_SOCKET : 1;
            for (var i = 0; i < most && batch.receive(place); i++) {
                packets++;
                place.lastNanos = readNanos;
                if (batch.isFull()) {
                    deliver();
                }
            }
        } catch (IOException unreachable) {
            // an earlier packet of ours met a closed port (ICMP): for UDP no reason to stop listening
            errors++;
        }
    }

    /** Closes when all ports are closed or not: the program ends. */
    void stop() {
        stopped = true;
        selector.wakeup();
    }
}
