package io.allo.io.sip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.io.loop.SystemClock;
import io.allo.sip.address.HostPort;
import io.allo.sip.agent.EndpointProfile;
import io.allo.sip.agent.OutgoingProfile;
import io.allo.sip.agent.SessionId;
import io.allo.sip.agent.UserAgent;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.agent.UserAgentPolicy;
import io.allo.sip.agent.UserAgentSettings;
import io.allo.sip.flow.Flow;
import io.allo.sip.locate.DnsAnswer;
import io.allo.sip.locate.DnsQuestion;
import io.allo.sip.message.SipParser;
import io.allo.sip.message.SipRequest;
import io.allo.sip.registrar.AddressOfRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SipLoopTest {
    private static final SystemClock CLOCK = new SystemClock();

    private final LinkedBlockingQueue<UserAgentEvent> told = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<DnsQuestion> asked = new LinkedBlockingQueue<>();
    private SipLoop loop;
    private SipTransports transports;

    /** Lets everybody in and knows nobody. */
    private static final class Nobody implements UserAgentPolicy {
        @Override
        public boolean admits(Flow flow) {
            return true;
        }

        @Override
        public EndpointProfile identify(SipRequest request, Flow flow) {
            return null;
        }

        @Override
        public List<AddressOfRecord> aors() {
            return List.of();
        }

        @Override
        public AddressOfRecord aor(String name) {
            return null;
        }

        @Override
        public OutgoingProfile qualifier(String aor) {
            return null;
        }
    }

    @BeforeEach
    void start() throws Exception {
        loop = new SipLoop(
                CLOCK,
                (question, answered) -> {
                    asked.add(question);
                    answered.accept(DnsAnswer.NONE);
                },
                told::add);
        transports = SipTransports.open(
                List.of(TransportConfig.of("udp", Flow.UDP, HostPort.parse("127.0.0.1:0"))), loop, CLOCK);
        var agent = new UserAgent(
                UserAgentSettings.of(List.of()), new Nobody(), now -> CLOCK.epochMillis(), RandomSource.seeded(1));
        loop.start(agent, transports);
    }

    @AfterEach
    void stop() throws Exception {
        transports.stop();
        loop.stop();
    }

    private UserAgentEvent next() throws InterruptedException {
        return told.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void whatAStepAsksForIsDoneInOrderAndTheRestIsTold() throws Exception {
        try (var peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            peer.setSoTimeout(10_000);
            var local = transports.listening().getFirst().bound();
            transports.open(1, Flow.UDP, new HostPort("127.0.0.1", peer.getLocalPort()), null, null);
            var flow = new Flow(Flow.UDP, local, new HostPort("127.0.0.1", peer.getLocalPort()), 1);
            var message = SipParser.parse(Texts.options("out"));
            var ended = new UserAgentEvent.SessionEnded(new SessionId(1));
            loop.run((agent, now, out) -> {
                out.add(new UserAgentEvent.Transmit(flow, message));
                out.add(ended);
            });
            assertEquals(ended, next());
            var packet = new DatagramPacket(new byte[2_000], 2_000);
            peer.receive(packet);
            assertEquals(message, SipParser.parse(Arrays.copyOf(packet.getData(), packet.getLength())));
            assertArrayEquals(new byte[] {127, 0, 0, 1}, packet.getAddress().getAddress());
        }
    }

    @Test
    void aStepThatThrowsEndsOnlyItself() throws Exception {
        var before = new UserAgentEvent.SessionEnded(new SessionId(1));
        var after = new UserAgentEvent.SessionEnded(new SessionId(2));
        loop.run((agent, now, out) -> {
            out.add(before);
            throw new IllegalStateException("a fault");
        });
        loop.run((agent, now, out) -> {
            throw new AssertionError("another");
        });
        loop.run((agent, now, out) -> out.add(after));
        assertEquals(before, next());
        assertEquals(after, next());
    }

    @Test
    void aQuestionIsAnsweredOnTheLoopsThread() throws Exception {
        var thread = loop.ask(agent -> Thread.currentThread().getName()).get(10, TimeUnit.SECONDS);
        assertEquals("sip loop", thread);
    }

    @Test
    void theDnsIsAskedWithoutWaiting() throws Exception {
        var question = new DnsQuestion("allo.test", DnsQuestion.Type.SRV);
        loop.run((agent, now, out) -> out.add(new UserAgentEvent.Resolve(question)));
        assertEquals(question, asked.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void whatWasPostedBeforeTheStopIsStillDone() throws Exception {
        for (var i = 1; i <= 1_000; i++) {
            var ended = new UserAgentEvent.SessionEnded(new SessionId(i));
            loop.run((agent, now, out) -> out.add(ended));
        }
        loop.stop();
        assertEquals(1_000, told.size());
        assertTrue(loop.inbox().highest() > 0);
    }

    @Test
    void amongManyWhoAskEveryDatagramIsAnsweredAndEveryQuestion() throws Exception {
        var local = transports.listening().getFirst().bound();
        var phones = new ArrayList<CompletableFuture<Integer>>();
        for (var i = 0; i < 4; i++) {
            var name = "phone" + i;
            phones.add(CompletableFuture.supplyAsync(() -> answersTo(name, local.port(), 500)));
        }
        var questions = 0;
        while (!phones.stream().allMatch(CompletableFuture::isDone)) {
            loop.ask(agent -> true).get(10, TimeUnit.SECONDS);
            questions++;
        }
        for (var phone : phones) {
            assertEquals(500, phone.get());
        }
        assertTrue(questions > 0);
        assertEquals(0, loop.inbox().size());
    }

    /** Sends OPTIONS one after another, each when the one before is answered; returns how many were. */
    private static int answersTo(String name, int port, int count) {
        try (var socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            socket.setSoTimeout(10_000);
            for (var i = 0; i < count; i++) {
                var request = Texts.options(name + "-" + i);
                socket.send(new DatagramPacket(request, request.length, InetAddress.getByName("127.0.0.1"), port));
                socket.receive(new DatagramPacket(new byte[2_000], 2_000));
            }
            return count;
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
