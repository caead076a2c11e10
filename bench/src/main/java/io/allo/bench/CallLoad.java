package io.allo.bench;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Phones that call through allo, and the peers that answer. A call: INVITE, 401, ACK, INVITE with a digest, allo calls the
 * peer, 180, 200, ACK; after its time BYE. The peer needs no password. Nothing is sent twice: on loopback nothing is lost
 * unless allo is overloaded, and then the call counts as failed. Main thread.
 */
final class CallLoad {

    private final LoadLoop loop;
    private final LoadLoop.Socket caller;
    private final LoadLoop.Socket callee;
    private final InetSocketAddress allo;
    private final boolean secure;
    private final int sinkPort;
    private final Digest digest = new Digest();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, Integer> calleePortOf = new HashMap<>();
    private long nextId;
    private long branch;
    private int established;
    private int ended;
    private int failed;

    /** One call as its caller sees it. */
    private static final class Call {
        final String id;
        final String user;
        final String extension;
        final long holdNanos;
        int cseq = 1;
        String to = "";
        String target = "";
        int alloPort;
        boolean over;

        Call(String id, String user, String extension, long holdNanos) {
            this.id = id;
            this.user = user;
            this.extension = extension;
            this.holdNanos = holdNanos;
        }
    }

    CallLoad(LoadLoop loop, LoadLoop.Socket callee, BenchConfig config) {
        this.loop = loop;
        this.secure = config.secure();
        this.allo = new InetSocketAddress(BenchConfig.HOST, config.port());
        this.caller = loop.open(this::atCaller);
        this.sinkPort = loop.openSink();
        this.callee = callee;
    }

    /** Makes calls that last {@code holdMs}; returns how many were set up and torn down as they should be. */
    int run(int count, double perSecond, String extension, long holdMs) {
        var before = ended;
        var failedBefore = failed;
        loop.pace(count, perSecond, i -> invite(i, extension, holdMs * 1_000_000));
        loop.run(
                () -> ended - before + failed - failedBefore >= count,
                (long) (count / perSecond * 1000) + holdMs + PATIENCE_MS);
        return ended - before;
    }

    /** Makes calls ever faster, so that a program just started is not buried under what it can do later. */
    void warmUp(int count) {
        run(count / 20, 10, BenchConfig.RELAYED, 200);
        run(count / 10, 30, BenchConfig.RELAYED, 200);
        run(count - count * 3 / 20, 80, BenchConfig.RELAYED, 200);
        failed = 0;
    }

    /** Sets up calls number {@code from} to {@code to}, each by a phone of its own, that stay. */
    void establish(int from, int to, double perSecond, String extension) {
        var wanted = established + to - from;
        loop.pace(to - from, perSecond, i -> invite(from + i, extension, Long.MAX_VALUE));
        if (!loop.run(() -> established >= wanted || failed > 0, (long) ((to - from) / perSecond * 1000) + PATIENCE_MS)
                || failed > 0) {
            throw new BenchException(wanted - established + " of " + (to - from) + " calls were not set up");
        }
    }

    /** The ports that allo named for each standing call, in the order of calling: the caller's side and the callee's. */
    List<int[]> portPairs() {
        var pairs = new ArrayList<int[]>();
        for (var call : calls.values()) {
            var other = calleePortOf.get(call.user);
            if (call.alloPort != 0 && other != null && !call.over) {
                pairs.add(new int[] {call.alloPort, other});
            }
        }
        return pairs;
    }

    /** The port that allo named to each caller whose call stands. */
    List<Integer> callerPorts() {
        return calls.values().stream()
                .filter(call -> call.alloPort != 0 && !call.over)
                .map(call -> call.alloPort)
                .toList();
    }

    /** Ends every call that stands. */
    void hangUpAll(double perSecond) {
        var standing = List.copyOf(calls.values());
        var before = ended;
        loop.pace(standing.size(), perSecond, i -> bye(standing.get(i)));
        loop.run(() -> ended - before >= standing.size(), (long) (standing.size() / perSecond * 1000) + PATIENCE_MS);
        calls.clear();
        calleePortOf.clear();
    }

    /** Calls that did not go as they should. */
    int failed() {
        return failed;
    }

    // ---- the caller

    private void invite(int number, String extension, long holdNanos) {
        var id = "c" + nextId++;
        var call = new Call(id, BenchConfig.user(number), extension, holdNanos);
        calls.put(id, call);
        request(call, "INVITE", "", sdp("0 8 9"));
    }

    private void request(Call call, String method, String authorization, String sdp) {
        var uri = call.target.isEmpty() ? "sip:" + call.extension + "@" + BenchConfig.HOST : call.target;
        caller.send(
                method + " " + uri + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/UDP " + BenchConfig.HOST + ":" + caller.port() + ";branch="
                        + (method.equals("ACK") && call.target.isEmpty() ? "z9hG4bKc" + branch : "z9hG4bKc" + ++branch)
                        + ";rport\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "From: <sip:" + call.user + "@" + BenchConfig.HOST + ">;tag=f" + call.id + "\r\n"
                        + "To: " + (call.to.isEmpty() ? "<" + uri + ">" : call.to) + "\r\n"
                        + "Call-ID: " + call.id + "@bench\r\n"
                        + "CSeq: " + call.cseq + " " + method + "\r\n"
                        + "Contact: <sip:" + call.user + "@" + BenchConfig.HOST + ":" + caller.port() + ">\r\n"
                        + "User-Agent: bench\r\n"
                        + "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY, REFER, UPDATE\r\n"
                        + authorization
                        + body(sdp),
                allo);
    }

    private void acknowledgeRefusal(Call call, SipText refusal) {
        caller.send(
                "ACK sip:" + call.extension + "@" + BenchConfig.HOST + " SIP/2.0\r\n"
                        + "Via: " + refusal.header("Via") + "\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "From: " + refusal.header("From") + "\r\n"
                        + "To: " + refusal.header("To") + "\r\n"
                        + "Call-ID: " + call.id + "@bench\r\n"
                        + "CSeq: " + call.cseq + " ACK\r\n"
                        + "Content-Length: 0\r\n\r\n",
                allo);
    }

    private void atCaller(SipText message) {
        var callId = message.header("Call-ID");
        var call = calls.get(callId.substring(0, Math.max(0, callId.indexOf('@'))));
        var status = message.status();
        if (call == null || status == 0) {
            if (status == 0 && !message.method().equals("ACK")) {
                answer(caller, message, "200 OK", "", "");
            }
            if (call != null && message.method().equals("BYE") && !call.over) {
                call.over = true;
                ended++;
                calls.remove(call.id);
            }
            return;
        }
        if (message.cseqMethod().equals("BYE")) {
            if (status == 200) {
                ended++;
                calls.remove(call.id);
            }
        } else if (status == 401) {
            acknowledgeRefusal(call, message);
            if (call.cseq > 1) {
                return; // the same 401 again, sent before our ACK came
            }
            call.cseq++;
            var uri = "sip:" + call.extension + "@" + BenchConfig.HOST;
            request(call, "INVITE", digest.authorization(message, call.user, "INVITE", uri), sdp("0 8 9"));
        } else if (status == 200) {
            answered(call, message);
        } else if (status > 200) {
            acknowledgeRefusal(call, message);
            if (failed++ == 0) {
                System.err.println("A call was refused:\n" + message.text());
            }
            calls.remove(call.id);
        }
    }

    private void answered(Call call, SipText ok) {
        var first = call.target.isEmpty();
        call.to = ok.header("To");
        call.target = SipText.uri(ok.header("Contact"));
        request(call, "ACK", "", "");
        if (!first) {
            return;
        }
        established++;
        var audio = ok.audio();
        call.alloPort = audio == null ? 0 : audio[0];
        if (call.holdNanos != Long.MAX_VALUE) {
            loop.after(call.holdNanos, () -> bye(call));
        }
    }

    private void bye(Call call) {
        if (call.over) {
            return;
        }
        call.over = true;
        call.cseq++;
        request(call, "BYE", "", "");
    }

    // ---- the callee

    /** What comes to the peers. */
    void atCallee(SipText message) {
        if (message.status() != 0) {
            return;
        }
        switch (message.method()) {
            case "INVITE" -> {
                var audio = message.audio();
                var type = audio == null ? 0 : audio[1];
                if (audio != null) {
                    calleePortOf.put(SipText.user(message.header("From")), audio[0]);
                }
                answer(callee, message, "180 Ringing", "", "");
                answer(callee, message, "200 OK", contact(), sdp(Integer.toString(type), tag(message)));
            }
            case "ACK" -> {}
            default -> answer(callee, message, "200 OK", "", "");
        }
    }

    private String contact() {
        return "Contact: <sip:peer@" + BenchConfig.HOST + ":" + callee.port() + ">\r\n";
    }

    private void answer(LoadLoop.Socket socket, SipText request, String status, String more, String sdp) {
        var to = request.header("To");
        socket.send(
                "SIP/2.0 " + status + "\r\n"
                        + "Via: " + request.header("Via") + "\r\n"
                        + "From: " + request.header("From") + "\r\n"
                        + "To: " + (to.contains("tag=") ? to : to + ";tag=p1") + "\r\n"
                        + "Call-ID: " + request.header("Call-ID") + "\r\n"
                        + "CSeq: " + request.header("CSeq") + "\r\n"
                        + (more.isEmpty() ? contact() : more)
                        + "User-Agent: bench\r\n"
                        + body(sdp),
                allo);
    }

    private static String body(String sdp) {
        return sdp.isEmpty()
                ? "Content-Length: 0\r\n\r\n"
                : "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp;
    }

    /** The number of the offered line whose suite the generator speaks. RFC 4568 5.1.2. */
    private static String tag(SipText offer) {
        var line = OFFERED.matcher(offer.text());
        return line.find() ? line.group(1) : "1";
    }

    private String sdp(String types) {
        return sdp(types, "1");
    }

    private String sdp(String types, String cryptoTag) {
        return "v=0\r\no=- 1 1 IN IP4 " + BenchConfig.HOST + "\r\ns=-\r\nc=IN IP4 " + BenchConfig.HOST
                + "\r\nt=0 0\r\nm=audio " + sinkPort + " " + (secure ? "RTP/SAVP " : "RTP/AVP ") + types
                + " 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
                + "a=rtpmap:9 G722/8000\r\na=rtpmap:107 opus/48000/2\r\na=fmtp:107 useinbandfec=1\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\n"
                + (secure ? "a=crypto:" + cryptoTag + " " + SUITE + " inline:" + SRTP_KEY + "\r\n" : "")
                + "a=sendrecv\r\n";
    }

    private static final String SUITE = "AES_CM_128_HMAC_SHA1_80";
    private static final Pattern OFFERED = Pattern.compile("a=crypto:([0-9]+) " + SUITE + " ");

    /** The key of everything that the generators send: 16 bytes of key, 14 of salt. */
    static final String SRTP_KEY = "YmVuY2ggb25seSwgbm90IHNlY3JldCBhdCBhbGwh";

    private static final long PATIENCE_MS = 5_000;
}
