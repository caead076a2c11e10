package io.allo.sip.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a binding is reached: through NAT (RFC 3261 section 10.3, RFC 3581), by Path (RFC 3327), after restarts and lost connections. */
class RegistrarReachTest extends RegistrarScene {
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
        assertEquals(List.of("restored sip:alice@192.0.2.9:5062"), drain());
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
        assertEquals(
                List.of(
                        "restored sip:alice@10.0.0.5;transport=tcp",
                        "removed sip:alice@dfgh.invalid;transport=ws FLOW_CLOSED"),
                drain());
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
    void operatorCanRemoveOneWhichIsRemovedOnce() {
        configure(alice().withMaxContacts(2, false, false));
        send(register("<sip:a@10.0.0.5>", "<sip:b@10.0.0.5>"));
        Binding first = registrar.location("alice").bindings().get(0);
        out.clear();
        registrar.remove(first, out);
        registrar.remove(first, out);
        assertEquals(List.of("removed sip:a@10.0.0.5 COMMANDED"), drain());
        assertEquals(List.of("sip:b@10.0.0.5"), contacts());
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
