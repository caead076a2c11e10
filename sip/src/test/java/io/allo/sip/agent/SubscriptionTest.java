package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Subscriptions to message-summary at the notifier's end: RFC 6665 section 4.2, RFC 3842. */
class SubscriptionTest {
    private static final byte[] BODY = "Messages-Waiting: yes\r\n".getBytes(StandardCharsets.US_ASCII);

    final World world = new World(4);
    final TestPolicy policy = new TestPolicy();
    final World.Agent allo = world.agent("192.0.2.1:5060", World.settings(HostPort.parse("192.0.2.1:5060")), policy);
    final World.Peer phone = world.peer(Script.PHONE);

    private void subscribe(int sequence, String toTag, String expires) {
        phone.send(
                allo.address,
                Script.request(
                        "SUBSCRIBE",
                        "sip:alice@192.0.2.1",
                        sequence,
                        "me",
                        toTag.isEmpty() ? null : toTag,
                        "sub",
                        "Event: message-summary\nExpires: " + expires + "\n",
                        ""));
        world.run(20);
    }

    private void tell() {
        var asked = allo.all(UserAgentEvent.Subscribed.class).getLast();
        allo.command(new UserAgentCommand.Notify(asked.subscription(), "application/simple-message-summary", BODY));
        world.run(20);
    }

    private List<SipRequest> notifies() {
        return phone.requests("NOTIFY");
    }

    private void answer(int status) {
        phone.send(allo.address, SipResponse.to(notifies().getLast(), status, "phone"));
        world.run(20);
    }

    @Test
    void itIsGrantedToldRefreshedAndEnded() {
        subscribe(1, "", "600");
        var ok = phone.response(200);
        assertEquals("600", ok.headers().first("Expires"));
        var asked = allo.all(UserAgentEvent.Subscribed.class).getFirst();
        assertEquals("101@default", asked.resource());
        tell();
        var first = notifies().getFirst();
        assertEquals("message-summary", first.headers().first("Event"));
        assertTrue(String.valueOf(first.headers().first("Subscription-State")).startsWith("active;expires="));
        assertEquals("Messages-Waiting: yes\r\n", new String(first.body(), StandardCharsets.US_ASCII));
        answer(200);
        subscribe(2, String.valueOf(ok.toTag()), "900");
        assertEquals(2, notifies().size());
        answer(200);
        subscribe(3, String.valueOf(ok.toTag()), "0");
        assertEquals("terminated;reason=timeout", notifies().getLast().headers().first("Subscription-State"));
        assertEquals(1, allo.all(UserAgentEvent.Unsubscribed.class).size());
        answer(200);
        subscribe(4, String.valueOf(ok.toTag()), "600");
        phone.response(481);
    }

    @Test
    void itEndsWhenNobodyMakesItLonger() {
        subscribe(1, "", "60");
        tell();
        answer(200);
        world.run(61_000);
        assertEquals("terminated;reason=timeout", notifies().getLast().headers().first("Subscription-State"));
        assertEquals(1, allo.all(UserAgentEvent.Unsubscribed.class).size());
    }

    @Test
    void whoSaysHeDoesNotListenIsToldNoMore() {
        subscribe(1, "", "600");
        tell();
        answer(481);
        assertEquals(1, allo.all(UserAgentEvent.Unsubscribed.class).size());
        tell();
        assertEquals(1, notifies().size());
    }

    @Test
    void whileOneIsUnderWayTheNewestWaits() {
        subscribe(1, "", "600");
        tell();
        tell();
        tell();
        assertEquals(1, notifies().stream().map(SipRequest::cseq).distinct().count());
        answer(200);
        assertEquals(2, notifies().stream().map(SipRequest::cseq).distinct().count());
    }

    @Test
    void tooBriefUnknownAndOtherPackagesAreRefused() {
        subscribe(1, "", "10");
        assertEquals("60", phone.response(423).headers().first("Min-Expires"));
        phone.send(
                allo.address,
                Script.request("SUBSCRIBE", "sip:bob@192.0.2.1", 2, "me", null, "b", "Event: message-summary\n", ""));
        world.run(20);
        phone.response(404);
        phone.send(
                allo.address,
                Script.request("SUBSCRIBE", "sip:alice@192.0.2.1", 3, "me", null, "c", "Event: presence\n", ""));
        world.run(20);
        assertEquals("message-summary", phone.response(489).headers().first("Allow-Events"));
    }
}
