package io.allo.conformance.attack;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code HOST PORT FILE MS}: sends each SIP message of the file over UDP, after a line with its name and before a line of {@link #END}, with its
 * own address in the place of {@link #OWN}, and prints the name with the status of each final answer, or "silence" after that time. What was answered goes to FILE.answers. One thread.
 */
public final class TalkProgram {
    /** What stands for the sender's "address:port". */
    public static final String OWN = "{own}";

    /** The line between two messages. */
    public static final String END = "====";

    private TalkProgram() {}

    /** Runs the attack that the arguments describe. */
    public static void main(String[] arguments) throws IOException {
        var file = Path.of(arguments[2]);
        var answers = new StringBuilder();
        for (String message :
                Files.readString(file, StandardCharsets.ISO_8859_1).split(END + "\n")) {
            int line = message.indexOf('\n');
            String name = message.substring(0, line);
            try (var socket = new DatagramSocket()) {
                socket.connect(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])));
                socket.setSoTimeout(Integer.parseInt(arguments[3]));
                String own = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
                byte[] bytes = message.substring(line + 1).replace(OWN, own).getBytes(StandardCharsets.ISO_8859_1);
                socket.send(new DatagramPacket(bytes, bytes.length));
                String answer = finalAnswer(socket);
                System.out.println("said " + name + ": " + (answer.isEmpty() ? "silence" : answer.substring(8, 11)));
                answers.append(name).append('\n').append(answer).append(END).append('\n');
            }
        }
        Files.writeString(Path.of(file + ".answers"), answers, StandardCharsets.ISO_8859_1);
        System.out.println("said all");
    }

    private static String finalAnswer(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            while (true) {
                socket.receive(packet);
                String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
                if (!text.startsWith("SIP/2.0 1")) {
                    return text;
                }
            }
        } catch (SocketTimeoutException silence) {
            return "";
        }
    }
}
