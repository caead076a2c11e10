package io.allo.conformance.attack;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code HOST UDP TCP TARGET}: calls that extension once with each of {@link Bombs}, over UDP where it fits and over TCP, and takes back
 * what was answered; prints the final status of each, "silence" if there was none. One thread.
 */
public final class BombProgram {
    private static final int PATIENCE_MS = 10_000;
    private static final int LARGEST_DATAGRAM = 60_000;

    private final String host;
    private final int udp;
    private final int tcp;
    private final String target;
    private int number;

    private BombProgram(List<String> arguments) {
        host = arguments.get(0);
        udp = Integer.parseInt(arguments.get(1));
        tcp = Integer.parseInt(arguments.get(2));
        target = "sip:" + arguments.get(3) + "@" + host;
    }

    /** Runs the attack that the arguments describe. */
    public static void main(String[] arguments) throws IOException {
        var program = new BombProgram(List.of(arguments));
        for (var bomb : Bombs.all().entrySet()) {
            System.out.println("bomb " + bomb.getKey() + " udp: " + program.overUdp(bomb.getValue()));
            System.out.println("bomb " + bomb.getKey() + " tcp: " + program.overTcp(bomb.getValue()));
        }
        System.out.println("bombed");
    }

    private String overUdp(Bombs.Bomb bomb) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(host, udp));
            socket.setSoTimeout(PATIENCE_MS);
            String own = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
            byte[] invite = invite(bomb, "UDP", own);
            if (invite.length > LARGEST_DATAGRAM) {
                return "too long";
            }
            socket.send(new DatagramPacket(invite, invite.length));
            var packet = new DatagramPacket(new byte[65_536], 65_536);
            try {
                while (true) {
                    socket.receive(packet);
                    String answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
                    if (!answer.startsWith("SIP/2.0 1")) {
                        for (byte[] end : ends(answer, "UDP", own)) {
                            socket.send(new DatagramPacket(end, end.length));
                        }
                        return status(answer);
                    }
                }
            } catch (SocketTimeoutException silence) {
                return "silence";
            }
        }
    }

    private String overTcp(Bombs.Bomb bomb) throws IOException {
        try (var socket = new Socket(host, tcp)) {
            socket.setSoTimeout(PATIENCE_MS);
            String own = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
            socket.getOutputStream().write(invite(bomb, "TCP", own));
            for (String answer = head(socket.getInputStream());
                    !answer.isEmpty();
                    answer = head(socket.getInputStream())) {
                if (!answer.startsWith("SIP/2.0 1")) {
                    for (byte[] end : ends(answer, "TCP", own)) {
                        socket.getOutputStream().write(end);
                    }
                    return status(answer);
                }
            }
            return "closed";
        } catch (SocketTimeoutException silence) {
            return "silence";
        }
    }

    /** One message without its body, which is passed over; empty where the connection ends. */
    private static String head(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            text.append((char) next);
            if (text.toString().equals("\r\n\r\n")) {
                text.setLength(0);
            }
        }
        String head = text.toString();
        var length = java.util.regex.Pattern.compile("(?i)\r\nContent-Length: *(\\d+)")
                .matcher(head);
        if (length.find()) {
            in.skipNBytes(Long.parseLong(length.group(1)));
        }
        return head;
    }

    private byte[] invite(Bombs.Bomb bomb, String transport, String own) {
        String call = "bomb" + ++number + "-" + own;
        return SipText.request(
                "INVITE", target, "sip:guest@" + host, call, 1, transport, own, bomb.headers(), bomb.bodyBytes());
    }

    /** What ends the call again that this answer began or refused. */
    private List<byte[]> ends(String answer, String transport, String own) {
        String call = "bomb" + number + "-" + own;
        String to = header(answer, "To");
        String tagged = to.substring(to.indexOf('<') + 1);
        var ends = new java.util.ArrayList<byte[]>();
        ends.add(withTo(
                SipText.request("ACK", target, "sip:guest@" + host, call, 1, transport, own, "", new byte[0]), tagged));
        if (answer.startsWith("SIP/2.0 2")) {
            ends.add(withTo(
                    SipText.request("BYE", target, "sip:guest@" + host, call, 2, transport, own, "", new byte[0]),
                    tagged));
        }
        return ends;
    }

    private byte[] withTo(byte[] request, String tagged) {
        return new String(request, StandardCharsets.ISO_8859_1)
                .replace("To: <" + target + ">", "To: <" + tagged)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String header(String message, String name) {
        for (String line : message.split("\r\n")) {
            if (line.startsWith(name + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "<>";
    }

    private static String status(String answer) {
        return answer.startsWith("SIP/2.0 ") ? answer.substring(8, 11) : "something";
    }
}
