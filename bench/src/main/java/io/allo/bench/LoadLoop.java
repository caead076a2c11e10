package io.allo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The load generator's sockets and deadlines, all on the thread that calls {@link #run}: the main thread. */
final class LoadLoop implements AutoCloseable {

    private static final int MAX_MESSAGE_BYTES = 65_536;
    private static final int SOCKET_BUFFER_BYTES = 1 << 22;
    private static final int SINK_BUFFER_BYTES = 1 << 12;

    private final Selector selector;
    private final PriorityQueue<Due> dues = new PriorityQueue<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(MAX_MESSAGE_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(MAX_MESSAGE_BYTES);
    private long order;

    private record Due(long atNanos, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            var byTime = Long.compare(atNanos - other.atNanos, 0);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final List<DatagramChannel> sinks = new ArrayList<>();

    LoadLoop() {
        try {
            selector = Selector.open();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** One UDP socket on loopback, at a port that the kernel chose. */
    final class Socket {
        private final DatagramChannel channel;
        private final Consumer<SipText> receiver;
        private final int port;

        private final String host;

        private Socket(String host, Consumer<SipText> receiver) throws IOException {
            this.host = host;
            this.receiver = receiver;
            channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.bind(new InetSocketAddress(host, 0));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
            port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        }

        String host() {
            return host;
        }

        int port() {
            return port;
        }

        void send(String text, InetSocketAddress to) {
            out.clear();
            out.put(text.getBytes(StandardCharsets.ISO_8859_1)).flip();
            try {
                channel.send(out, to);
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }

        private void drain() throws IOException {
            for (in.clear(); channel.receive(in) != null; in.clear()) {
                var bytes = new byte[in.flip().remaining()];
                in.get(bytes);
                receiver.accept(new SipText(new String(bytes, StandardCharsets.ISO_8859_1)));
            }
        }
    }

    /** Opens a socket; what it receives goes to {@code receiver} on the loop's thread. */
    Socket open(Consumer<SipText> receiver) {
        return open(BenchConfig.HOST, receiver);
    }

    /** Opens a port that takes sound and loses it: a phone that only listens costs the measured one no refusals. */
    int openSink() {
        try {
            var sink = DatagramChannel.open();
            sinks.add(sink);
            sink.setOption(StandardSocketOptions.SO_RCVBUF, SINK_BUFFER_BYTES);
            sink.bind(new InetSocketAddress(BenchConfig.HOST, 0));
            return ((InetSocketAddress) sink.getLocalAddress()).getPort();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** The same at another address of this machine. */
    Socket open(String host, Consumer<SipText> receiver) {
        try {
            return new Socket(host, receiver);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Does something after {@code delayNanos}. */
    void after(long delayNanos, Runnable action) {
        dues.add(new Due(System.nanoTime() + delayNanos, order++, action));
    }

    /** Does {@code action} with the numbers from 0 to {@code count}, evenly, {@code perSecond} of them. */
    void pace(int count, double perSecond, java.util.function.IntConsumer action) {
        var start = System.nanoTime();
        for (var i = 0; i < count; i++) {
            var number = i;
            dues.add(new Due(start + (long) (i * 1e9 / perSecond), order++, () -> action.accept(number)));
        }
    }

    /** Serves sockets and deadlines until {@code done}, or {@code timeoutMs} have passed. Returns whether it was done. */
    boolean run(BooleanSupplier done, long timeoutMs) {
        var end = System.nanoTime() + timeoutMs * 1_000_000;
        try {
            while (!done.getAsBoolean()) {
                var now = System.nanoTime();
                if (now - end >= 0) {
                    return false;
                }
                for (var due = dues.peek(); due != null && due.atNanos - now <= 0; due = dues.peek()) {
                    dues.remove();
                    due.action.run();
                }
                turn(end);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return true;
    }

    private void turn(long end) throws IOException {
        var next = dues.peek();
        var wait = Math.min(end, next == null ? end : next.atNanos) - System.nanoTime();
        if (wait <= 0) {
            selector.selectNow();
        } else {
            selector.select((wait + 999_999) / 1_000_000);
        }
        for (var key : selector.selectedKeys()) {
            ((Socket) key.attachment()).drain();
        }
        selector.selectedKeys().clear();
    }

    /** Forgets what was to be done later. */
    void forget() {
        dues.clear();
    }

    @Override
    public void close() {
        try {
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
            for (var sink : sinks) {
                sink.close();
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
