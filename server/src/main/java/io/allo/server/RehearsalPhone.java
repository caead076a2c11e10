package io.allo.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * The phone of a rehearsal: asks, tries to register, calls and is hung up on, one thing after another over UDP, and takes
 * every answer as it comes. Main thread.
 */
final class RehearsalPhone implements AutoCloseable {

    private final DatagramSocket socket;
    private final InetAddress host;
    private final int alloPort;
    private int number;

    RehearsalPhone(InetAddress host, int alloPort) throws IOException {
        this.socket = new DatagramSocket(0, host);
        this.host = host;
        this.alloPort = alloPort;
        socket.setSoTimeout(PATIENCE_MS);
    }

    /** OPTIONS, and its answer. */
    void ask() throws IOException {
        number++;
        send(request("OPTIONS", "sip:" + host.getHostAddress(), "phone0", 1, ""));
        received();
    }

    /** REGISTER, and the challenge. */
    void register() throws IOException {
        number++;
        send(request("REGISTER", "sip:" + host.getHostAddress(), "phone1", 1, ""));
        received();
    }

    /** A call that allo answers and ends. */
    void call() throws IOException {
        number++;
        var uri = "sip:100@" + host.getHostAddress();
        send(request("INVITE", uri, "open", 1, OFFER));
        var answer = received();
        while (answer.startsWith("SIP/2.0 1")) {
            answer = received();
        }
        send(request("ACK", uri, "open", 1, "").replace("To: <" + uri + ">", "To: " + header(answer, "To")));
        var bye = received();
        while (!bye.startsWith("BYE ")) {
            bye = received();
        }
        send("SIP/2.0 200 OK\r\nVia: " + header(bye, "Via") + "\r\nFrom: " + header(bye, "From") + "\r\nTo: "
                + header(bye, "To") + "\r\nCall-ID: " + header(bye, "Call-ID") + "\r\nCSeq: " + header(bye, "CSeq")
                + "\r\nContent-Length: 0\r\n\r\n");
    }

    private String request(String method, String uri, String user, int cseq, String body) {
        var here = host.getHostAddress() + ":" + socket.getLocalPort();
        return method + " " + uri + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + here + ";branch=z9hG4bK" + method + number + ";rport\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:" + user + "@" + host.getHostAddress() + ">;tag=r" + number + "\r\n"
                + "To: <" + uri + ">\r\n"
                + "Call-ID: rehearsal" + number + "\r\n"
                + "CSeq: " + cseq + " " + method + "\r\n"
                + "Contact: <sip:" + user + "@" + here + ">\r\n"
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private void send(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(bytes, bytes.length, host, alloPort));
    }

    private String received() throws IOException {
        var packet = new DatagramPacket(new byte[MAX_MESSAGE_BYTES], MAX_MESSAGE_BYTES);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static String header(String message, String name) {
        var from = message.indexOf("\r\n" + name + ": ") + name.length() + 4;
        return message.substring(from, message.indexOf("\r\n", from));
    }

    @Override
    public void close() {
        socket.close();
    }

    private static final int PATIENCE_MS = 5_000;
    private static final int MAX_MESSAGE_BYTES = 65_536;
    private static final String OFFER = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=audio 9 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
            + "a=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n";
}
