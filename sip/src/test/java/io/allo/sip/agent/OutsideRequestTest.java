package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.auth.Account;
import io.allo.sip.auth.DigestAnswer;
import io.allo.sip.auth.DigestSecret;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipParser;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.session.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests outside any dialog: what is answered, what is refused and how, and who has to prove a password. RFC 3261 section 8.2. */
class OutsideRequestTest {
    final World world = new World(4);
    final TestPolicy policy = new TestPolicy();
    final World.Agent allo = world.agent("192.0.2.1:5060", World.settings(HostPort.parse("192.0.2.1:5060")), policy);
    final World.Peer phone = world.peer(Script.PHONE);

    @AfterEach
    void nothingIsLeft() {
        allo.command(new UserAgentCommand.Shutdown(null));
        world.run(200_000);
        assertEquals(
                new UserAgent.Holdings(0, 0, 0, 0, 0, 0), allo.ua.holdings(), () -> String.join("\n", world.trace));
    }

    void send(String text) {
        phone.send(allo.address, text);
        world.run(20);
    }

    @Test
    void optionsSaysWhatWeCan() {
        policy.otherwise = null;
        send(Script.request("OPTIONS", "sip:192.0.2.1", 1, ""));
        SipResponse ok = phone.response(200);
        assertTrue(ok.headers().hasToken("Allow", "UPDATE"));
        assertTrue(ok.headers().hasToken("Accept", "application/sdp"));
        assertTrue(ok.headers().hasToken("Supported", "100rel"));
        assertEquals("allo", ok.headers().first("Server"));
        assertNotNull(ok.toTag());
    }

    @ParameterizedTest
    @CsvSource({
        "WINK, 501",
        "MESSAGE, 405",
        "REFER, 405",
        "SUBSCRIBE, 489",
        "PUBLISH, 489",
        "NOTIFY, 481",
        "INFO, 481",
        "BYE, 481",
        "UPDATE, 481",
        "PRACK, 481"
    })
    void whatWeDoNotDoIsRefused(String method, int status) {
        send(Script.request(method, "sip:bob@192.0.2.1", 1, "Event: presence\nRAck: 1 1 INVITE\n"));
        SipResponse refusal = phone.response(status);
        assertEquals(status == 405 || status == 501, refusal.headers().hasToken("Allow", "INVITE"));
    }

    @Test
    void aDialogThatIsNoneIs481() {
        send(Script.request("INVITE", "sip:bob@192.0.2.1", 1, "f", "t", "gone", "", "v=0"));
        send(Script.request("OPTIONS", "sip:bob@192.0.2.1", 2, "f", "t", "gone", "", ""));
        assertEquals(2, phone.responses(481).size());
    }

    @Test
    void extensionsThatWeDoNotKnowAreNamed() {
        send(Script.invite(1, "Require: 100rel, resource-priority\n"));
        assertEquals("resource-priority", phone.response(420).headers().first("Unsupported"));
    }

    @Test
    void schemesBodiesAndHopsAreChecked() {
        send(Script.invite(1, "").replace("INVITE sip:bob@192.0.2.1 ", "INVITE http://example.com "));
        phone.response(416);
        send(Script.invite(2, "Content-Encoding: gzip\n"));
        phone.response(415);
        send(Script.invite(3, "").replace("Max-Forwards: 70", "Max-Forwards: 0"));
        phone.response(483);
        send(Script.request("OPTIONS", "sip:192.0.2.1", 4, "").replace("Max-Forwards: 70", "Max-Forwards: 0"));
        phone.response(200);
        send(Script.invite(5, "Contact: \"x <sip:a@b>\n"));
        phone.response(400);
        assertTrue(allo.all(UserAgentEvent.IncomingCall.class).isEmpty());
    }

    @Test
    void aRequestThatCameByTwoWaysIsALoop() {
        String invite = Script.invite(1, "");
        send(invite);
        send(invite.replace("z9hG4bKphone", "z9hG4bKother"));
        phone.response(482);
        assertEquals(1, allo.all(UserAgentEvent.IncomingCall.class).size());
    }

    @Test
    void accessListsComeFirst() {
        policy.admits = false;
        send(Script.request("OPTIONS", "sip:192.0.2.1", 1, ""));
        phone.response(403);
        assertEquals(
                "address not admitted",
                allo.last(UserAgentEvent.RequestRefused.class).why());
    }

    @Test
    void whileDrainingNewCallsAreRefused() {
        allo.command(new UserAgentCommand.Drain());
        send(Script.invite(1, ""));
        assertNotNull(phone.response(503).headers().first("Retry-After"));
    }

    @Test
    void aMalformedRequestIsAnsweredWhereItCanBe() {
        var out = new Outbox<UserAgentEvent>();
        var flow = new Flow(Flow.UDP, allo.address, phone.address, 0);
        String broken = Script.request("OPTIONS", "sip:192.0.2.1", 1, "").replace("To: <", "To: \"<");
        try {
            SipParser.parse(broken.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        } catch (BadMessageException problem) {
            allo.ua.receiveMalformed(flow, problem, world.now, out);
        }
        assertEquals(2, out.size());
        assertEquals(Admission.MALFORMED, ((UserAgentEvent.Knocked) out.at(0)).admission());
        assertEquals(400, ((SipResponse) ((UserAgentEvent.Transmit) out.at(1)).message()).status());
    }

    private void carolHasAPassword() {
        policy.otherwise = null;
        policy.endpoints.put(
                "carol",
                new EndpointProfile(
                        "carol",
                        (user, realm) -> user.equals("carol") ? new DigestSecret.Password("secret") : null,
                        null,
                        List.of("carol"),
                        false,
                        true,
                        SessionSettings.DEFAULT,
                        null));
    }

    private SipRequest signed(SipRequest request, String user, String password) {
        var digest = new DigestAnswer(
                realm -> new Account(user, new DigestSecret.Password(password)), RandomSource.seeded(9));
        SipRequest answer = digest.answer(request, phone.response(401));
        String branch = "z9hG4bKagain" + request.cseq().number() + user + password;
        return (SipRequest) World.parse(answer.toString()
                .replaceFirst("branch=[^;\r]*", "branch=" + branch)
                .replaceFirst("CSeq: \\d+", "CSeq: " + (request.cseq().number() + 1)));
    }

    @Test
    void acallNeedsItsPassword() {
        carolHasAPassword();
        var invite = (SipRequest) World.parse(Script.invite(1, ""));
        phone.send(allo.address, invite);
        world.run(20);
        assertTrue(phone.response(401).headers().first("WWW-Authenticate").contains("realm=\"allo\""));
        phone.send(allo.address, signed(invite, "carol", "secret"));
        world.run(20);
        var call = allo.last(UserAgentEvent.IncomingCall.class);
        assertEquals("carol", call.endpoint().name());
        assertTrue(allo.all(UserAgentEvent.RequestRefused.class).isEmpty());
    }

    @Test
    void anUnknownUserIsAnsweredLikeAWrongPassword() {
        carolHasAPassword();
        var known = (SipRequest) World.parse(Script.invite(1, ""));
        phone.send(allo.address, known);
        world.run(20);
        phone.send(allo.address, signed(known, "carol", "wrong"));
        world.run(20);
        SipResponse wrong = phone.response(401);
        assertEquals(
                "wrong password", allo.last(UserAgentEvent.RequestRefused.class).why());
        assertEquals("carol", allo.last(UserAgentEvent.RequestRefused.class).user());
        phone.received.clear();
        var unknown = (SipRequest) World.parse(
                Script.invite(1, "").replace("sip:carol@", "sip:mallory@").replace("call-1", "call-2"));
        phone.send(allo.address, unknown);
        world.run(20);
        phone.send(allo.address, signed(unknown, "mallory", "guess"));
        world.run(20);
        SipResponse nobody = phone.response(401);
        assertEquals(
                "unknown user", allo.last(UserAgentEvent.RequestRefused.class).why());
        assertEquals(shape(wrong), shape(nobody));
    }

    /** A response without what is different in every one. */
    private static String shape(SipResponse response) {
        return response.toString()
                .replaceAll("nonce=\"[^\"]*\"", "nonce")
                .replaceAll("tag=[^;\r]*", "tag")
                .replaceAll("(Via|From|Call-ID|CSeq): [^\r]*", "$1");
    }

    @Test
    void requestsInTheDialogAreNotChallengedAgain() {
        acallNeedsItsPassword();
        SessionId id = allo.last(UserAgentEvent.IncomingCall.class).session();
        allo.command(new UserAgentCommand.Answer(
                id, "v=0".getBytes(StandardCharsets.US_ASCII), io.allo.sip.header.Headers.EMPTY));
        world.run(20);
        String tag = phone.response(200).toTag();
        send(Script.request("ACK", "sip:bob@192.0.2.1", 2, "fromtag", tag, "call-1", "", ""));
        send(Script.request("BYE", "sip:bob@192.0.2.1", 3, "fromtag", tag, "call-1", "", ""));
        assertEquals("BYE", phone.response(200).cseq().method());
        assertFalse(allo.all(UserAgentEvent.CallConfirmed.class).isEmpty());
    }
}
