package io.allo.conformance.attack;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * {@code guess HOST PORT USER COUNT [RIGHT]}: guesses passwords as a client would, each with a fresh nonce, the last one right; prints the
 * status of each answer. {@code flood HOST PORT METHOD RATE SECONDS ADDRESS...}: requests at that rate from these addresses; prints how many
 * were sent. {@code inject HOST PORT SECONDS SSRC SEQUENCE MORE_PORTS}: packets to media ports, of the stream that goes there and of all
 * other kinds; prints how many were sent and how many came back. One thread.
 */
public final class AttackProgram {
    static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]*)\"");
    static final Pattern REALM = Pattern.compile("realm=\"([^\"]*)\"");
    private static final int PATIENCE_MS = 6_000;

    private static final int INJECTED_A_SECOND = 1_000;

    private final InetSocketAddress target;
    private int number;

    private AttackProgram(String host, String port) {
        target = new InetSocketAddress(host, Integer.parseInt(port));
    }

    /** Runs the attack that the arguments describe. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        var attack = new AttackProgram(arguments[1], arguments[2]);
        switch (arguments[0]) {
            case "guess" -> {
                String right = arguments.length > 5 ? arguments[5] : "";
                attack.guess(arguments[3], Integer.parseInt(arguments[4]), right);
            }
            case "flood" ->
                attack.flood(
                        arguments[3],
                        Integer.parseInt(arguments[4]),
                        Integer.parseInt(arguments[5]),
                        List.of(arguments).subList(6, arguments.length));
            case "inject" -> {
                var ports = new ArrayList<>(List.of(arguments).subList(6, arguments.length));
                ports.add(arguments[2]);
                attack.inject(
                        Integer.parseInt(arguments[3]),
                        Long.parseLong(arguments[4]),
                        Integer.parseInt(arguments[5]),
                        ports.stream().map(Integer::valueOf).toList());
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private void guess(String user, int count, String right) throws IOException, GeneralSecurityException {
        try (var socket = new DatagramSocket()) {
            socket.connect(target);
            socket.setSoTimeout(PATIENCE_MS);
            for (int i = 1; i <= count; i++) {
                String password = i == count && !right.isEmpty() ? right : "guess" + i;
                String callId = "guess" + ++number + "-" + socket.getLocalPort();
                send(socket, request("REGISTER", user, callId, 1, socket, ""));
                String challenge = receive(socket);
                if (challenge.isEmpty()) {
                    System.out.println("guess " + i + ": silence");
                    continue;
                }
                String nonce = group(NONCE, challenge);
                String realm = group(REALM, challenge);
                String uri = "sip:" + target.getHostString();
                String response = md5(md5(user + ":" + realm + ":" + password) + ":" + nonce + ":00000001:c:auth:"
                        + md5("REGISTER:" + uri));
                String header =
                        ("Authorization: Digest username=\"%s\",realm=\"%s\",nonce=\"%s\",uri=\"%s\",response=\"%s\","
                                        + "algorithm=MD5,cnonce=\"c\",qop=auth,nc=00000001\r\n")
                                .formatted(user, realm, nonce, uri, response);
                send(socket, request("REGISTER", user, callId, 2, socket, header));
                String answer = receive(socket);
                System.out.println("guess " + i + ": " + (answer.isEmpty() ? "silence" : answer.substring(8, 11)));
            }
        }
        System.out.println("guessed");
    }

    private void flood(String method, int rate, int seconds, List<String> addresses) throws IOException {
        var sockets = new ArrayList<DatagramSocket>();
        for (String address : addresses) {
            sockets.add(new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0)));
        }
        System.out.println("flooding");
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        long sent = 0;
        while (System.nanoTime() < end) {
            long due = (System.nanoTime() - begin) * rate / TimeUnit.SECONDS.toNanos(1);
            for (; sent < due; sent++) {
                DatagramSocket socket = sockets.get((int) (sent % sockets.size()));
                send(socket, request(method, "user" + sent % 1000, "flood" + sent, 1, socket, ""));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        System.out.println("sent " + sent + " in " + seconds + " s");
        sockets.forEach(DatagramSocket::close);
    }

    private void inject(int seconds, long source, int sequence, List<Integer> ports) throws IOException {
        var random = new Random(1);
        try (var socket = new DatagramSocket()) {
            System.out.println("injecting");
            long begin = System.nanoTime();
            long end = begin + TimeUnit.SECONDS.toNanos(seconds);
            int sent = 0;
            while (System.nanoTime() < end) {
                long due = (System.nanoTime() - begin) * INJECTED_A_SECOND / TimeUnit.SECONDS.toNanos(1);
                for (; sent < due; sent++) {
                    byte[] bytes = mediaPacket(sent, source, sequence, random);
                    var to = new InetSocketAddress(target.getAddress(), ports.get(sent % ports.size()));
                    socket.send(new DatagramPacket(bytes, bytes.length, to));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            socket.setSoTimeout(500);
            int back = 0;
            try {
                while (true) {
                    socket.receive(new DatagramPacket(new byte[2_048], 2_048));
                    back++;
                }
            } catch (SocketTimeoutException silence) {
                System.out.println("sent " + sent + ", came back " + back);
            }
        }
    }

    /** In turn: the stream's next packet, another stream's, RTCP BYE for it, a STUN request, a DTLS hello, rubbish of every length. */
    private static byte[] mediaPacket(int number, long source, int sequence, Random random) {
        if (number % 6 == 5) {
            byte[] rubbish = new byte[random.nextInt(1_472)];
            random.nextBytes(rubbish);
            return rubbish;
        }
        var packet = ByteBuffer.allocate(172);
        random.nextBytes(packet.array());
        switch (number % 6) {
            case 0, 1 -> {
                packet.put((byte) 0x80).put((byte) (number % 5 == 0 ? 8 : 0));
                packet.putShort((short) (sequence + number / 12)).putInt(number * 160);
                packet.putInt((int) (number % 6 == 0 ? source : random.nextInt()));
            }
            case 2 ->
                packet.put((byte) 0x81).put((byte) 203).putShort((short) 1).putInt((int) source);
            case 3 -> packet.putShort((short) 1).putShort((short) 152).putInt(0x2112A442);
            default -> packet.put((byte) 22).putShort((short) 0xFEFD);
        }
        return packet.array();
    }

    private String request(String method, String user, String callId, int cseq, DatagramSocket socket, String more) {
        String own = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
        String host = target.getHostString();
        return """
                %s sip:%s SIP/2.0
                Via: SIP/2.0/UDP %s;rport;branch=z9hG4bK%s-%d
                Max-Forwards: 70
                From: <sip:%s@%s>;tag=%s
                To: <sip:%s@%s>
                Call-ID: %s
                CSeq: %d %s
                Contact: <sip:%s@%s>
                Expires: 300
                """.replace("\n", "\r\n").formatted(
                        method,
                        method.equals("REGISTER") ? host : user + "@" + host,
                        own,
                        callId,
                        cseq,
                        user,
                        host,
                        callId,
                        user,
                        host,
                        callId,
                        cseq,
                        method,
                        user,
                        own)
                + more + "Content-Length: 0\r\n\r\n";
    }

    private void send(DatagramSocket socket, String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, target));
    }

    /** A final answer; empty where none comes. */
    private static String receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            while (true) {
                socket.receive(packet);
                String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                if (!text.startsWith("SIP/2.0 1")) {
                    return text;
                }
            }
        } catch (SocketTimeoutException silence) {
            return "";
        }
    }

    static String group(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    static String md5(String text) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
