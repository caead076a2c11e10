package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.header.Headers;
import io.allo.sip.session.ReliableMode;
import io.allo.sip.session.SessionSettings;
import io.allo.sip.session.TimerMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Two agents that place calls to each other, ring, answer, hold, hang up at random times over a network that loses, doubles and reorders:
 * every session ends once, every INVITE has one outcome, nothing is left.
 */
class LossyNetworkTest {
    private static final int SEEDS = 150;
    private static final int CALLS = 6;

    private final byte[] sdp = "v=0".getBytes(StandardCharsets.US_ASCII);

    @Test
    void nothingIsLeftAndEverySessionEndsOnce() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new Run(seed).play();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private final class Run {
        final World world;
        final World.Agent[] agents = new World.Agent[2];
        final TestPolicy[] policies = {new TestPolicy(), new TestPolicy()};
        final Map<SessionId, Integer> outcomes = new HashMap<>();
        int offered;

        Run(long seed) {
            world = new World(seed);
            world.loss = 0.01 * world.random.nextInt(30);
            world.doubling = 0.01 * world.random.nextInt(20);
            world.jitterNanos = (1 + world.random.nextInt(1500)) * World.MS;
            for (int i = 0; i < 2; i++) {
                policies[i].otherwise = new EndpointProfile(
                        "peer", null, null, List.of(), false, world.random.nextInt(2) == 0, settings(), null);
                HostPort address = HostPort.parse("192.0.2." + (i + 1) + ":5060");
                World.Agent agent = world.agent(address.toString(), World.settings(address), policies[i]);
                agents[i] = agent;
                agent.reaction = event -> react(agent, event);
            }
        }

        SessionSettings settings() {
            var reliable = ReliableMode.values()[world.random.nextInt(4)];
            var timers = TimerMode.values()[world.random.nextInt(4)];
            return new SessionSettings(reliable, timers, 90 + world.random.nextInt(60), 90);
        }

        void play() {
            for (int i = 1; i <= CALLS; i++) {
                World.Agent caller = agents[world.random.nextInt(2)];
                World.Agent called = caller == agents[0] ? agents[1] : agents[0];
                var id = new SessionId(i);
                var profile = new OutgoingProfile(
                        NameAddress.parse("<sip:a@example.com>"), OutgoingProfile.NO_ACCOUNTS, settings(), null, false);
                byte[] offer = world.random.nextInt(4) == 0 ? null : sdp;
                world.after(
                        world.random.nextInt(20_000),
                        () -> caller.command(new UserAgentCommand.PlaceCall(
                                id, CallTarget.of(SipUri.of("b", called.address)), profile, offer, Headers.EMPTY)));
                for (int n = 0; n < 4; n++) {
                    world.after(world.random.nextInt(300_000), () -> meddle(caller, id));
                }
                world.after(world.random.nextInt(300_000), () -> caller.command(new UserAgentCommand.HangUp(id, null)));
                world.after(400_000, () -> caller.command(new UserAgentCommand.HangUp(id, null)));
            }
            world.run(400_001);
            for (World.Agent agent : agents) {
                agent.command(new UserAgentCommand.Shutdown(null));
            }
            world.run(300_000);
            for (World.Agent agent : agents) {
                check(agent);
            }
        }

        void check(World.Agent agent) {
            String trace = String.join("\n", world.trace);
            assertEquals(new UserAgent.Holdings(0, 0, 0, 0, 0, 0), agent.ua.holdings(), () -> trace);
            Map<SessionId, Integer> ends = new HashMap<>();
            agent.all(UserAgentEvent.SessionEnded.class).forEach(e -> ends.merge(e.session(), 1, Integer::sum));
            assertTrue(ends.values().stream().allMatch(n -> n == 1), trace);
            agent.all(UserAgentEvent.IncomingCall.class)
                    .forEach(call -> assertTrue(ends.containsKey(call.session()), trace));
            Map<SessionId, Integer> answers = new HashMap<>();
            agent.all(UserAgentEvent.CallAnswered.class).forEach(e -> answers.merge(e.session(), 1, Integer::sum));
            agent.all(UserAgentEvent.CallRefused.class).forEach(e -> answers.merge(e.session(), 1, Integer::sum));
            assertTrue(answers.values().stream().allMatch(n -> n == 1), trace);
            ends.keySet().stream()
                    .filter(id -> !id.isIncoming())
                    .forEach(id -> assertEquals(1, answers.getOrDefault(id, 0), () -> id + "\n" + trace));
        }

        void meddle(World.Agent agent, SessionId id) {
            switch (world.random.nextInt(3)) {
                case 0 -> agent.command(new UserAgentCommand.Offer(id, sdp));
                case 1 -> agent.command(new UserAgentCommand.Update(id, null, Headers.EMPTY));
                default -> agent.command(new UserAgentCommand.SendInfo(id, "text/plain", sdp, Headers.EMPTY));
            }
        }

        void react(World.Agent agent, UserAgentEvent event) {
            switch (event) {
                case UserAgentEvent.IncomingCall call -> incoming(agent, call.session());
                case UserAgentEvent.OfferReceived offer
                when offer.answerExpected() ->
                    world.after(world.random.nextInt(500), () -> answerOffer(agent, offer.session()));
                case UserAgentEvent.CallAnswered answered
                when answered.answerExpected() ->
                    world.after(world.random.nextInt(500), () -> answerOffer(agent, answered.session()));
                case UserAgentEvent.CallProgress progress
                when progress.sdp() != null -> agent.command(new UserAgentCommand.AnswerOffer(progress.session(), sdp));
                default -> {
                    // nothing to do
                }
            }
        }

        void answerOffer(World.Agent agent, SessionId id) {
            agent.command(
                    world.random.nextInt(10) == 0
                            ? new UserAgentCommand.RefuseOffer(id, 488, null)
                            : new UserAgentCommand.AnswerOffer(id, sdp));
        }

        void incoming(World.Agent agent, SessionId id) {
            world.after(
                    world.random.nextInt(2000),
                    () -> agent.command(new UserAgentCommand.Ring(
                            id, 180, null, world.random.nextInt(2) == 0 ? sdp : null, Headers.EMPTY)));
            world.after(2000 + world.random.nextInt(6000), () -> {
                switch (world.random.nextInt(8)) {
                    case 0 -> agent.command(new UserAgentCommand.Reject(id, 486, null, Headers.EMPTY));
                    case 1 -> agent.command(new UserAgentCommand.HangUp(id, null));
                    default -> agent.command(new UserAgentCommand.Answer(id, sdp, Headers.EMPTY));
                }
            });
            world.after(10_000 + world.random.nextInt(200_000), () -> meddle(agent, id));
            world.after(10_000 + world.random.nextInt(350_000), () -> {
                if (world.random.nextInt(2) == 0) {
                    agent.command(new UserAgentCommand.HangUp(id, null));
                }
            });
        }
    }
}
