package io.allo.gate.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Asks the allo that runs. No state; on the thread of who asks. */
public final class CliClient {

    private CliClient() {}

    /**
     * Asks one thing.
     *
     * @param language of the answer: a tag, or what LANG holds
     * @param lines takes the answer's lines as they come
     * @return the exit status: 0 if it worked
     * @throws IOException if nobody answers on the socket
     */
    public static int ask(Path socket, String language, String command, Consumer<String> lines) throws IOException {
        try (var channel = SocketChannel.open(address(socket))) {
            var request = language.replaceAll("\\s", "") + "\t" + command.replaceAll("\\p{Cntrl}", " ") + "\n";
            var bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            var in =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("=")) {
                    return Integer.parseInt(line.substring(1));
                }
                lines.accept(line.substring(Math.min(1, line.length())));
            }
            throw new IOException("allo ended before it had answered");
        }
    }

    /** Whether a process answers on the socket. */
    public static boolean isAnswered(Path socket) {
        try (var channel = SocketChannel.open(address(socket))) {
            return channel.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    /** The name of a socket may have 107 bytes on Linux, 103 elsewhere. */
    static UnixDomainSocketAddress address(Path socket) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > PATH_LIMIT_BYTES) {
            throw new IOException(socket + " is too long a name for a socket (" + PATH_LIMIT_BYTES
                    + " bytes at most): use a --state directory with a shorter name");
        }
        return UnixDomainSocketAddress.of(socket);
    }

    private static final int PATH_LIMIT_BYTES = 103;
}
