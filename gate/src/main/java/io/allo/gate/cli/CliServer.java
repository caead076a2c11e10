package io.allo.gate.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on the control socket. The socket is made in a directory that only its owner may enter and is itself for its owner
 * alone, from the first moment on. A virtual thread for each connection; a connection may ask many things, one at a time.
 */
public final class CliServer implements AutoCloseable {

    /** Connections at one time; more are closed at once. */
    public static final int CONNECTIONS_LIMIT = 64;

    /** The longest request, in bytes. */
    public static final int REQUEST_LIMIT_BYTES = 8_192;

    private static final Logger LOG = LoggerFactory.getLogger(CliServer.class);

    private final Path socket;
    private final ServerSocketChannel listening;
    private final Words words;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private CliServer(Path socket, ServerSocketChannel listening, CliDesk desk) {
        this.socket = socket;
        this.listening = listening;
        this.words = new Words(desk);
    }

    /**
     * Begins to answer.
     *
     * @param socket its path; what an earlier process left there is replaced
     * @throws IOException if another process answers there, or the path can't be used; the message says so
     */
    public static CliServer open(Path socket, CliDesk desk) throws IOException {
        var directory = socket.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(socket + " is no place for a socket");
        }
        var owner = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(directory);
        if (CliClient.isAnswered(socket)) {
            throw new IOException("another allo answers on " + socket + ": stop it, or use another --state directory");
        }
        var closed = Files.createTempDirectory(directory, ".s", PosixFilePermissions.asFileAttribute(owner));
        var made = closed.resolve("s");
        var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listening.bind(CliClient.address(made));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            Files.move(made, socket, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            listening.close();
            throw e;
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(closed);
        }
        var server = new CliServer(socket, listening, desk);
        Thread.ofVirtual().name("cli").start(server::accept);
        return server;
    }

    /** Answers no more and takes the socket away. */
    @Override
    public void close() {
        try {
            listening.close();
            Files.deleteIfExists(socket);
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            LOG.warn("the control socket {} did not close: {}", socket, e.toString());
        }
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                var connection = listening.accept();
                if (connections.size() >= CONNECTIONS_LIMIT) {
                    LOG.warn("a connection to {} is refused: {} are open", socket, CONNECTIONS_LIMIT);
                    connection.close();
                    continue;
                }
                connections.add(connection);
                Thread.ofVirtual().name("cli connection").start(() -> serve(connection));
            } catch (ClosedChannelException closed) {
                LOG.debug("{} is closed", socket);
            } catch (IOException e) {
                LOG.warn("{}: {}", socket, e.toString());
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection;
                var in = Channels.newInputStream(connection);
                var out = new BufferedWriter(
                        new OutputStreamWriter(Channels.newOutputStream(connection), StandardCharsets.UTF_8))) {
            var lines = new RequestLines(in, REQUEST_LIMIT_BYTES);
            for (var line = lines.next(); line != null; line = lines.next()) {
                answer(line, out);
                out.flush();
            }
        } catch (IOException e) {
            LOG.debug("a connection to {} ended: {}", socket, e.toString());
        } finally {
            connections.remove(connection);
        }
    }

    private void answer(String request, BufferedWriter out) throws IOException {
        var tab = request.indexOf('\t');
        var language = tab < 0 ? "en" : request.substring(0, tab);
        Reply reply;
        try {
            reply = words.answer(language, request.substring(tab + 1));
        } catch (RuntimeException fault) {
            LOG.error("a fault in allo spoilt the command {}", request, fault);
            reply = new Reply(language);
            reply.fail("a fault in allo: " + fault, "une erreur interne : " + fault);
        }
        for (var line : reply.lines()) {
            out.write(" " + line.replaceAll("[\\r\\n]", " ") + "\n");
        }
        out.write("=" + reply.status() + "\n");
    }
}
