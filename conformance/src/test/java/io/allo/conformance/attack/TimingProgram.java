package io.allo.conformance.attack;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code HOST PORT METHOD COUNT FILE}: asks that often, each time from another address of 10.78.0.0/16, without and then with a wrong password, as a user
 * that exists (user0 on) or one of two kinds that do not, in an order by chance and each user twice, since a third failure would be answered later; writes down how long each answer took and what it was without
 * what differs in any two. Lines of FILE: kind of question, kind of user, nanoseconds, answer. One thread.
 */
public final class TimingProgram {
    /** Kinds of users: those that exist are the first. */
    public static final List<String> KINDS = List.of("user", "nobody", "ghost");

    private static final int QUESTIONS_A_USER = 2;
    private static final int ADDRESSES_A_NET = 250;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final InetSocketAddress target;
    private final String method;
    private final List<String> lines = new ArrayList<>();

    private TimingProgram(String host, String port, String method) {
        this.target = new InetSocketAddress(host, Integer.parseInt(port));
        this.method = method;
    }

    /** Runs the measurement that the arguments describe. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        var program = new TimingProgram(arguments[0], arguments[1], arguments[2]);
        var random = new Random(11);
        int net = arguments[2].equals("INVITE") ? 100 : 0;
        var asked = new int[KINDS.size()];
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            String from = "10.78." + (net + i / ADDRESSES_A_NET) + "." + (1 + i % ADDRESSES_A_NET);
            int kind = random.nextInt(KINDS.size());
            program.ask(from, KINDS.get(kind), asked[kind]++ / QUESTIONS_A_USER, i);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        Files.write(Path.of(arguments[4]), program.lines);
        System.out.println("asked");
    }

    private void ask(String from, String kind, int user, int number) throws IOException, GeneralSecurityException {
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(from), 0))) {
            socket.connect(target);
            socket.setSoTimeout(2_000);
            String name = kind + user;
            String challenge = exchange(socket, "question", kind, name, number, 1, "");
            if (challenge.isEmpty()) {
                return;
            }
            String nonce = AttackProgram.group(AttackProgram.NONCE, challenge);
            String realm = AttackProgram.group(AttackProgram.REALM, challenge);
            String uri = uri();
            String response = AttackProgram.md5(AttackProgram.md5(name + ":" + realm + ":wrong" + number) + ":" + nonce
                    + ":00000001:c:auth:" + AttackProgram.md5(method + ":" + uri));
            String header =
                    ("Authorization: Digest username=\"%s\",realm=\"%s\",nonce=\"%s\",uri=\"%s\",response=\"%s\","
                                    + "algorithm=MD5,cnonce=\"c\",qop=auth,nc=00000001\r\n")
                            .formatted(name, realm, nonce, uri, response);
            exchange(socket, "password", kind, name, number, 2, header);
        }
    }

    private String uri() {
        return method.equals("REGISTER") ? "sip:" + target.getHostString() : "sip:100@" + target.getHostString();
    }

    /** Asks and waits for the final answer; empty where none comes. */
    private String exchange(
            DatagramSocket socket, String question, String kind, String name, int number, int cseq, String header)
            throws IOException {
        String own = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
        String address = "sip:" + name + "@" + target.getHostString();
        String call = method + number;
        byte[] request = SipText.request(method, uri(), address, call, cseq, "UDP", own, header, new byte[0]);
        long begin = System.nanoTime();
        socket.send(new DatagramPacket(request, request.length));
        var packet = new DatagramPacket(new byte[4_096], 4_096);
        try {
            do {
                socket.receive(packet);
            } while (packet.getData()[8] == '1');
        } catch (SocketTimeoutException silence) {
            lines.add(question + " " + kind + " 0 silence");
            return "";
        }
        long nanos = System.nanoTime() - begin;
        String answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
        lines.add(question + " " + kind + " " + nanos + " " + alike(answer, name, own, call));
        if (method.equals("INVITE")) {
            String to = answer.substring(
                    answer.indexOf("\r\nTo: ") + 6, answer.indexOf("\r\n", answer.indexOf("\r\nTo: ") + 6));
            String ack = new String(
                            SipText.request("ACK", uri(), address, call, cseq, "UDP", own, "", new byte[0]),
                            StandardCharsets.ISO_8859_1)
                    .replaceFirst("To: .*", "To: " + to);
            byte[] bytes = ack.getBytes(StandardCharsets.ISO_8859_1);
            socket.send(new DatagramPacket(bytes, bytes.length));
        }
        return answer;
    }

    /** The answer in one line, without what is of this request or by chance. */
    private static String alike(String answer, String name, String own, String call) {
        int colon = own.indexOf(':');
        return answer.replaceAll("nonce=\"[^\"]*\"", "nonce")
                .replace(call, "CALL")
                .replace(name, "NAME")
                .replace(own, "OWN")
                .replace("received=" + own.substring(0, colon), "received")
                .replace("rport=" + own.substring(colon + 1), "rport")
                .replaceAll("(To: [^\r]*;tag=)[^\r;]*", "$1TAG")
                .replace("\r\n", "|");
    }
}
