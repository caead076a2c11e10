package io.allo.io.agi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A FastAGI server's side of one conversation: one virtual thread connects and reads, one writes. Owned by the call. */
final class AgiConnection implements AgiLink {

    private static final Logger LOG = LoggerFactory.getLogger("agi");
    private static final int CONNECT_MS = 3_000;

    private final String name;
    private final LineTraffic traffic;
    private final Supplier<List<InetSocketAddress>> servers;
    private volatile Socket connected = new Socket();
    private volatile boolean closed;

    /** To one of these servers, asked on a thread that may wait; the names are resolved there too. */
    AgiConnection(String name, Supplier<List<InetSocketAddress>> servers, Runnable wake) {
        this.name = name;
        this.servers = servers;
        traffic = new LineTraffic(wake);
    }

    AgiConnection start() {
        Thread.ofVirtual().name("agi " + name).start(this::converse);
        return this;
    }

    private void converse() {
        try (var open = connect()) {
            if (open == null) {
                return;
            }
            Thread.ofVirtual().name("agi-in " + name).start(() -> write(open));
            traffic.readAll(open.getInputStream());
            traffic.end(new AgiInput.Ended("the server closed the connection"));
        } catch (IOException broken) {
            traffic.end(new AgiInput.Ended("the connection broke: " + broken.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first server that answers; null if none does, which is then the end. */
    private @Nullable Socket connect() {
        var why = "there is no such server";
        for (var server : servers.get()) {
            var attempt = new Socket();
            connected = attempt;
            try {
                if (closed) {
                    return null;
                }
                attempt.connect(new InetSocketAddress(server.getHostString(), server.getPort()), CONNECT_MS);
                attempt.setTcpNoDelay(true);
                return attempt;
            } catch (IOException | IllegalArgumentException failed) {
                why = server.getHostString() + ":" + server.getPort() + ": " + failed.getMessage();
                LOG.debug("{}: {}", name, why);
                shut(attempt);
            }
        }
        traffic.end(new AgiInput.Unreachable(name + " can't be reached: " + why, name + " est injoignable : " + why));
        return null;
    }

    private void write(Socket open) {
        try {
            traffic.writeAll(open.getOutputStream());
            open.shutdownOutput();
        } catch (IOException gone) {
            LOG.debug("{} does not read any more: {}", name, gone.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable AgiInput next() {
        return traffic.next();
    }

    @Override
    public boolean send(String text) {
        return traffic.send(text);
    }

    @Override
    public void hangUp() {
        traffic.send("HANGUP\n");
    }

    /** What is still to be sent goes out, for a moment; then the connection is closed. */
    @Override
    public void close() {
        closed = true;
        traffic.close();
        Thread.ofVirtual().name("agi-end " + name).start(() -> {
            try {
                Thread.sleep(LAST_WORDS_MS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            shut(connected);
        });
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException failed) {
            LOG.debug("a connection did not close: {}", failed.getMessage());
        }
    }

    private static final long LAST_WORDS_MS = 500;
}
