package io.allo.bench;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Phones that register with a digest, one after another: REGISTER, 401, REGISTER with credentials, 200. Main thread. */
final class RegistrationLoad {

    private final LoadLoop loop;
    private final LoadLoop.Socket socket;
    private final InetSocketAddress allo;
    private final Digest digest = new Digest();
    private final Map<String, Integer> cseqOf = new HashMap<>();
    private long branch;
    private int done;
    private int refused;

    RegistrationLoad(LoadLoop loop, int alloPort) {
        this.loop = loop;
        this.allo = new InetSocketAddress(BenchConfig.HOST, alloPort);
        this.socket = loop.open(this::received);
    }

    /** Registers phones in turn; returns how many succeeded. */
    int run(int count, double perSecond) {
        done = 0;
        refused = 0;
        loop.pace(count, perSecond, i -> register(BenchConfig.user(i), ""));
        loop.run(() -> done + refused >= count, (long) (count / perSecond * 1000) + PATIENCE_MS);
        return done;
    }

    private void register(String user, String authorization) {
        var cseq = cseqOf.merge(user, 1, Integer::sum);
        socket.send(
                "REGISTER sip:" + BenchConfig.HOST + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/UDP " + BenchConfig.HOST + ":" + socket.port() + ";branch=z9hG4bKr" + ++branch
                        + ";rport\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "From: <sip:" + user + "@" + BenchConfig.HOST + ">;tag=f" + user + "\r\n"
                        + "To: <sip:" + user + "@" + BenchConfig.HOST + ">\r\n"
                        + "Call-ID: " + user + "@bench\r\n"
                        + "CSeq: " + cseq + " REGISTER\r\n"
                        + "Contact: <sip:" + user + "@" + BenchConfig.HOST + ":" + socket.port() + ">\r\n"
                        + "Expires: 3600\r\n"
                        + "User-Agent: bench\r\n"
                        + "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY, REFER, UPDATE, PRACK\r\n"
                        + authorization
                        + "Content-Length: 0\r\n\r\n",
                allo);
    }

    private void received(SipText answer) {
        var user = SipText.user(answer.header("From"));
        switch (answer.status()) {
            case 401 -> register(user, digest.authorization(answer, user, "REGISTER", "sip:" + BenchConfig.HOST));
            case 200 -> done++;
            default -> refused++;
        }
    }

    private static final long PATIENCE_MS = 3_000;
}
