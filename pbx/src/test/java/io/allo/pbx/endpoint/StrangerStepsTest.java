package io.allo.pbx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.allo.core.random.RandomSource;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.agent.SipListener;
import io.allo.sip.agent.UserAgent;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.agent.UserAgentSettings;
import io.allo.sip.auth.Account;
import io.allo.sip.auth.DigestAnswer;
import io.allo.sip.auth.DigestSecret;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipParser;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A user who exists, one whose access list shuts the asker out, and two kinds who do not exist are judged by the same steps: the same events in
 * the same order, the same answer, and as much memory asked for on the way, to within {@link #MOST_BYTES} (a header that is read for one of
 * them only costs 1,500, a stream of the collections library 300). What a clock would tell of it is printed, and asserted nowhere.
 */
class StrangerStepsTest {
    private static final HostPort ALLO = HostPort.parse("192.0.2.1:5060");

    /** All of one length, as names are echoed. */
    private static final List<String> KINDS = List.of("user", "shut", "none", "gone");

    private static final int EACH = 200;
    private static final int ROUNDS = 2_000;
    private static final long MOST_BYTES = 120;

    /** What one request cost. */
    private record Cost(long nanos, long bytes) {}

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Outbox<UserAgentEvent> out = new Outbox<>();
    private final List<UserAgentEvent> told = new ArrayList<>();
    private final Map<String, List<Cost>> costs = new TreeMap<>();
    private final Map<String, Set<String>> outcomes = new TreeMap<>();
    private final UserAgent agent = agent();
    private long now = 1_000_000_000L;
    private int number;

    private static UserAgent agent() {
        var text = new StringBuilder("[t]\ntype=transport\nbind=0.0.0.0\n");
        for (String kind : KINDS.subList(0, 2)) {
            for (int i = 100; i < 100 + EACH; i++) {
                String name = kind + i;
                text.append("[" + name + "]\ntype=auth\nusername=" + name + "\npassword=secret" + i + "\n")
                        .append("[" + name + "]\ntype=aor\nmax_contacts=3\n")
                        .append("[" + name + "]\ntype=endpoint\nallow=ulaw\nauth=" + name + "\naors=" + name + "\n")
                        .append(kind.equals("shut") ? "deny=0.0.0.0/0\n" : "permit=10.0.0.0/8\n");
            }
        }
        var parser = new ConfParser(ConfSource.of(Map.of("pjsip.conf", text.toString())));
        var conf = PjsipConf.read(parser.parse("pjsip.conf"), NamedAcls.NONE, problem -> {});
        return new UserAgent(
                UserAgentSettings.of(List.of(SipListener.of("udp", Flow.UDP, ALLO))),
                new PhonePolicy(new EndpointDirectory(conf)),
                nanos -> nanos / 1_000_000,
                RandomSource.seeded(1));
    }

    @Test
    void whoExistsIsJudgedByTheSameStepsAsWhoDoesNot() {
        var random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            String kind = KINDS.get(random.nextInt(KINDS.size()));
            String name = kind + (100 + i / 2 % EACH);
            String method = i % 2 == 0 ? "REGISTER" : "INVITE";
            var from = new Flow(Flow.UDP, ALLO, new HostPort("10." + (100 + i % 97) + ".100.100", 5060), 0);
            SipResponse challenge = ask(method + " question ", kind, request(method, name, from, ""), from);
            ask(method + " password ", kind, signed(method, name, from, challenge), from);
            if (i % 40 == 0) {
                later();
            }
        }
        for (String question : outcomes.keySet()) {
            assertEquals(1, outcomes.get(question).size(), () -> question + ": " + outcomes.get(question));
            long[] bytes = KINDS.stream()
                    .mapToLong(kind -> usual(costs.get(question + kind), true))
                    .toArray();
            long[] nanos = KINDS.stream()
                    .mapToLong(kind -> usual(costs.get(question + kind), false))
                    .toArray();
            System.out.println("figures: " + question + KINDS + " bytes " + list(bytes) + ", ns " + list(nanos));
            for (long each : bytes) {
                assertTrue(Math.abs(each - bytes[0]) <= MOST_BYTES, question + KINDS + ": " + list(bytes) + " bytes");
            }
        }
    }

    @Test
    void brokenCredentialsAreAnsweredAlike() {
        for (String broken :
                List.of("Digest username", "Digest", "Basic x", "@", "Digest username=\"x", "Digest a=,,b=")) {
            var answers = new HashSet<String>();
            for (String kind : KINDS) {
                var from = new Flow(Flow.UDP, ALLO, HostPort.parse("10.1.1.1:5060"), 0);
                String name = kind + "110";
                answers.add(shape(
                        ask(
                                "broken ",
                                kind,
                                request("REGISTER", name, from, "Authorization: " + broken + "\r\n"),
                                from),
                        name));
            }
            assertEquals(1, answers.size(), broken + ": " + answers);
        }
    }

    private SipRequest request(String method, String name, Flow from, String more) {
        number++;
        return (SipRequest) parse(method + " sip:192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + from.remote()
                + ";rport;branch=z9hG4bK" + (100_000 + number) + "\r\nFrom: <sip:" + name
                + "@192.0.2.1>;tag=a\r\nTo: <sip:"
                + name + "@192.0.2.1>\r\nCall-ID: c" + (100_000 + number) + "\r\nCSeq: 1 " + method
                + "\r\nContact: <sip:guest@10.1.1.1>\r\nMax-Forwards: 70\r\n" + more + "Content-Length: 0\r\n\r\n");
    }

    private SipRequest signed(String method, String name, Flow from, SipResponse challenge) {
        SipRequest request = request(method, name, from, "");
        var digest = new DigestAnswer(
                realm -> new Account(name, new DigestSecret.Password("wrong")), RandomSource.seeded(number));
        SipRequest signed = digest.answer(request, challenge);
        if (signed == null) {
            throw new AssertionError("not challenged: " + challenge);
        }
        return (SipRequest) parse(signed.toString());
    }

    /** Asks, and keeps what it cost and what came of it. */
    private SipResponse ask(String question, String kind, SipRequest request, Flow flow) {
        String bytes = request.toString();
        now += 1_000_000;
        told.clear();
        long thread = Thread.currentThread().threadId();
        long before = threads.getThreadAllocatedBytes(thread);
        long begin = System.nanoTime();
        agent.receive(flow, parse(bytes), now, out);
        long nanos = System.nanoTime() - begin;
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        out.drain(told::add);
        costs.computeIfAbsent(question + kind, k -> new ArrayList<>()).add(new Cost(nanos, allocated));
        String name = request.from().uri().toString().substring(4, 11);
        var shape = new StringBuilder();
        SipResponse answer = null;
        for (UserAgentEvent event : told) {
            shape.append(event.getClass().getSimpleName()).append(' ');
            if (event instanceof UserAgentEvent.Transmit transmit
                    && transmit.message() instanceof SipResponse response) {
                answer = response;
                shape.append(shape(response, name)).append(' ');
            }
        }
        outcomes.computeIfAbsent(question, k -> new HashSet<>()).add(shape.toString());
        if (answer == null) {
            throw new AssertionError(told.toString());
        }
        return answer;
    }

    /** Without what is different in any two. */
    private static String shape(SipResponse response, String name) {
        return response.toString()
                .replace(name, "NAME")
                .replaceAll("nonce=\"[^\"]*\"", "nonce")
                .replaceAll("tag=[^;\r]*", "tag")
                .replaceAll("(Via|Call-ID): [^\r]*", "$1");
    }

    /** Time passes: transactions end, failures are forgiven. */
    private void later() {
        now += 600_000_000_000L;
        agent.onDeadline(now, out);
        out.drain(event -> {});
    }

    /** The median of times; of memory the tenth in a hundred, as tables that grow add to some. Without the first half, which warms up. */
    private static long usual(List<Cost> costs, boolean bytes) {
        var warm = costs.subList(costs.size() / 2, costs.size());
        return warm.stream()
                .mapToLong(cost -> bytes ? cost.bytes() : cost.nanos())
                .sorted()
                .skip(bytes ? warm.size() / 10 : warm.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static String list(long[] values) {
        return java.util.Arrays.toString(values);
    }

    private static SipMessage parse(String text) {
        try {
            return SipParser.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (BadMessageException bad) {
            throw new AssertionError(text, bad);
        }
    }
}
