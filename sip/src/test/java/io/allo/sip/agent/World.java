package io.allo.sip.agent;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.door.ConnectionLimits;
import io.allo.sip.door.Door;
import io.allo.sip.door.DoorSettings;
import io.allo.sip.door.FailureLimits;
import io.allo.sip.door.RateLimits;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.locate.DnsAnswer;
import io.allo.sip.locate.DnsQuestion;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipParser;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.message.SipWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A network in virtual time with agents and scripted peers on it, that may lose, double and delay datagrams by a seed. */
final class World {
    static final long MS = 1_000_000L;

    private record Step(long at, long order, Runnable action) {}

    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingLong(Step::order));
    private final Map<HostPort, Node> nodes = new HashMap<>();
    private final Map<DnsQuestion, DnsAnswer> dns = new HashMap<>();
    private final Map<Flow, Connection> connections = new HashMap<>();
    private final Set<HostPort> deaf = new HashSet<>();
    private final List<Agent> agents = new ArrayList<>();
    final RandomSource random;
    final List<String> trace = new ArrayList<>();
    long now = 1_000_000_000L;
    double loss;
    double doubling;
    long delayNanos = MS;
    long jitterNanos;
    Predicate<SipMessage> drop = message -> false;
    private long order;
    private long lastConnection;

    World(long seed) {
        random = RandomSource.seeded(seed);
    }

    private record Connection(Flow there, Node node) {}

    interface Node {
        void deliver(Flow flow, SipMessage message);
    }

    /** An agent at a UDP and TCP address, and what it told. */
    final class Agent implements Node {
        final HostPort address;
        final UserAgent ua;
        final List<UserAgentEvent> told = new ArrayList<>();
        final List<SipMessage> sent = new ArrayList<>();
        Consumer<UserAgentEvent> reaction = event -> {};
        private final Outbox<UserAgentEvent> out = new Outbox<>();

        final Door door;

        Agent(HostPort address, UserAgentSettings settings, UserAgentPolicy policy, DoorSettings doorSettings) {
            this.address = address;
            this.door = new Door(doorSettings, nanos -> nanos / MS);
            this.ua =
                    new UserAgent(settings, policy, door, nanos -> nanos / MS, RandomSource.seeded(random.nextLong()));
        }

        void command(UserAgentCommand command) {
            ua.command(command, now, out);
            drain();
        }

        @Override
        public void deliver(Flow flow, SipMessage message) {
            ua.receive(flow, message, now, out);
            drain();
        }

        void deadline() {
            ua.onDeadline(now, out);
            drain();
        }

        void flowClosed(Flow flow) {
            ua.flowClosed(flow, now, out);
            drain();
        }

        void reconfigure(UserAgentSettings settings, UserAgentPolicy policy) {
            ua.reconfigure(settings, policy, now, out);
            drain();
        }

        <T extends UserAgentEvent> T last(Class<T> type) {
            List<T> all = all(type);
            if (all.isEmpty()) {
                throw new AssertionError(
                        "no " + type.getSimpleName() + " among " + told + "\n" + String.join("\n", trace));
            }
            return all.get(all.size() - 1);
        }

        <T extends UserAgentEvent> List<T> all(Class<T> type) {
            return told.stream().filter(type::isInstance).map(type::cast).toList();
        }

        void drain() {
            out.drain(event -> {
                switch (event) {
                    case UserAgentEvent.Transmit t -> {
                        sent.add(t.message());
                        transmit(this, t.flow(), t.message());
                    }
                    case UserAgentEvent.OpenFlow o -> open(o);
                    case UserAgentEvent.CloseFlow c -> connections.remove(c.flow());
                    case UserAgentEvent.Resolve r -> {
                        DnsAnswer answer = dns.getOrDefault(r.question(), DnsAnswer.NONE);
                        at(now + delayNanos, () -> {
                            ua.resolved(r.question(), answer, now, out);
                            drain();
                        });
                    }
                    case UserAgentEvent.StepFailed f ->
                        throw new AssertionError(f.what() + "\n" + String.join("\n", trace), f.failure());
                    default -> {
                        told.add(event);
                        trace.add(stamp() + address + " told " + brief(event));
                        at(now, () -> reaction.accept(event));
                    }
                }
            });
        }

        private void open(UserAgentEvent.OpenFlow o) {
            if (o.transport().equals(Flow.UDP)) {
                ua.flowOpened(o.token(), new Flow(Flow.UDP, address, o.remote(), 0), now, out);
                return;
            }
            Node there = nodes.get(o.remote());
            if (there == null || deaf.contains(o.remote())) {
                at(now + delayNanos, () -> {
                    ua.flowFailed(o.token(), "refused", now, out);
                    drain();
                });
                return;
            }
            Flow mine = connect(this, address.host(), there, o.remote(), o.transport());
            at(now + delayNanos, () -> {
                ua.flowOpened(o.token(), mine, now, out);
                drain();
            });
        }
    }

    /** A scripted phone: keeps what it gets, sends what the test writes. */
    final class Peer implements Node {
        final HostPort address;
        final List<SipMessage> received = new ArrayList<>();
        final List<Flow> flows = new ArrayList<>();
        Consumer<SipMessage> reaction = message -> {};

        Peer(HostPort address) {
            this.address = address;
        }

        @Override
        public void deliver(Flow flow, SipMessage message) {
            received.add(message);
            flows.add(flow);
            reaction.accept(message);
        }

        /** Sends a message over UDP, line ends mended. */
        void send(HostPort to, String text) {
            SipMessage message = parse(text);
            transmit(this, new Flow(Flow.UDP, address, to, 0), message);
        }

        void send(HostPort to, SipMessage message) {
            transmit(this, new Flow(Flow.UDP, address, to, 0), message);
        }

        void sendOver(Flow flow, SipMessage message) {
            transmit(this, flow, message);
        }

        /** A connection to an agent. */
        Flow connect(Agent to, String transport) {
            return World.this.connect(this, address.host(), to, to.address, transport);
        }

        SipRequest request(String method) {
            List<SipRequest> all = requests(method);
            if (all.isEmpty()) {
                throw new AssertionError("no " + method + "\n" + String.join("\n", trace));
            }
            return all.get(all.size() - 1);
        }

        List<SipRequest> requests(String method) {
            return received.stream()
                    .filter(SipRequest.class::isInstance)
                    .map(SipRequest.class::cast)
                    .filter(r -> r.method().is(method))
                    .toList();
        }

        SipResponse response(int status) {
            List<SipResponse> all = responses(status);
            if (all.isEmpty()) {
                throw new AssertionError("no " + status + "\n" + String.join("\n", trace));
            }
            return all.get(all.size() - 1);
        }

        List<SipResponse> responses(int status) {
            return received.stream()
                    .filter(SipResponse.class::isInstance)
                    .map(SipResponse.class::cast)
                    .filter(r -> r.status() == status)
                    .toList();
        }
    }

    static SipMessage parse(String text) {
        return SipParser.parse(text.replace("\r", "").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** An agent whose door knows everybody. */
    Agent agent(String address, UserAgentSettings settings, UserAgentPolicy policy) {
        var open = new DoorSettings(RateLimits.NONE, FailureLimits.DEFAULT, ConnectionLimits.DEFAULT, anybody -> true);
        return agent(address, settings, policy, open);
    }

    Agent agent(String address, UserAgentSettings settings, UserAgentPolicy policy, DoorSettings door) {
        Agent agent = new Agent(HostPort.parse(address), settings, policy, door);
        agents.add(agent);
        nodes.put(agent.address, agent);
        return agent;
    }

    /** An agent with the RFC's timers, everybody welcome. */
    Agent agent(String address) {
        HostPort bound = HostPort.parse(address);
        return agent(address, settings(bound), new TestPolicy());
    }

    static UserAgentSettings settings(HostPort bound) {
        return UserAgentSettings.of(
                List.of(SipListener.of("udp", Flow.UDP, bound), SipListener.of("tcp", Flow.TCP, bound)));
    }

    Peer peer(String address) {
        Peer peer = new Peer(HostPort.parse(address));
        nodes.put(peer.address, peer);
        return peer;
    }

    void dns(String name, DnsQuestion.Type type, DnsAnswer answer) {
        dns.put(new DnsQuestion(name, type), answer);
    }

    /** Nothing reaches that address any more. */
    void cutOff(HostPort address) {
        deaf.add(address);
    }

    void at(long when, Runnable action) {
        steps.add(new Step(when, order++, action));
    }

    void after(long ms, Runnable action) {
        at(now + ms * MS, action);
    }

    /** Lets {@code ms} of virtual time pass. */
    void run(long ms) {
        long end = now + ms * MS;
        while (true) {
            Agent due = null;
            long deadline = Long.MAX_VALUE;
            for (Agent agent : agents) {
                if (agent.ua.deadlineNanos() < deadline) {
                    deadline = agent.ua.deadlineNanos();
                    due = agent;
                }
            }
            Step step = steps.peek();
            long next = step == null ? Long.MAX_VALUE : step.at();
            if (Math.min(next, deadline) > end) {
                now = end;
                return;
            }
            if (next <= deadline) {
                steps.remove();
                now = Math.max(now, next);
                step.action().run();
            } else {
                now = Math.max(now, deadline);
                due.deadline();
            }
        }
    }

    /** Breaks the connections of a node. */
    void disconnect(Flow flow) {
        Connection connection = connections.remove(flow);
        if (connection == null) {
            return;
        }
        connections.remove(connection.there());
        for (Agent agent : agents) {
            agent.flowClosed(connection.node() == agent ? connection.there() : flow);
        }
    }

    private Flow connect(Node from, String fromHost, Node to, HostPort toAddress, String transport) {
        long id = ++lastConnection;
        HostPort local = new HostPort(fromHost, 40_000 + (int) id);
        Flow mine = new Flow(transport, local, toAddress, id);
        Flow theirs = new Flow(transport, toAddress, local, id);
        connections.put(mine, new Connection(theirs, to));
        connections.put(theirs, new Connection(mine, from));
        return mine;
    }

    private void transmit(Node from, Flow flow, SipMessage message) {
        trace.add(stamp() + flow.local() + " -> " + flow.remote() + " " + flow.transport() + " " + message.startLine()
                + " | " + message.headers().first("CSeq"));
        if (drop.test(message)) {
            return;
        }
        byte[] bytes = SipWriter.toBytes(message);
        if (flow.isReliable()) {
            Connection connection = connections.get(flow);
            if (connection != null) {
                at(now + delayNanos, () -> connection.node().deliver(connection.there(), SipParser.parse(bytes)));
            }
            return;
        }
        Node there = nodes.get(flow.remote());
        if (there == null || deaf.contains(flow.remote())) {
            return;
        }
        int copies = chance(loss) ? 0 : chance(doubling) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long jitter = jitterNanos == 0 ? 0 : Math.floorMod(random.nextLong(), jitterNanos);
            Flow theirs = new Flow(Flow.UDP, flow.remote(), flow.local(), 0);
            at(now + delayNanos + jitter, () -> there.deliver(theirs, SipParser.parse(bytes)));
        }
    }

    private boolean chance(double probability) {
        return probability > 0 && random.nextInt(1_000_000) < probability * 1_000_000;
    }

    private String stamp() {
        return String.format("%10.3f ", (now - 1_000_000_000L) / 1e6);
    }

    private static String brief(UserAgentEvent event) {
        String text = event.toString().replace("\r\n", " | ");
        return text.length() > 160 ? text.substring(0, 160) + "..." : text;
    }
}
