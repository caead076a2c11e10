package io.allo.bench;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Phones, behind ten addresses, that register with a digest, one after another: REGISTER, 401, REGISTER with credentials, 200. Main thread. */
final class RegistrationLoad {

    private final LoadLoop loop;
    private final List<LoadLoop.Socket> offices = new ArrayList<>();
    private final InetSocketAddress allo;
    private final Digest digest = new Digest();
    private final Map<String, Integer> cseqOf = new HashMap<>();
    private long branch;
    private int done;
    private int refused;

    RegistrationLoad(LoadLoop loop, int alloPort) {
        this.loop = loop;
        this.allo = new InetSocketAddress(BenchConfig.HOST, alloPort);
        for (var i = 1; i <= OFFICES; i++) {
            offices.add(loop.open("127.0.1." + i, this::received));
        }
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
        var socket = offices.get(Math.floorMod(user.hashCode(), OFFICES));
        var cseq = cseqOf.merge(user, 1, Integer::sum);
        socket.send(
                "REGISTER sip:" + BenchConfig.HOST + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/UDP " + socket.host() + ":" + socket.port() + ";branch=z9hG4bKr" + ++branch
                        + ";rport\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "From: <sip:" + user + "@" + BenchConfig.HOST + ">;tag=f" + user + "\r\n"
                        + "To: <sip:" + user + "@" + BenchConfig.HOST + ">\r\n"
                        + "Call-ID: " + user + "@bench\r\n"
                        + "CSeq: " + cseq + " REGISTER\r\n"
                        + "Contact: <sip:" + user + "@" + socket.host() + ":" + socket.port() + ">\r\n"
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

    /** Addresses that the phones are behind: one alone would meet allo's limit of 500 requests a second. */
    private static final int OFFICES = 10;

    private static final long PATIENCE_MS = 3_000;
}
