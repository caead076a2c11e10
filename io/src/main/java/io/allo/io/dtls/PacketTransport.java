package io.allo.io.dtls;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/** Packets of one association on their way between the media loop and the handshake's thread. */
final class PacketTransport implements DatagramTransport {

    /** Packets that wait for the handshake's thread; of more the rest is lost, as on the network. */
    static final int MAX_WAITING = 32;

    /** What fits through tunnels too; handshake messages are cut to it. */
    static final int SEND_LIMIT_BYTES = 1_200;

    private static final int RECEIVE_LIMIT_BYTES = 2_048;
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Consumer<byte[]> sender;
    private volatile boolean closed;

    PacketTransport(Consumer<byte[]> sender) {
        this.sender = sender;
    }

    /** A packet came. Never blocks. */
    void offer(byte[] packet) {
        waiting.offer(packet);
    }

    /** Whoever waits, waits no longer. */
    void end() {
        closed = true;
        waiting.clear();
        waiting.offer(END);
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT_BYTES;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT_BYTES;
    }

    /** As BouncyCastle wants it: -1 if nothing came in time; no time at all means to wait for ever. */
    @Override
    public int receive(byte[] buffer, int off, int length, int waitMillis) throws IOException {
        byte[] packet;
        try {
            packet = waitMillis <= 0 ? waiting.take() : waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopped);
        }
        if (closed) {
            throw new IOException("closed");
        }
        return packet == null ? -1 : copied(packet, buffer, off, length);
    }

    private static int copied(byte[] packet, byte[] buffer, int off, int length) {
        var taken = Math.min(packet.length, length);
        System.arraycopy(packet, 0, buffer, off, taken);
        return taken;
    }

    @Override
    public void send(byte[] buffer, int off, int length) {
        if (!closed) {
            var packet = new byte[length];
            System.arraycopy(buffer, off, packet, 0, length);
            sender.accept(packet);
        }
    }

    @Override
    public void close() {
        // the port outlives the association
    }
}
