package io.allo.sip.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** RFC 3261 section 10.3. */
class RegistrarTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Sat, 13 Nov 2010 23:29:00 GMT. */
    private static final long EPOCH_MS = 1_289_690_940_000L;

    private static final HostPort PBX = new HostPort("192.0.2.1", 5060);
    private static final Flow UDP = new Flow(Flow.UDP, PBX, new HostPort("192.0.2.9", 5062), 1);
    private static final Flow TCP = new Flow(Flow.TCP, PBX, new HostPort("192.0.2.9", 40_000), 2);
    private static final Flow WSS = new Flow(Flow.WSS, PBX, new HostPort("192.0.2.9", 40_001), 3);
    private static final Reception PLAIN = new Reception(UDP, false);

    private final Map<String, AddressOfRecord> aors = new HashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final Outbox<RegistrarEvent> out = new Outbox<>();
    private Registrar registrar = registrar(RegistrarSettings.DEFAULT, EPOCH_MS);
    private int cseq;

    RegistrarTest() {
        configure(AddressOfRecord.of("alice"));
    }

    private Registrar registrar(RegistrarSettings settings, long epochMsAtZero) {
        return new Registrar(
                settings,
                aors::get,
                binding -> dead.contains(binding.contact().toString()),
                now -> epochMsAtZero + TimeUnit.NANOSECONDS.toMillis(now),
                RandomSource.seeded(1));
    }

    private void configure(AddressOfRecord aor) {
        aors.put(aor.name(), aor);
    }

    private static AddressOfRecord alice() {
        return AddressOfRecord.of("alice");
    }

    private SipRequest register(String... contacts) {
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

    private SipResponse send(SipRequest request) {
        return send(request, PLAIN, 0);
    }

    private SipResponse send(SipRequest request, Reception reception, long now) {
        return registrar.register(request, "alice", reception, now, out);
    }

    private List<String> drain() {
        var lines = new ArrayList<String>();
        out.drain(event -> lines.add(
                switch (event) {
                    case BindingAdded added -> "added " + added.binding().contact();
                    case BindingRefreshed refreshed ->
                        "refreshed " + refreshed.binding().contact();
                    case BindingRemoved removed ->
                        "removed " + removed.binding().contact() + " " + removed.reason();
                }));
        return lines;
    }

    private List<String> contacts() {
        return registrar.location("alice").bindings().stream()
                .map(binding -> binding.contact().toString())
                .toList();
    }

    private Binding only() {
        List<Binding> bindings = registrar.location("alice").bindings();
        assertEquals(1, bindings.size());
        return bindings.get(0);
    }

    // Adding, refreshing, removing, fetching

    @Test
    void registrationAddsABindingAndTheAnswerListsIt() {
        SipResponse response = send(register("<sip:alice@10.0.0.5>;q=0.7;+sip.instance=\"<urn:uuid:1>\""));
        assertEquals(200, response.status());
        assertNotNull(response.toTag());
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;q=0.7;+sip.instance=\"<urn:uuid:1>\";expires=3600"),
                response.headers().all("Contact"));
        assertEquals("Sat, 13 Nov 2010 23:29:00 GMT", response.headers().first("Date"));
        assertEquals(List.of("added sip:alice@10.0.0.5"), drain());
    }

    @Test
    void bindingRemembersHowItCame() {
        send(register("<sip:alice@10.0.0.5>;+sip.instance=\"<urn:uuid:1>\""), PLAIN, 5 * SECOND);
        Binding binding = only();
        assertEquals("alice", binding.aor());
        assertEquals(UDP, binding.flow());
        assertEquals("boot-1", binding.callId());
        assertEquals(1, binding.cseq());
        assertEquals("Phone 1.0", binding.userAgent());
        assertEquals("<urn:uuid:1>", binding.instance());
        assertEquals(new HostPort("10.0.0.5", 5060), binding.viaAddress());
        assertEquals(3605 * SECOND, binding.deadlineNanos());
        assertEquals(EPOCH_MS + 3_605_000, binding.expiresAtMs());
        assertEquals(SipUri.parse("sip:alice@10.0.0.5"), binding.target());
    }

    @Test
    void registeringAgainRefreshesTheSameBinding() {
        send(register("<sip:alice@10.0.0.5>"));
        String id = only().id();
        out.clear();
        SipResponse response = send(register("<sip:alice@10.0.0.5>"), PLAIN, 10 * SECOND);
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;expires=3600"), response.headers().all("Contact"));
        assertEquals(List.of("refreshed sip:alice@10.0.0.5"), drain());
        assertEquals(id, only().id());
        assertEquals(3610 * SECOND, registrar.deadlineNanos());
        assertEquals(1, registrar.bindingCount());
    }

    @Test
    void contactsAreComparedAsUris() {
        configure(alice().withMaxContacts(5, false, false));
        send(register("<sip:alice@phone.example.net;transport=udp>"));
        send(register("<sip:alice@PHONE.example.net;transport=UDP>"));
        assertEquals(1, contacts().size());
        send(register("<sip:Alice@phone.example.net;transport=udp>"));
        send(register("<sip:alice@phone.example.net>"));
        assertEquals(3, contacts().size(), "the user's case and a transport parameter count");
    }

    @Test
    void fetchChangesNothing() {
        send(register("<sip:alice@10.0.0.5>"));
        out.clear();
        SipResponse response = send(register(), PLAIN, 100 * SECOND);
        assertEquals(200, response.status());
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;expires=3500"), response.headers().all("Contact"));
        assertEquals(List.of(), drain());
    }

    @Test
    void expiresZeroRemovesThatContact() {
        configure(alice().withMaxContacts(2, false, false));
        send(register("<sip:alice@10.0.0.5>", "<sip:alice@10.0.0.6>"));
        out.clear();
        SipResponse response = send(register("<sip:alice@10.0.0.5>;expires=0"));
        assertEquals(
                List.of("<sip:alice@10.0.0.6>;expires=3600"), response.headers().all("Contact"));
        assertEquals(List.of("removed sip:alice@10.0.0.5 UNREGISTERED"), drain());
        assertEquals(200, send(register("<sip:alice@10.0.0.99>;expires=0")).status(), "gone is gone");
        assertEquals(List.of(), drain());
    }

    @Test
    void expiresHeaderZeroRemovesToo() {
        send(register("<sip:alice@10.0.0.5>"));
        send(register("<sip:alice@10.0.0.5>").withHeader("Expires", "0"));
        assertEquals(List.of(), contacts());
        assertEquals(Long.MAX_VALUE, registrar.deadlineNanos());
        assertEquals(List.of(), List.copyOf(registrar.locations()));
    }

    @Test
    void starRemovesEverything() {
        configure(alice().withMaxContacts(2, false, false));
        send(register("<sip:alice@10.0.0.5>", "<sip:alice@10.0.0.6>"));
        out.clear();
        SipResponse response = send(register("*").withHeader("Expires", "0"));
        assertEquals(200, response.status());
        assertEquals(List.of(), response.headers().all("Contact"));
        assertEquals(
                List.of("removed sip:alice@10.0.0.5 UNREGISTERED", "removed sip:alice@10.0.0.6 UNREGISTERED"), drain());
    }

    @Test
    void starNeedsExpiresZeroAndNoCompany() {
        send(register("<sip:alice@10.0.0.5>"));
        assertEquals(400, send(register("*")).status());
        assertEquals(400, send(register("*").withHeader("Expires", "60")).status());
        assertEquals(
                400,
                send(register("*", "<sip:alice@10.0.0.6>").withHeader("Expires", "0"))
                        .status());
        assertEquals(1, contacts().size());
    }

    // Expiry

    @Test
    void parameterComesBeforeHeaderBeforeDefault() {
        configure(alice().withMaxContacts(3, false, false).withExpiration(1800, 60, 7200));
        SipRequest request =
                register("<sip:a@10.0.0.1>;expires=100", "<sip:b@10.0.0.2>").withHeader("Expires", "200");
        assertEquals(
                List.of("<sip:a@10.0.0.1>;expires=100", "<sip:b@10.0.0.2>;expires=200"),
                send(request).headers().all("Contact"));
        assertEquals(
                "<sip:c@10.0.0.3>;expires=1800",
                send(register("<sip:c@10.0.0.3>")).headers().all("Contact").get(2));
    }

    @Test
    void tooLongIsShortened() {
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;expires=7200"),
                send(register("<sip:alice@10.0.0.5>;expires=4294967296000"))
                        .headers()
                        .all("Contact"));
    }

    @Test
    void malformedExpiresCountsAsAnHour() {
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;expires=3600"),
                send(register("<sip:alice@10.0.0.5>;expires=soon")).headers().all("Contact"));
    }

    @Test
    void tooShortIs423AndChangesNothing() {
        configure(alice().withMaxContacts(2, false, false));
        SipResponse response = send(register("<sip:alice@10.0.0.6>", "<sip:alice@10.0.0.5>;expires=59"));
        assertEquals(423, response.status());
        assertEquals("60", response.headers().first("Min-Expires"));
        assertEquals(List.of(), contacts());
        assertEquals(List.of(), drain());
        assertEquals(200, send(register("<sip:alice@10.0.0.5>;expires=60")).status());
    }

    @Test
    void bindingExistsExactlyAsLongAsItsExpiry() {
        send(register("<sip:alice@10.0.0.5>;expires=60"));
        out.clear();
        assertEquals(60 * SECOND, registrar.deadlineNanos());
        registrar.onDeadline(60 * SECOND - 1, out);
        assertEquals(1, contacts().size());
        registrar.onDeadline(60 * SECOND, out);
        assertEquals(List.of("removed sip:alice@10.0.0.5 EXPIRED"), drain());
        assertEquals(0, registrar.bindingCount());
        assertEquals(Long.MAX_VALUE, registrar.deadlineNanos());
    }

    // Order

    @Test
    void requestThatCameTooLateFails() {
        SipRequest first = register("<sip:alice@10.0.0.5>");
        send(register("<sip:alice@10.0.0.5>"));
        out.clear();
        assertEquals(
                500,
                send(first.withHeader("Contact", "<sip:alice@10.0.0.5>;expires=0"))
                        .status());
        assertEquals(
                500,
                send(first.withHeader("Contact", "*").withHeader("Expires", "0"))
                        .status());
        assertEquals(500, send(first).status());
        assertEquals(List.of(), drain());
        assertEquals(1, contacts().size());
    }

    @Test
    void afterARebootTheCallIdIsAnotherAndTheNumberMayBeLower() {
        send(register("<sip:alice@10.0.0.5>"));
        send(register("<sip:alice@10.0.0.5>"));
        cseq = 0;
        assertEquals(
                200,
                send(register("<sip:alice@10.0.0.5>").withHeader("Call-ID", "boot-2"))
                        .status());
        assertEquals("boot-2", only().callId());
        assertEquals(1, only().cseq());
    }

    // How many

    @Test
    void secondContactIsRefusedWhereOneIsAllowed() {
        send(register("<sip:alice@10.0.0.5>"));
        out.clear();
        assertEquals(403, send(register("<sip:alice@10.0.0.6>")).status());
        assertEquals(List.of(), drain());
        assertEquals(List.of("sip:alice@10.0.0.5"), contacts());
    }

    @Test
    void maxContactsOfZeroCountsAsOne() {
        configure(alice().withMaxContacts(0, false, false));
        assertEquals(200, send(register("<sip:alice@10.0.0.5>")).status());
        assertEquals(403, send(register("<sip:alice@10.0.0.6>")).status());
    }

    @Test
    void removeExistingLetsTheOneThatExpiresFirstGo() {
        configure(alice().withMaxContacts(2, true, false));
        send(register("<sip:alice@10.0.0.5>;expires=600", "<sip:alice@10.0.0.6>;expires=300"));
        out.clear();
        assertEquals(200, send(register("<sip:alice@10.0.0.7>")).status());
        assertEquals(List.of("added sip:alice@10.0.0.7", "removed sip:alice@10.0.0.6 REPLACED"), drain());
        assertEquals(List.of("sip:alice@10.0.0.5", "sip:alice@10.0.0.7"), contacts());
        assertEquals(2, registrar.bindingCount());
    }

    @Test
    void moreAtOnceThanAllowedIsRefusedEvenThen() {
        configure(alice().withMaxContacts(1, true, false));
        assertEquals(
                403,
                send(register("<sip:alice@10.0.0.5>", "<sip:alice@10.0.0.6>")).status());
        assertEquals(List.of(), contacts());
    }

    @Test
    void removeUnavailableLetsOnlyTheDeadGo() {
        configure(alice().withMaxContacts(1, false, true));
        send(register("<sip:alice@10.0.0.5>"));
        out.clear();
        assertEquals(403, send(register("<sip:alice@10.0.0.6>")).status());
        dead.add("sip:alice@10.0.0.5");
        assertEquals(200, send(register("<sip:alice@10.0.0.6>")).status());
        assertEquals(List.of("added sip:alice@10.0.0.6", "removed sip:alice@10.0.0.5 UNAVAILABLE"), drain());
    }

    @Test
    void sameDeviceUnderAnotherAddressTakesItsOwnPlace() {
        String instance = ";+sip.instance=\"<urn:uuid:1>\"";
        send(register("<sip:alice@10.0.0.5>" + instance));
        out.clear();
        assertEquals(200, send(register("<sip:alice@10.9.9.9>" + instance)).status());
        assertEquals(List.of("added sip:alice@10.9.9.9", "removed sip:alice@10.0.0.5 REPLACED"), drain());
        assertEquals(
                403,
                send(register("<sip:alice@10.0.0.6>;+sip.instance=\"<urn:uuid:2>\""))
                        .status());
    }

    @Test
    void refreshIsNotRefusedAfterTheLimitWasLowered() {
        configure(alice().withMaxContacts(2, false, false));
        send(register("<sip:alice@10.0.0.5>", "<sip:alice@10.0.0.6>"));
        configure(alice());
        assertEquals(200, send(register("<sip:alice@10.0.0.5>")).status());
        assertEquals(2, contacts().size());
    }

    @Test
    void fullRegistrarSays503() {
        registrar = registrar(new RegistrarSettings(1), EPOCH_MS);
        configure(AddressOfRecord.of("bob"));
        registrar.register(register("<sip:bob@10.0.0.1>"), "bob", PLAIN, 0, out);
        out.clear();
        SipResponse response = send(register("<sip:alice@10.0.0.5>"));
        assertEquals(503, response.status());
        assertNotNull(response.headers().first("Retry-After"));
        assertEquals(List.of(), drain());
        assertEquals(
                200,
                registrar
                        .register(register("<sip:bob@10.0.0.1>"), "bob", PLAIN, 0, out)
                        .status(),
                "who is there may stay");
    }

    // What can't be registered

    @Test
    void unknownAddressOfRecordIs404() {
        assertEquals(
                404,
                registrar
                        .register(register("<sip:x@10.0.0.1>"), "nobody", PLAIN, 0, out)
                        .status());
    }

    @Test
    void extensionThatIsRequiredAndUnknownIs420() {
        SipResponse response = send(register("<sip:alice@10.0.0.5>").withHeader("Require", "path, gruu, outbound"));
        assertEquals(420, response.status());
        assertEquals(List.of("path", "gruu", "outbound"), response.headers().all("Unsupported"));
        configure(alice().withSupportPath(true));
        response = send(register("<sip:alice@10.0.0.5>").withHeader("Require", "path, gruu"));
        assertEquals(List.of("gruu"), response.headers().all("Unsupported"));
    }

    @Test
    void contactThatIsNoSipUriIs400() {
        assertEquals(400, send(register("<tel:+33123456789>")).status());
        assertEquals(400, send(register("<mailto:alice@example.net>")).status());
        assertEquals(400, send(register("<sip:alice@10.0.0.5")).status());
        assertEquals(List.of(), drain());
    }

    @Test
    void regIdIsPassedOver() {
        SipResponse response = send(register("<sip:alice@10.0.0.5>;reg-id=1;+sip.instance=\"<urn:uuid:1>\"")
                .withHeader("Supported", "path, outbound"));
        assertEquals(
                List.of("<sip:alice@10.0.0.5>;+sip.instance=\"<urn:uuid:1>\";expires=3600"),
                response.headers().all("Contact"));
        assertNull(response.headers().first("Require"));
    }

    // NAT

    @Test
    void rewrittenContactIsReachedWhereItWasSeenAndListedAsItWasWritten() {
        SipResponse response =
                send(register("<sip:alice@10.0.0.5:5060;transport=tcp;line=abc>"), new Reception(UDP, true), 0);
        assertEquals(
                List.of("<sip:alice@10.0.0.5:5060;transport=tcp;line=abc>;expires=3600"),
                response.headers().all("Contact"));
        assertEquals("sip:alice@192.0.2.9:5062;line=abc", only().target().toString());
    }

    @Test
    void rewritingNamesTheTransportOfAConnection() {
        send(register("<sip:alice@dfgh.invalid;transport=ws>"), new Reception(WSS, true), 0);
        assertEquals("sip:alice@192.0.2.9:40001;transport=wss", only().target().toString());
    }

    @Test
    void phoneWhosePublicPortChangesStaysOneBinding() {
        Flow moved = new Flow(Flow.UDP, PBX, new HostPort("192.0.2.9", 6000), 1);
        send(register("<sip:alice@10.0.0.5>"), new Reception(UDP, true), 0);
        String id = only().id();
        send(register("<sip:alice@10.0.0.5>").withHeader("Call-ID", "boot-2"), new Reception(moved, true), SECOND);
        assertEquals(id, only().id());
        assertEquals("sip:alice@192.0.2.9:6000", only().target().toString());
    }

    @Test
    void twoPhonesBehindDifferentNatsWithOnePrivateAddressAreTwo() {
        configure(alice().withMaxContacts(2, false, false));
        Flow elsewhere = new Flow(Flow.UDP, PBX, new HostPort("198.51.100.7", 5060), 1);
        send(register("<sip:alice@10.0.0.5>"), new Reception(UDP, true), 0);
        send(register("<sip:alice@10.0.0.5>").withHeader("Call-ID", "other-phone"), new Reception(elsewhere, true), 0);
        assertEquals(2, contacts().size());
        assertEquals(
                2, drain().stream().filter(line -> line.startsWith("added")).count());
        send(register("<sip:alice@10.0.0.5>;expires=0"), new Reception(UDP, true), 0);
        assertEquals("198.51.100.7", only().target().host());
    }

    // Path (RFC 3327)

    @Test
    void pathIsKeptWhereItIsSupportedAndShownToThoseWhoKnowIt() {
        configure(alice().withSupportPath(true));
        SipRequest request =
                register("<sip:alice@10.0.0.5>").withHeader("Path", "<sip:p1.example.net;lr>, <sip:p2.example.net;lr>");
        SipResponse response = send(request.withHeader("Supported", "path"));
        assertEquals(
                List.of("<sip:p1.example.net;lr>", "<sip:p2.example.net;lr>"),
                response.headers().all("Path"));
        assertEquals(List.of("<sip:p1.example.net;lr>", "<sip:p2.example.net;lr>"), only().path());
        SipRequest again = register("<sip:alice@10.0.0.5>").withHeader("Path", "<sip:p3.example.net;lr>");
        assertEquals(List.of(), send(again).headers().all("Path"));
        assertEquals(List.of("<sip:p3.example.net;lr>"), only().path());
    }

    @Test
    void pathIsLeftOutWhereItIsNotSupported() {
        send(register("<sip:alice@10.0.0.5>").withHeader("Path", "<sip:p1.example.net;lr>"));
        assertEquals(List.of(), only().path());
    }

    // Restart, connections, configuration

    @Test
    void bindingSurvivesARestartWithWhatIsLeftOfItsTime() {
        send(register("<sip:alice@10.0.0.5>"), new Reception(UDP, true), 0);
        Binding stored = only();
        out.clear();
        // Ten minutes later by the calendar, on another monotonic clock.
        registrar = registrar(RegistrarSettings.DEFAULT, EPOCH_MS + 600_000);
        registrar.restore(stored, 0, out);
        assertEquals(List.of(), drain());
        Binding restored = only();
        assertEquals(stored.id(), restored.id());
        assertEquals(stored.target(), restored.target());
        assertEquals(3000 * SECOND, restored.deadlineNanos());
        assertEquals(3000 * SECOND, registrar.deadlineNanos());
        cseq = 0;
        assertEquals(
                500,
                send(register("<sip:alice@10.0.0.5>"), new Reception(UDP, true), 0)
                        .status(),
                "old news");
        assertEquals(
                200,
                send(register("<sip:alice@10.0.0.5>"), new Reception(UDP, true), 0)
                        .status());
        assertEquals(List.of("refreshed sip:alice@10.0.0.5"), drain());
    }

    @Test
    void whatExpiredMeanwhileOrIsNoLongerConfiguredIsNotRestored() {
        send(register("<sip:alice@10.0.0.5>"));
        Binding stored = only();
        out.clear();
        registrar = registrar(RegistrarSettings.DEFAULT, EPOCH_MS + 3_600_000);
        registrar.restore(stored, 0, out);
        assertEquals(List.of("removed sip:alice@10.0.0.5 EXPIRED"), drain());
        registrar = registrar(RegistrarSettings.DEFAULT, EPOCH_MS);
        aors.clear();
        registrar.restore(stored, 0, out);
        assertEquals(List.of("removed sip:alice@10.0.0.5 AOR_GONE"), drain());
        assertEquals(0, registrar.bindingCount());
    }

    @Test
    void afterARestartTcpIsTriedAtTheContactItselfAndWebSocketsAreGone() {
        send(register("<sip:alice@10.0.0.5;transport=tcp>"), new Reception(TCP, true), 0);
        Binding tcp = only();
        send(register("*").withHeader("Expires", "0"), new Reception(TCP, true), 0);
        send(register("<sip:alice@dfgh.invalid;transport=ws>"), new Reception(WSS, true), 0);
        Binding web = only();
        out.clear();
        registrar = registrar(RegistrarSettings.DEFAULT, EPOCH_MS);
        registrar.restore(tcp, 0, out);
        registrar.restore(web, 0, out);
        assertEquals(List.of("removed sip:alice@dfgh.invalid;transport=ws FLOW_CLOSED"), drain());
        assertEquals("sip:alice@10.0.0.5;transport=tcp", only().target().toString());
    }

    @Test
    void closedConnectionTakesWithItWhatOnlyItCouldReach() {
        configure(alice().withMaxContacts(3, false, false));
        send(register("<sip:a@10.0.0.5;transport=tcp>"), new Reception(TCP, true), 0);
        send(register("<sip:b@10.0.0.5;transport=tcp>"), new Reception(TCP, false), 0);
        send(register("<sip:c@10.0.0.5;transport=ws>"), new Reception(WSS, false), 0);
        out.clear();
        registrar.flowClosed(TCP, out);
        assertEquals(List.of("removed sip:a@10.0.0.5;transport=tcp FLOW_CLOSED"), drain());
        registrar.flowClosed(WSS, out);
        assertEquals(List.of("removed sip:c@10.0.0.5;transport=ws FLOW_CLOSED"), drain());
        registrar.flowClosed(WSS, out);
        registrar.flowClosed(UDP, out);
        assertEquals(List.of(), drain());
        assertEquals(List.of("sip:b@10.0.0.5;transport=tcp"), contacts());
    }

    @Test
    void phoneThatRegisteredAgainOverANewConnectionDoesNotGoWithTheOldOne() {
        Flow next = new Flow(Flow.TCP, PBX, new HostPort("192.0.2.9", 40_002), 9);
        send(register("<sip:alice@10.0.0.5;transport=tcp>"), new Reception(TCP, true), 0);
        send(register("<sip:alice@10.0.0.5;transport=tcp>"), new Reception(next, true), 0);
        out.clear();
        registrar.flowClosed(TCP, out);
        assertEquals(List.of(), drain());
        registrar.flowClosed(next, out);
        assertEquals(List.of("removed sip:alice@10.0.0.5;transport=tcp FLOW_CLOSED"), drain());
    }

    @Test
    void bindingsOfWhatIsNoLongerConfiguredGo() {
        configure(AddressOfRecord.of("bob"));
        registrar.register(register("<sip:bob@10.0.0.1>"), "bob", PLAIN, 0, out);
        send(register("<sip:alice@10.0.0.5>"));
        out.clear();
        aors.remove("alice");
        registrar.directoryChanged(out);
        assertEquals(List.of("removed sip:alice@10.0.0.5 AOR_GONE"), drain());
        assertEquals(1, registrar.bindingCount());
    }

    @Test
    void operatorCanRemoveThem() {
        send(register("<sip:alice@10.0.0.5>"));
        out.clear();
        registrar.removeAll("alice", out);
        registrar.removeAll("nobody", out);
        assertEquals(List.of("removed sip:alice@10.0.0.5 COMMANDED"), drain());
    }

    @Test
    void bindingsNeverShareAnId() {
        configure(alice().withMaxContacts(2, false, false));
        send(register("<sip:a@10.0.0.5>", "<sip:b@10.0.0.5>"));
        List<Binding> bindings = registrar.location("alice").bindings();
        assertNotEquals(bindings.get(0).id(), bindings.get(1).id());
        assertTrue(bindings.get(0).id().length() > 8);
    }
}
