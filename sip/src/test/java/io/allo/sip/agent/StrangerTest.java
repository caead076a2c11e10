package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.auth.Account;
import io.allo.sip.auth.DigestAnswer;
import io.allo.sip.auth.DigestSecret;
import io.allo.sip.door.Door;
import io.allo.sip.door.DoorSettings;
import io.allo.sip.door.RequestKind;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipParser;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.registrar.AddressOfRecord;
import io.allo.sip.session.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody learns who has shown nothing: no name, no version, no user, no extension; and what guessing costs. */
class StrangerTest {
    final World world = new World(5);
    final TestPolicy policy = new TestPolicy();
    final World.Agent allo = world.agent(
            "192.0.2.1:5060", World.settings(HostPort.parse("192.0.2.1:5060")), policy, DoorSettings.DEFAULT);
    final World.Peer stranger = world.peer(Script.PHONE);
    int number;

    StrangerTest() {
        policy.otherwise = null;
        policy.aors.put("carol", AddressOfRecord.of("carol"));
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

    SipRequest request(String method, String from, String to) {
        number++;
        String text = Script.request(method, "sip:" + to + "@192.0.2.1", 1, "Contact: <sip:x@" + Script.PHONE + ">\n")
                .replace("sip:carol@", "sip:" + from + "@")
                .replace("sip:bob@", "sip:" + to + "@")
                .replace("call-1", "call-" + number)
                .replace("z9hG4bKphone", "z9hG4bK" + number + "x");
        return (SipRequest) World.parse(text);
    }

    /** The answer to a request, after at most that time. */
    SipResponse ask(SipRequest request, long milliseconds) {
        stranger.received.clear();
        stranger.send(allo.address, request);
        world.run(milliseconds);
        return (SipResponse) stranger.received.getLast();
    }

    SipResponse ask(SipRequest request) {
        return ask(request, 20);
    }

    SipRequest signed(SipRequest request, SipResponse challenge, String user, String password) {
        var digest = new DigestAnswer(
                realm -> new Account(user, new DigestSecret.Password(password)), RandomSource.seeded(number));
        number++;
        return (SipRequest) World.parse(digest.answer(request, challenge)
                .toString()
                .replaceFirst("branch=[^;\r]*", "branch=z9hG4bK" + number + "y")
                .replaceFirst("CSeq: \\d+", "CSeq: " + (request.cseq().number() + 1)));
    }

    SipResponse guess(String user, String password, long milliseconds) {
        SipRequest register = request("REGISTER", user, user);
        return ask(signed(register, ask(register), user, password), milliseconds);
    }

    /** A response without what is different in every one. */
    static String shape(SipResponse response) {
        return response.toString()
                .replaceAll("nonce=\"[^\"]*\"", "nonce")
                .replaceAll("tag=[^;\r]*", "tag")
                .replaceAll("(Via|From|To|Call-ID|CSeq): [^\r]*", "$1");
    }

    @Test
    void whoExistsAndWhoDoesNotGetTheSameAnswers() {
        for (String method : List.of("REGISTER", "INVITE", "OPTIONS", "MESSAGE", "SUBSCRIBE", "BYE")) {
            String known = shape(ask(request(method, "carol", "carol")));
            assertEquals(known, shape(ask(request(method, "mallory", "mallory"))), method);
            assertEquals(known, shape(ask(request(method, "mallory", "carol"))), method);
        }
    }

    @Test
    void nothingTellsWhoWeAre() {
        for (String method : List.of("REGISTER", "INVITE", "OPTIONS", "MESSAGE", "SUBSCRIBE", "BYE", "WINK")) {
            SipResponse response = ask(request(method, "mallory", "bob"));
            for (String header :
                    List.of("Server", "User-Agent", "Allow", "Supported", "Accept", "Warning", "Contact")) {
                assertNull(response.headers().first(header), method + " " + header);
            }
        }
    }

    @Test
    void whoHasProvedAPasswordIsToldMore() {
        assertEquals(200, guess("carol", "secret", 20).status());
        assertEquals(
                "allo", ((SipResponse) stranger.received.getLast()).headers().first("Server"));
        assertTrue(ask(request("OPTIONS", "carol", "bob")).headers().hasToken("Allow", "INVITE"));
        assertEquals(1, allo.door.sizes().registered());
    }

    @Test
    void aStrangersBrokenDatagramIsNotAnswered() {
        var out = new Outbox<UserAgentEvent>();
        String broken = request("OPTIONS", "x", "y").toString().replace("To: <", "To: \"<");
        try {
            SipParser.parse(broken.getBytes(StandardCharsets.UTF_8));
        } catch (BadMessageException problem) {
            allo.ua.receiveMalformed(new Flow(Flow.UDP, allo.address, stranger.address, 0), problem, 0, out);
        }
        assertEquals(1, out.size());
        assertEquals(Admission.MALFORMED, ((UserAgentEvent.Knocked) out.at(0)).admission());
    }

    @Test
    void theGuesserWaitsLongerEachTimeAndIsShutOut() {
        var waits = new ArrayList<Integer>();
        for (int i = 0; i < 10; i++) {
            SipRequest register = request("REGISTER", "carol", "carol");
            SipRequest signed = signed(register, ask(register), "carol", "guess" + i);
            stranger.received.clear();
            stranger.send(allo.address, signed);
            int waited = 0;
            while (stranger.responses(401).isEmpty() && waited < 10_000) {
                world.run(10);
                waited += 10;
            }
            waits.add(waited / 250 * 250);
        }
        assertEquals(List.of(0, 0, 250, 500, 1000, 2000, 4000, 4000, 4000, 4000), waits);
        var banned = allo.last(UserAgentEvent.Banned.class).ban();
        assertEquals("192.0.2.9", banned.subject().toString());
        assertEquals(
                Door.Verdict.DROP, allo.door.admit(new byte[] {(byte) 192, 0, 2, 9}, RequestKind.INVITE, world.now));
    }

    @Test
    void challengesAndStaleNoncesAreNoFailures() {
        for (int i = 0; i < 50; i++) {
            assertEquals(401, ask(request("REGISTER", "carol", "carol")).status());
        }
        SipRequest register = request("REGISTER", "carol", "carol");
        SipResponse challenge = ask(register);
        world.run(6 * 60_000);
        for (int i = 0; i < 15; i++) {
            assertTrue(ask(signed(register, challenge, "carol", "secret"))
                    .headers()
                    .first("WWW-Authenticate")
                    .contains("stale=true"));
        }
        assertTrue(allo.all(UserAgentEvent.Banned.class).isEmpty());
        assertEquals(0, allo.door.counters().failures.sum());
    }

    @Test
    void aNonceOfAnotherAddressIsHeldAgainstNobody() {
        World.Peer other = world.peer("192.0.2.77:5060");
        SipRequest register = request("REGISTER", "carol", "carol");
        SipResponse challenge = ask(register);
        for (int i = 0; i < 20; i++) {
            other.send(allo.address, signed(register, challenge, "carol", "guess"));
            world.run(20);
        }
        assertEquals(20, allo.door.counters().unprovenFailures.sum());
        assertTrue(allo.all(UserAgentEvent.Banned.class).isEmpty());
    }

    @Test
    void aBannedUsersRightPasswordIsAnsweredLikeAWrongOne() {
        for (int i = 0; i < 50; i++) {
            allo.door.failed(new HostPort("203.0.113." + i, 5060), "carol", true, world.now);
        }
        SipResponse barred = guess("carol", "secret", 5_000);
        assertEquals(401, barred.status());
        assertEquals(shape(guess("carol", "wrong", 5_000)), shape(barred));
        assertEquals(
                Admission.BARRED,
                allo.all(UserAgentEvent.Knocked.class).stream()
                        .map(UserAgentEvent.Knocked::admission)
                        .filter(Admission.BARRED::equals)
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void aScannerIsNotAnsweredAtAll() {
        SipRequest options = request("OPTIONS", "x", "y");
        stranger.received.clear();
        stranger.send(
                allo.address,
                options.withHeaders(options.headers().toBuilder()
                        .set("User-Agent", "friendly-scanner")
                        .build()));
        world.run(100);
        assertTrue(stranger.received.isEmpty());
        assertEquals(
                "friendly-scanner", allo.last(UserAgentEvent.Banned.class).ban().detail());
        assertEquals(0, allo.ua.holdings().serverTransactions());
    }

    @Test
    void whoSendsTooMuchIsTold503() {
        var out = new Outbox<UserAgentEvent>();
        var flow = new Flow(Flow.UDP, allo.address, stranger.address, 0);
        allo.ua.receiveExcess(flow, request("INVITE", "carol", "bob"), 0, out);
        SipResponse busy = (SipResponse) ((UserAgentEvent.Transmit) out.at(1)).message();
        assertEquals(503, busy.status());
        assertEquals("5", busy.headers().first("Retry-After"));
        assertEquals(0, allo.ua.holdings().serverTransactions());
    }

    @Test
    void theAnswersThatWaitHaveALimit() {
        SipRequest register = request("REGISTER", "carol", "carol");
        SipResponse challenge = ask(register);
        for (int i = 0; i < 8; i++) {
            allo.door.failed(new HostPort("203.0.113.1", 5060), "carol", true, world.now);
        }
        for (int i = 0; i < DelayedAnswers.LIMIT + 5; i++) {
            World.Peer each = world.peer("100.64." + (i >> 8) + "." + (i & 255) + ":5060");
            allo.door.failed(each.address, "x" + i, true, world.now);
            allo.door.failed(each.address, "x" + i, true, world.now);
            SipRequest asking = request("REGISTER", "x" + i, "x" + i);
            each.send(allo.address, asking);
            world.run(3);
            var own = (SipResponse) each.received.getLast();
            each.send(allo.address, signed(asking, own, "x" + i, "y"));
        }
        assertFalse(challenge.headers().all("WWW-Authenticate").isEmpty());
        assertNotEquals(0, allo.door.counters().delayed.sum());
    }

    @Test
    void aContactThatNoListAdmitsIsRefused() {
        policy.admitsContact = false;
        assertEquals(403, guess("carol", "secret", 20).status());
        assertEquals(
                Admission.CONTACT_REFUSED,
                allo.last(UserAgentEvent.Knocked.class).admission());
    }
}
