package io.allo.sip.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.registrar.RegistrarEvent.BindingAdded;
import io.allo.sip.registrar.RegistrarEvent.BindingRefreshed;
import io.allo.sip.registrar.RegistrarEvent.BindingRemoved;
import io.allo.sip.registrar.RegistrarEvent.BindingRestored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A registrar with alice and her phones, for the tests that extend it. */
abstract class RegistrarScene {
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Sat, 13 Nov 2010 23:29:00 GMT. */
    static final long EPOCH_MS = 1_289_690_940_000L;

    static final HostPort PBX = new HostPort("192.0.2.1", 5060);
    static final Flow UDP = new Flow(Flow.UDP, PBX, new HostPort("192.0.2.9", 5062), 1);
    static final Flow TCP = new Flow(Flow.TCP, PBX, new HostPort("192.0.2.9", 40_000), 2);
    static final Flow WSS = new Flow(Flow.WSS, PBX, new HostPort("192.0.2.9", 40_001), 3);
    static final Reception PLAIN = new Reception(UDP, false);

    final Map<String, AddressOfRecord> aors = new HashMap<>();
    final Set<String> dead = new HashSet<>();
    final Outbox<RegistrarEvent> out = new Outbox<>();
    Registrar registrar = registrar(RegistrarSettings.DEFAULT, EPOCH_MS);
    int cseq;

    RegistrarScene() {
        configure(AddressOfRecord.of("alice"));
    }

    Registrar registrar(RegistrarSettings settings, long epochMsAtZero) {
        return new Registrar(
                settings,
                aors::get,
                binding -> dead.contains(binding.contact().toString()),
                now -> epochMsAtZero + TimeUnit.NANOSECONDS.toMillis(now),
                RandomSource.seeded(1));
    }

    void configure(AddressOfRecord aor) {
        aors.put(aor.name(), aor);
    }

    static AddressOfRecord alice() {
        return AddressOfRecord.of("alice");
    }

    SipRequest register(String... contacts) {
        var headers = Headers.builder()
                .add("Via", "SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK1")
                .add("From", "<sip:alice@example.net>;tag=f")
                .add("To", "<sip:alice@example.net>")
                .add("Call-ID", "boot-1")
                .add("CSeq", ++cseq + " REGISTER")
                .add("User-Agent", "Phone 1.0");
        for (String contact : contacts) {
            headers.add("Contact", contact);
        }
        return new SipRequest(SipMethod.REGISTER, SipUri.parse("sip:example.net"), headers.build());
    }

    SipResponse send(SipRequest request) {
        return send(request, PLAIN, 0);
    }

    SipResponse send(SipRequest request, Reception reception, long now) {
        return registrar.register(request, "alice", reception, now, out);
    }

    List<String> drain() {
        var lines = new ArrayList<String>();
        out.drain(event -> lines.add(
                switch (event) {
                    case BindingAdded added -> "added " + added.binding().contact();
                    case BindingRestored restored ->
                        "restored " + restored.binding().target();
                    case BindingRefreshed refreshed ->
                        "refreshed " + refreshed.binding().contact();
                    case BindingRemoved removed ->
                        "removed " + removed.binding().contact() + " " + removed.reason();
                }));
        return lines;
    }

    List<String> contacts() {
        return registrar.location("alice").bindings().stream()
                .map(binding -> binding.contact().toString())
                .toList();
    }

    Binding only() {
        List<Binding> bindings = registrar.location("alice").bindings();
        assertEquals(1, bindings.size());
        return bindings.get(0);
    }
}
