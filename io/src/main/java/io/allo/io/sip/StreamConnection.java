package io.allo.io.sip;

import io.allo.sip.door.RequestKind;
import io.allo.sip.flow.Flow;
import io.allo.sip.message.SipFramer;
import io.allo.sip.message.SipFramer.Side;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP or TLS connection. One virtual thread reads, another writes what any thread adds to a bounded queue. Whoever closes first
 * closes; the listener hears of it once.
 */
final class StreamConnection {

    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);

    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = new byte[0];
    private static final int READ_BYTES = 4_096;
    /** How long a connection waits to give its last messages to a peer that does not read. */
    private static final int LAST_WORDS_MS = 2_000;

    private static final long WAIT_FOR_ROOM_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Flow flow;
    private final Socket raw;
    private final Socket socket;
    private final Side side;
    private final TransportLimits limits;
    private final TransportContext context;
    private final byte[] source;
    private final LinkedBlockingQueue<byte[]> writes = new LinkedBlockingQueue<>();
    private final AtomicInteger queuedBytes = new AtomicInteger();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean endAfterNextWrite;
    private Runnable onClosed = () -> {};

    /**
     * @param raw the TCP socket, closed to break off
     * @param socket what is read and written: {@code raw} or TLS over it
     */
    StreamConnection(
            Flow flow, Socket raw, Socket socket, Side side, TransportLimits limits, TransportContext context) {
        this.flow = flow;
        this.raw = raw;
        this.socket = socket;
        this.side = side;
        this.limits = limits;
        this.context = context;
        this.source = raw.getInetAddress().getAddress();
    }

    /** What to do when it is closed, whoever closed it. To be said before {@link #start}. */
    void onClosed(Runnable action) {
        onClosed = action;
    }

    Flow flow() {
        return flow;
    }

    Side side() {
        return side;
    }

    boolean isOpen() {
        return !ending.get() && !closed.get();
    }

    /** Starts both threads. */
    void start() {
        Thread.ofVirtual().name("sip write " + flow.remote()).start(this::write);
        Thread.ofVirtual().name("sip read " + flow.remote()).start(this::read);
    }

    /** Adds a message to those to be written. Never waits: a peer that is too slow loses the connection. */
    void send(byte[] message) {
        if (!isOpen()) {
            context.listener().closed(flow);
            return;
        }
        if (!enqueue(message)) {
            context.counters().slowPeers.increment();
            breakOff("the peer reads too slowly: " + queuedBytes.get() + " bytes are waiting");
            return;
        }
        context.counters().sent.increment();
    }

    /** Closes after what was sent has been written. */
    void end() {
        if (ending.compareAndSet(false, true)) {
            writes.add(END);
            context.runLater(() -> breakOff("closed"), LAST_WORDS_MS);
        }
    }

    /** Closes now. */
    void breakOff(String why) {
        ending.set(true);
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        LOG.debug("{} {} closed: {}", flow.transport(), flow.remote(), why);
        writes.add(END);
        try {
            raw.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", flow.remote(), e.toString());
        }
        onClosed.run();
        context.listener().closed(flow);
    }

    private boolean enqueue(byte[] bytes) {
        if (queuedBytes.addAndGet(bytes.length) > limits.writeQueueBytes()) {
            return false;
        }
        writes.add(bytes);
        return true;
    }

    // ---- the writing thread

    private void write() {
        try {
            var out = socket.getOutputStream();
            while (true) {
                var next = limits.keepAliveIntervalMs() > 0
                        ? writes.poll(limits.keepAliveIntervalMs(), TimeUnit.MILLISECONDS)
                        : writes.take();
                if (next == END) {
                    break;
                }
                var bytes = next == null ? PING : next;
                out.write(bytes);
                out.flush();
                if (next != null) {
                    queuedBytes.addAndGet(-bytes.length);
                    if (endAfterNextWrite && bytes != PONG) {
                        break;
                    }
                }
            }
            finish();
        } catch (IOException e) {
            breakOff(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            breakOff("interrupted");
        }
    }

    /** Closes; where the peer may still be sending, only our half, since a reset would take our last words from it. */
    private void finish() throws IOException {
        if (endAfterNextWrite && socket == raw) {
            raw.shutdownOutput();
            context.runLater(() -> breakOff("by us"), LAST_WORDS_MS);
            return;
        }
        socket.close();
        breakOff("by us");
    }

    // ---- the reading thread

    private void read() {
        var framer = new SipFramer(side, limits.maxMessageBytes());
        var bytes = new byte[READ_BYTES];
        var held = 0;
        try {
            var in = socket.getInputStream();
            var messageBegan = 0L;
            while (!framer.isClosed()) {
                socket.setSoTimeout(framer.pendingBytes() > 0 ? leftMs(messageBegan) : idleMs());
                var length = in.read(bytes);
                if (length < 0) {
                    breakOff("by the peer");
                    return;
                }
                if (framer.pendingBytes() == 0) {
                    messageBegan = context.clock().nanoTime();
                }
                framer.feed(bytes, 0, length);
                var taken = take(framer);
                if (taken) {
                    messageBegan = context.clock().nanoTime();
                }
                var before = held;
                held = framer.heldBytes();
                if (held != before && !context.unfinished().change(before, held, isKnown())) {
                    context.counters().hoarders.increment();
                    breakOff("unfinished messages take too much memory");
                    return;
                }
            }
            socket.setSoTimeout(LAST_WORDS_MS);
            while (in.read(bytes) >= 0) {
                // what can't be read on is passed over until the peer has our answer
            }
            breakOff("what came could not be read on");
        } catch (SocketTimeoutException e) {
            breakOff(framer.pendingBytes() > 0 ? "a message was not finished in time" : "idle");
        } catch (IOException | RuntimeException e) {
            breakOff(e.toString());
        } finally {
            var unused = context.unfinished().change(held, 0, true);
        }
    }

    private boolean isKnown() {
        return side == Side.CLIENT
                || context.door().isKnown(source, context.clock().nanoTime());
    }

    /** How long the peer may be silent: a stranger, who holds a connection and gives nothing for it, not as long as a phone. */
    private int idleMs() {
        return isKnown() ? limits.idleTimeoutMs() : Math.min(limits.idleTimeoutMs(), limits.strangerIdleTimeoutMs());
    }

    /** Milliseconds that are left to finish the message; 1 if none, since 0 would mean for ever. */
    private int leftMs(long messageBeganNanos) {
        var passedMs = TimeUnit.NANOSECONDS.toMillis(context.clock().nanoTime() - messageBeganNanos);
        return (int) Math.max(1, limits.messageTimeoutMs() - passedMs);
    }

    /** Hands on every frame that is complete. Returns whether there was one. */
    private boolean take(SipFramer framer) {
        var any = false;
        for (var frame = framer.next(); frame != null; frame = framer.next()) {
            any = true;
            switch (frame) {
                case SipFramer.Message message -> receive(message);
                case SipFramer.Ping ping -> {
                    context.counters().keepAlives.increment();
                    if (!enqueue(PONG)) {
                        breakOff("pings are not the only thing that it does not read");
                    }
                }
                case SipFramer.Pong pong -> context.counters().keepAlives.increment();
                case SipFramer.Malformed malformed -> {
                    context.counters().malformed.increment();
                    context.listener().malformed(flow, malformed.problem());
                    if (malformed.close()) {
                        endAfterNextWrite = true;
                        context.runLater(() -> breakOff("what came can't be read on"), LAST_WORDS_MS);
                    }
                }
            }
        }
        return any;
    }

    private void receive(SipFramer.Message frame) {
        context.counters().received.increment();
        switch (context.door()
                .admit(source, kind(frame.message()), context.clock().nanoTime())) {
            case DROP -> breakOff("shut out");
            case BUSY -> context.listener().excess(flow, frame.message());
            case ADMIT -> handOn(frame);
        }
    }

    private static RequestKind kind(SipMessage message) {
        return message instanceof SipRequest request
                ? RequestKind.of(request.method().name())
                : RequestKind.RESPONSE;
    }

    /** Holds the peer up while the loop's inbox is full, as TCP is meant to. */
    private void handOn(SipFramer.Message frame) {
        while (!context.listener().received(flow, frame.message()) && !closed.get()) {
            LockSupport.parkNanos(WAIT_FOR_ROOM_NANOS);
        }
    }
}
