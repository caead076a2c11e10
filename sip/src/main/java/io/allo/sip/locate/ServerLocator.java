package io.allo.sip.locate;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One lookup by RFC 3263: from a URI to the servers that answer for it. Numeric hosts are located at once; names by NAPTR, SRV and
 * address records, each kind asked for together and the next only when all of it has been answered. Owned by the SIP loop. The driver
 * answers every question, with {@link DnsAnswer#FAILED} if need be; it is the DNS client that has a timeout.
 */
public final class ServerLocator {
    /** The steps, in the RFC's order; a URI enters where it leaves the least open. */
    enum State {
        NEW,
        NAPTR,
        SRV,
        ADDRESS,
        DONE
    }

    /** How many services and hosts one lookup follows. */
    static final int MAX_TARGETS = 32;

    /** A name of SRV records and the transport that they are for. */
    private record Service(String transport, String name) {}

    /** A host, by name or number, with its transport and port. */
    private record Host(String transport, String name, int port) {}

    private final SipUri uri;
    private final LocatorSettings settings;
    private final RandomSource random;
    private final HostPort target;
    private final Map<DnsQuestion, DnsAnswer> answers = new HashMap<>();
    private final Set<DnsQuestion> waiting = new HashSet<>();
    private List<Service> services = List.of();
    private List<Host> hosts = List.of();
    private State state = State.NEW;

    /** {@code uri} is where the request goes next: its topmost Route, or its Request-URI. */
    public ServerLocator(SipUri uri, LocatorSettings settings, RandomSource random) {
        this.uri = uri;
        this.settings = settings;
        this.random = random;
        this.target = target(uri);
    }

    /** Begins; ends at once where nothing has to be asked. */
    public void start(Outbox<LocateEvent> out) {
        if (state != State.NEW) {
            throw new IllegalStateException("started before");
        }
        String named = uri.transport();
        String transport = named == null ? null : transportOf(named);
        if (named != null && (transport == null || !settings.speaks(transport))) {
            fail("transport " + named + " of " + uri + " is not spoken", out);
        } else if (target.isAddress() || target.port() >= 0) {
            String used = transport == null ? defaultTransport() : transport;
            if (!settings.speaks(used)) {
                fail("transport " + used + " of " + uri + " is not spoken", out);
                return;
            }
            lookUpHosts(List.of(new Host(used, target.host(), target.portOr(defaultPort(used)))), out);
        } else if (transport == null) {
            state = State.NAPTR;
            ask(new DnsQuestion(target.host(), DnsQuestion.Type.NAPTR), out);
        } else {
            lookUpServices(List.of(new Service(transport, serviceName(transport))), out);
        }
    }

    /** What the DNS said to a question of ours; answers to others are ignored. */
    public void answer(DnsQuestion question, DnsAnswer answer, Outbox<LocateEvent> out) {
        if (!waiting.remove(question)) {
            return;
        }
        answers.put(question, answer);
        if (!waiting.isEmpty()) {
            return;
        }
        switch (state) {
            case NAPTR -> lookUpServices(servicesFrom(answer), out);
            case SRV -> hostsFromServices(out);
            case ADDRESS -> finish(out);
            case NEW, DONE -> throw new AssertionError("answer awaited in " + state);
        }
    }

    /** Whether the lookup has ended. */
    public boolean isDone() {
        return state == State.DONE;
    }

    /** RFC 3263 4.1: the services that the NAPTR records name, or, without any, those of each transport we speak. */
    private List<Service> servicesFrom(DnsAnswer naptr) {
        var found = new ArrayList<Service>();
        for (DnsRecord.Naptr record : ServiceOrder.naptr(naptr.records())) {
            String transport = transportOfService(record.service());
            if (transport != null
                    && settings.speaks(transport)
                    && isAllowed(transport)
                    && record.flags().equalsIgnoreCase("s")
                    && found.size() < MAX_TARGETS) {
                found.add(new Service(transport, record.replacement()));
            }
        }
        if (found.isEmpty()) {
            for (String transport : settings.transports()) {
                if (isAllowed(transport) && !isWebSocket(transport)) {
                    found.add(new Service(transport, serviceName(transport)));
                }
            }
        }
        return found;
    }

    private void lookUpServices(List<Service> wanted, Outbox<LocateEvent> out) {
        if (wanted.isEmpty()) {
            fail("no transport that we speak serves " + uri, out);
            return;
        }
        services = wanted;
        state = State.SRV;
        var questions = new LinkedHashSet<DnsQuestion>();
        services.forEach(service -> questions.add(srvQuestion(service)));
        questions.forEach(question -> ask(question, out));
    }

    /** RFC 3263 4.2: the hosts that the SRV records name, or, without any, the target itself. */
    private void hostsFromServices(Outbox<LocateEvent> out) {
        var found = new ArrayList<Host>();
        boolean refused = false;
        for (Service service : services) {
            for (DnsRecord.Srv srv :
                    ServiceOrder.srv(answerTo(srvQuestion(service)).records(), random)) {
                refused |= srv.target().isEmpty();
                if (!srv.target().isEmpty() && found.size() < MAX_TARGETS) {
                    found.add(new Host(service.transport(), srv.target().toLowerCase(Locale.ROOT), srv.port()));
                }
            }
        }
        if (found.isEmpty() && refused) {
            fail("the DNS says that " + target.host() + " offers no SIP", out);
            return;
        }
        if (found.isEmpty()) {
            String transport = uri.transport() == null
                    ? defaultTransport()
                    : services.get(0).transport();
            found.add(new Host(transport, target.host(), defaultPort(transport)));
        }
        lookUpHosts(found, out);
    }

    private void lookUpHosts(List<Host> wanted, Outbox<LocateEvent> out) {
        hosts = wanted;
        state = State.ADDRESS;
        var questions = new LinkedHashSet<DnsQuestion>();
        for (Host host : hosts) {
            if (!HostPort.of(host.name()).isAddress()) {
                addressTypes().forEach(type -> questions.add(new DnsQuestion(host.name(), type)));
            }
        }
        questions.forEach(question -> ask(question, out));
        if (questions.isEmpty()) {
            finish(out);
        }
    }

    private void finish(Outbox<LocateEvent> out) {
        var servers = new LinkedHashSet<ServerAddress>();
        for (Host host : hosts) {
            for (String address : addressesOf(host.name())) {
                servers.add(new ServerAddress(host.transport(), new HostPort(address, host.port()), target.host()));
            }
        }
        if (servers.isEmpty()) {
            boolean failed = answers.values().stream().anyMatch(DnsAnswer::failed);
            fail((failed ? "the DNS gave no answer for " : "the DNS has no address for ") + target.host(), out);
            return;
        }
        state = State.DONE;
        out.add(new LocateEvent.Located(List.copyOf(servers)));
    }

    private List<String> addressesOf(String name) {
        HostPort host = HostPort.of(name);
        if (host.isAddress()) {
            boolean usable = host.isIpv6() ? settings.ipv6() : settings.ipv4();
            return usable ? List.of(host.host()) : List.of();
        }
        var addresses = new ArrayList<String>();
        for (DnsQuestion.Type type : addressTypes()) {
            for (DnsRecord record : answerTo(new DnsQuestion(name, type)).records()) {
                if (record instanceof DnsRecord.Address address) {
                    addresses.add(address.address());
                }
            }
        }
        return addresses;
    }

    private List<DnsQuestion.Type> addressTypes() {
        if (!settings.ipv4() || !settings.ipv6()) {
            return List.of(settings.ipv4() ? DnsQuestion.Type.A : DnsQuestion.Type.AAAA);
        }
        return settings.preferIpv6()
                ? List.of(DnsQuestion.Type.AAAA, DnsQuestion.Type.A)
                : List.of(DnsQuestion.Type.A, DnsQuestion.Type.AAAA);
    }

    private void ask(DnsQuestion question, Outbox<LocateEvent> out) {
        waiting.add(question);
        out.add(new LocateEvent.AskDns(question));
    }

    private DnsAnswer answerTo(DnsQuestion question) {
        return answers.getOrDefault(question, DnsAnswer.NONE);
    }

    private void fail(String reason, Outbox<LocateEvent> out) {
        state = State.DONE;
        out.add(new LocateEvent.NotLocated(reason));
    }

    /** Where nothing names one: UDP, over TLS for sips, or the first that we do speak. RFC 3263 4.1. */
    private String defaultTransport() {
        if (uri.secure()) {
            return Flow.TLS;
        }
        return settings.speaks(Flow.UDP) || settings.transports().isEmpty()
                ? Flow.UDP
                : settings.transports().get(0);
    }

    /** The transport that a {@code transport} parameter names; null for one that is unknown, or that sips forbids. */
    private @Nullable String transportOf(String parameter) {
        return switch (parameter.toLowerCase(Locale.ROOT)) {
            case "udp" -> uri.secure() ? null : Flow.UDP;
            case "tcp" -> uri.secure() ? Flow.TLS : Flow.TCP;
            case "tls" -> Flow.TLS;
            case "ws" -> uri.secure() ? Flow.WSS : Flow.WS;
            case "wss" -> Flow.WSS;
            default -> null;
        };
    }

    private boolean isAllowed(String transport) {
        return !uri.secure() || transport.equals(Flow.TLS) || transport.equals(Flow.WSS);
    }

    private DnsQuestion srvQuestion(Service service) {
        return new DnsQuestion(service.name(), DnsQuestion.Type.SRV);
    }

    private String serviceName(String transport) {
        String prefix = switch (transport) {
            case Flow.UDP -> "_sip._udp.";
            case Flow.TLS -> "_sips._tcp.";
            case Flow.WS -> "_sip._ws.";
            case Flow.WSS -> "_sips._ws.";
            default -> "_sip._tcp.";
        };
        return prefix + target.host();
    }

    private static @Nullable String transportOfService(String service) {
        return switch (service.toUpperCase(Locale.ROOT)) {
            case "SIP+D2U" -> Flow.UDP;
            case "SIP+D2T" -> Flow.TCP;
            case "SIPS+D2T" -> Flow.TLS;
            case "SIP+D2W" -> Flow.WS;
            case "SIPS+D2W" -> Flow.WSS;
            default -> null;
        };
    }

    /** RFC 3263 4: the {@code maddr} parameter if it is a host, otherwise the host. */
    private static HostPort target(SipUri uri) {
        String maddr = uri.parameters().value("maddr");
        if (maddr == null) {
            return uri.hostPort();
        }
        try {
            HostPort named = HostPort.parse(maddr);
            return named.port() < 0 ? named.withPort(uri.port()) : uri.hostPort();
        } catch (SipParseException e) {
            return uri.hostPort();
        }
    }

    private static boolean isWebSocket(String transport) {
        return transport.equals(Flow.WS) || transport.equals(Flow.WSS);
    }

    private static int defaultPort(String transport) {
        return switch (transport) {
            case Flow.TLS -> 5061;
            case Flow.WS -> 80;
            case Flow.WSS -> 443;
            default -> 5060;
        };
    }
}
