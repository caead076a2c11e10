package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.auth.Account;
import io.allo.sip.auth.Credentials;
import io.allo.sip.auth.DigestAnswer;
import io.allo.sip.auth.DigestSecret;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.registrar.AddressOfRecord;
import io.allo.sip.session.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests within a call, with the right Call-ID and tags, from the other end, from where it has moved, and from somebody who has read them. */
class DialogPeersTest {
    static final byte[] ANSWER = "v=0 answer".getBytes(StandardCharsets.US_ASCII);

    final World world = new World(3);
    final TestPolicy policy = new TestPolicy();
    final World.Agent allo = world.agent("192.0.2.1:5060", World.settings(HostPort.parse("192.0.2.1:5060")), policy);
    final World.Peer phone = world.peer(Script.PHONE);
    final World.Peer mallory = world.peer("192.0.2.66:5060");
    int number;

    private void carol(@Nullable Credentials credentials) {
        policy.aors.put("carol", AddressOfRecord.of("carol"));
        policy.endpoints.put(
                "carol",
                new EndpointProfile(
                        "carol", credentials, null, List.of("carol"), false, true, SessionSettings.DEFAULT, null));
    }

    private void carolWithPassword() {
        carol((user, realm) -> user.equals("carol") ? new DigestSecret.Password("secret") : null);
    }

    /** A call from the phone that is up. */
    private void call(String extra) {
        SipRequest invite = request("INVITE", 1, null, extra, "v=0 phone");
        phone.send(allo.address, invite);
        world.run(20);
        if (allo.all(UserAgentEvent.IncomingCall.class).isEmpty()) {
            phone.send(allo.address, signed(invite, last(phone), "secret"));
            world.run(20);
        }
        allo.command(new UserAgentCommand.Answer(session(), ANSWER, Headers.EMPTY));
        world.run(20);
        assertEquals(200, last(phone).status());
        phone.send(
                allo.address,
                request("ACK", last(phone).cseq().number(), last(phone).toTag(), "", ""));
        world.run(20);
        assertEquals(1, allo.all(UserAgentEvent.CallConfirmed.class).size());
    }

    private SessionId session() {
        return allo.last(UserAgentEvent.IncomingCall.class).session();
    }

    private static SipRequest request(String method, long cseq, @Nullable String toTag, String extra, String body) {
        return (SipRequest) World.parse(
                Script.request(method, "sip:bob@192.0.2.1", (int) cseq, "fromtag", toTag, "call-1", extra, body));
    }

    /** The same request of the call from somebody. */
    private SipRequest within(String method, String body) {
        number++;
        return request(method, 10 + number, last(phone).toTag(), "", body);
    }

    private SipResponse last(World.Peer peer) {
        return peer.received.stream()
                .filter(SipResponse.class::isInstance)
                .map(SipResponse.class::cast)
                .filter(response -> response.status() > 100)
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    private SipResponse ask(World.Peer peer, SipRequest request) {
        peer.send(allo.address, request);
        world.run(20);
        return last(peer);
    }

    private SipRequest signed(SipRequest request, SipResponse challenge, String password) {
        number++;
        var digest = new DigestAnswer(
                realm -> new Account("carol", new DigestSecret.Password(password)), RandomSource.seeded(number));
        return (SipRequest) World.parse(String.valueOf(digest.answer(request, challenge))
                .replaceFirst("branch=[^;\r]*", "branch=z9hG4bKsigned" + number)
                .replaceFirst(
                        "CSeq: \\d+",
                        "CSeq: "
                                + (request.method().name().equals("INVITE") && request.toTag() == null
                                        ? 2
                                        : 100 + number)));
    }

    private void assertUp() {
        assertTrue(allo.all(UserAgentEvent.CallHungUp.class).isEmpty(), "the call is up");
        assertTrue(allo.all(UserAgentEvent.OfferReceived.class).isEmpty(), "its sound is where it was");
        assertTrue(allo.all(UserAgentEvent.InfoReceived.class).isEmpty(), "no key was pressed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BYE", "INVITE", "UPDATE", "INFO", "PRACK"})
    void aStrangerWhoKnowsTheTagsIsAskedForThePassword(String method) {
        carolWithPassword();
        call("");
        SipRequest request = within(method, method.equals("BYE") ? "" : "v=0 mine");
        SipResponse challenge = ask(mallory, request);
        assertEquals(401, challenge.status());
        assertEquals(401, ask(mallory, signed(request, challenge, "guess")).status());
        assertUp();
        var refused = allo.last(UserAgentEvent.RequestRefused.class);
        assertEquals("wrong password", refused.why());
        assertEquals(
                "from another address than its call",
                allo.all(UserAgentEvent.RequestRefused.class).getFirst().why());
        assertEquals(
                Admission.WRONG_PASSWORD,
                allo.last(UserAgentEvent.Knocked.class).admission());
        assertEquals(200, ask(phone, within("BYE", "")).status());
    }

    @Test
    void thePhoneThatMovedProvesItselfAndGoesOn() {
        carolWithPassword();
        call("");
        SipRequest update = within("UPDATE", "v=0 moved");
        mallory.send(allo.address, signed(update, ask(mallory, update), "secret"));
        world.run(20);
        var offer = allo.last(UserAgentEvent.OfferReceived.class);
        allo.command(new UserAgentCommand.AnswerOffer(offer.session(), ANSWER));
        world.run(20);
        assertEquals(200, last(mallory).status());
        // from now on it is there
        assertEquals(200, ask(mallory, within("BYE", "")).status());
        assertEquals(1, allo.all(UserAgentEvent.CallHungUp.class).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"BYE", "INVITE", "UPDATE", "INFO"})
    void whereThereIsNoPasswordThereIsNoSuchCall(String method) {
        carol(null);
        call("");
        assertEquals(481, ask(mallory, within(method, "")).status());
        assertUp();
        var knocked = allo.last(UserAgentEvent.Knocked.class);
        assertEquals(Admission.NOT_ALLOWED, knocked.admission());
        assertEquals("carol", knocked.user());
        assertEquals("from another address than its call", knocked.detail());
        assertEquals(200, ask(phone, within("BYE", "")).status());
    }

    @Test
    void anotherPortOfTheSameAddressIsTheSamePhone() {
        carolWithPassword();
        call("");
        assertEquals(200, ask(world.peer("192.0.2.9:40000"), within("BYE", "")).status());
    }

    @Test
    void anAddressWhereThePhoneHasRegisteredIsItsOwn() {
        carolWithPassword();
        call("");
        SipRequest register = (SipRequest)
                World.parse(Script.request("REGISTER", "sip:192.0.2.1", 1, "Contact: <sip:carol@192.0.2.66>\n")
                        .replace("sip:bob@", "sip:carol@")
                        .replace("call-1", "call-2"));
        assertEquals(
                200,
                ask(mallory, signed(register, ask(mallory, register), "secret")).status());
        assertEquals(200, ask(mallory, within("BYE", "")).status());
    }

    @Test
    void theConfigurationMayNameFurtherAddresses() {
        carol(null);
        call("");
        policy.configuredHost = "192.0.2.66";
        assertEquals(200, ask(mallory, within("BYE", "")).status());
    }

    @Test
    void proxiesOnTheWayAndTheContactSpeakForThePhone() {
        carol(null);
        call("Record-Route: <sip:192.0.2.77;lr>\nContact: <sip:carol@192.0.2.88>\n");
        assertEquals(481, ask(mallory, within("BYE", "")).status());
        assertEquals(200, ask(world.peer("192.0.2.77:5060"), within("INFO", "")).status());
        assertEquals(200, ask(world.peer("192.0.2.88:5060"), within("BYE", "")).status());
    }

    @Test
    void aCallIsNotCalledOffFromElsewhere() {
        carol(null);
        SipRequest invite = request("INVITE", 1, null, "", "v=0 phone");
        phone.send(allo.address, invite);
        world.run(20);
        allo.command(new UserAgentCommand.Ring(session(), 180, null, null, Headers.EMPTY));
        world.run(20);
        var cancel = (SipRequest) World.parse(invite.withoutBody()
                .toString()
                .replace("INVITE sip:", "CANCEL sip:")
                .replace("1 INVITE", "1 CANCEL"));
        assertEquals(481, ask(mallory, cancel).status());
        assertUp();
        assertEquals(
                Admission.NOT_ALLOWED, allo.last(UserAgentEvent.Knocked.class).admission());
        phone.send(allo.address, cancel);
        world.run(20);
        assertTrue(phone.received.stream().anyMatch(m -> m instanceof SipResponse r && r.status() == 487));
    }

    @Test
    void anAckFromElsewhereMovesNoSound() {
        carol(null);
        SipRequest invite = request("INVITE", 1, null, "", "");
        phone.send(allo.address, invite);
        world.run(20);
        allo.command(new UserAgentCommand.Answer(session(), ANSWER, Headers.EMPTY));
        world.run(20);
        String tag = last(phone).toTag();
        mallory.send(allo.address, request("ACK", 1, tag, "", "v=0 mine"));
        world.run(20);
        assertTrue(allo.all(UserAgentEvent.CallConfirmed.class).isEmpty());
        phone.send(allo.address, request("ACK", 1, tag, "", "v=0 phone"));
        world.run(20);
        byte[] sdp = allo.last(UserAgentEvent.CallConfirmed.class).sdp();
        assertEquals("v=0 phone", new String(sdp == null ? new byte[0] : sdp, StandardCharsets.US_ASCII));
    }

    @Test
    void whoIsCalledIsAskedTooWhenItSpeaksFromElsewhere() {
        carolWithPassword();
        var from = NameAddress.of(SipUri.parse("sip:allo@192.0.2.1"));
        var profile =
                new OutgoingProfile(from, OutgoingProfile.NO_ACCOUNTS, SessionSettings.DEFAULT, null, false, "carol");
        phone.reaction = message -> {
            if (message instanceof SipRequest request && request.method().name().equals("INVITE")) {
                phone.send(allo.address, Script.response(request, 200, "there", true));
            }
        };
        var id = new SessionId(1);
        allo.command(new UserAgentCommand.PlaceCall(
                id, CallTarget.of(SipUri.parse("sip:carol@192.0.2.9")), profile, ANSWER, Headers.EMPTY));
        world.run(50);
        assertEquals(1, allo.all(UserAgentEvent.CallAnswered.class).size());
        var invite = (SipRequest) phone.received.getFirst();
        SipRequest bye = (SipRequest) World.parse(
                Script.request("BYE", "sip:allo@192.0.2.1", 7, "there", invite.fromTag(), invite.callId(), "", "")
                        .replace("<sip:bob@192.0.2.1>", "<sip:allo@192.0.2.1>"));
        SipResponse challenge = ask(mallory, bye);
        assertEquals(401, challenge.status());
        assertUp();
        assertEquals(200, ask(mallory, signed(bye, challenge, "secret")).status());
        assertEquals(1, allo.all(UserAgentEvent.CallHungUp.class).size());
    }
}
