package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.flow.Flow;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import io.allo.sip.registrar.AddressOfRecord;
import io.allo.sip.registrar.Binding;
import io.allo.sip.registrar.ContactStatus;
import io.allo.sip.registrar.RegistrarEvent;
import io.allo.sip.session.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** REGISTER through the door: bindings, calls to them over the flow they came on, the watch over them. */
class RegistrationTest {
    final World world = new World(5);
    final TestPolicy policy = new TestPolicy();
    final World.Agent allo = world.agent("192.0.2.1:5060", World.settings(HostPort.parse("192.0.2.1:5060")), policy);
    final World.Peer phone = world.peer(Script.PHONE);

    RegistrationTest() {
        policy.aors.put("carol", AddressOfRecord.of("carol").withQualify(60, 3000, false));
        policy.endpoints.put("carol", profile(false, List.of("carol")));
    }

    static EndpointProfile profile(boolean rewrite, List<String> aors) {
        return new EndpointProfile("carol", null, null, aors, rewrite, true, SessionSettings.DEFAULT, null);
    }

    static String register(int cseq, String contact) {
        return Script.request("REGISTER", "sip:192.0.2.1", cseq, "Contact: " + contact + "\nExpires: 600\n")
                .replace("To: <sip:bob@", "To: <sip:carol@");
    }

    void send(String text) {
        phone.send(allo.address, text);
        world.run(20);
    }

    Binding bound() {
        RegistrarEvent event = allo.last(UserAgentEvent.BindingChanged.class).event();
        return assertInstanceOf(RegistrarEvent.BindingAdded.class, event).binding();
    }

    @Test
    void aPhoneRegistersIsAskedAtOnceAndLeaves() {
        phone.reaction = message -> {
            if (message instanceof SipRequest request && request.method().is("OPTIONS")) {
                phone.send(allo.address, Script.response(request, 200, "q", false));
            }
        };
        send(register(1, "<sip:carol@192.0.2.9>"));
        assertTrue(phone.response(200).headers().first("Contact").contains("expires=600"));
        assertEquals("carol", bound().aor());
        world.run(100);
        var status = allo.last(UserAgentEvent.ContactStatusChanged.class);
        assertEquals(
                2 * World.MS,
                assertInstanceOf(ContactStatus.Reachable.class, status.status()).roundTripNanos());
        world.cutOff(phone.address);
        world.run(70_000);
        assertInstanceOf(
                ContactStatus.Unreachable.class,
                allo.last(UserAgentEvent.ContactStatusChanged.class).status());
        send(register(2, "*").replace("Expires: 600", "Expires: 0"));
        assertInstanceOf(
                RegistrarEvent.BindingRemoved.class,
                allo.last(UserAgentEvent.BindingChanged.class).event());
        world.run(400_000);
        assertEquals(new UserAgent.Holdings(0, 0, 0, 0, 0, 0), allo.ua.holdings());
    }

    @Test
    void onlyOnesOwnAddressOfRecordCanBeRegistered() {
        send(register(1, "<sip:carol@192.0.2.9>").replace("To: <sip:carol@", "To: <sip:dave@"));
        phone.response(404);
        policy.endpoints.put("carol", profile(false, List.of()));
        send(register(2, "<sip:carol@192.0.2.9>"));
        phone.response(403);
        assertTrue(allo.all(UserAgentEvent.BindingChanged.class).isEmpty());
    }

    @Test
    void anExpiredBindingIsTold() {
        send(register(1, "<sip:carol@192.0.2.9>"));
        world.run(601_000);
        var removed = assertInstanceOf(
                RegistrarEvent.BindingRemoved.class,
                allo.last(UserAgentEvent.BindingChanged.class).event());
        assertEquals(RegistrarEvent.Reason.EXPIRED, removed.reason());
    }

    private void call(Binding binding) {
        allo.command(new UserAgentCommand.PlaceCall(
                new SessionId(1),
                new CallTarget(binding.target(), null, List.of(), binding.flow(), null),
                OutgoingProfile.of(NameAddress.parse("<sip:allo@192.0.2.1>")),
                "v=0".getBytes(StandardCharsets.US_ASCII),
                Headers.EMPTY));
        world.run(20);
    }

    @Test
    void aPhoneBehindNatIsCalledWhereItWasSeen() {
        policy.endpoints.put("carol", profile(true, List.of("carol")));
        send(register(1, "<sip:carol@10.0.0.7:5099>"));
        call(bound());
        assertEquals("sip:carol@192.0.2.9:5060", phone.request("INVITE").uri().toString());
        phone.send(allo.address, Script.response(phone.request("INVITE"), 486, "b", false));
        world.run(20);
    }

    @Test
    void aPhoneIsCalledOverTheConnectionItRegisteredOver() {
        policy.endpoints.put("carol", profile(true, List.of("carol")));
        Flow connection = phone.connect(allo, Flow.TCP);
        SipMessage register = World.parse(
                register(1, "<sip:carol@10.0.0.7:5099;transport=tcp>").replace("SIP/2.0/UDP", "SIP/2.0/TCP"));
        phone.sendOver(connection, register);
        world.run(20);
        Binding binding = bound();
        call(binding);
        SipRequest invite = phone.request("INVITE");
        assertEquals(connection, phone.flows.get(phone.flows.size() - 1));
        assertEquals("SIP/2.0/TCP", invite.headers().first("Via").substring(0, 11));
        assertEquals("<sip:allo@192.0.2.1:5060;transport=tcp>", invite.headers().first("Contact"));
        phone.sendOver(connection, Script.response(invite, 200, "t", true));
        world.run(20);
        assertEquals(connection, phone.flows.get(phone.flows.size() - 1));
        assertEquals(1, phone.requests("ACK").size());
        world.disconnect(connection);
        world.run(20);
        var removed = assertInstanceOf(
                RegistrarEvent.BindingRemoved.class,
                allo.last(UserAgentEvent.BindingChanged.class).event());
        assertEquals(RegistrarEvent.Reason.FLOW_CLOSED, removed.reason());
        allo.command(new UserAgentCommand.HangUp(new SessionId(1), null));
        world.run(200_000);
        assertEquals(0, allo.ua.holdings().sessions());
    }

    @Test
    void bindingsComeBackAfterARestart() {
        send(register(1, "<sip:carol@192.0.2.9>"));
        Binding binding = bound();
        World.Agent again = world.agent("192.0.2.8:5060", World.settings(HostPort.parse("192.0.2.8:5060")), policy);
        again.command(new UserAgentCommand.RestoreBindings(List.of(binding)));
        assertEquals(1, again.ua.holdings().bindings());
        again.command(new UserAgentCommand.Qualify("carol"));
        world.run(20);
        assertEquals("192.0.2.8", phone.request("OPTIONS").topVia().sentBy().host());
        again.command(new UserAgentCommand.RemoveBinding(binding));
        assertEquals(0, again.ua.holdings().bindings());
    }

    @Test
    void aReloadThatDropsAnAddressOfRecordDropsItsBindings() {
        send(register(1, "<sip:carol@192.0.2.9>"));
        var empty = new TestPolicy();
        allo.reconfigure(World.settings(allo.address), empty);
        var removed = assertInstanceOf(
                RegistrarEvent.BindingRemoved.class,
                allo.last(UserAgentEvent.BindingChanged.class).event());
        assertEquals(RegistrarEvent.Reason.AOR_GONE, removed.reason());
    }

    @Test
    void aStaticContactIsWatchedFromTheStart() {
        policy.aors.put(
                "trunk",
                AddressOfRecord.of("trunk")
                        .withQualify(60, 3000, false)
                        .withContacts(List.of(io.allo.sip.address.SipUri.parse("sip:192.0.2.9"))));
        allo.command(new UserAgentCommand.RestoreBindings(List.of()));
        world.run(61_000);
        assertEquals("sip:192.0.2.9", phone.request("OPTIONS").uri().toString());
    }
}
