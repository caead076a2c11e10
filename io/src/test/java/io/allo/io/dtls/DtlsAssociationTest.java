package io.allo.io.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.DtlsSetup;
import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.dtls.KeyExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two associations of ours, packets handed over as a network of one's choice would. */
class DtlsAssociationTest {

    private static final InetSocketAddress ONE = at(1_000);
    private static final InetSocketAddress OTHER = at(2_000);

    private final SecureRandom random = new SecureRandom();
    private final Side one = new Side(ONE, 10_000, 10);
    private final Side other = new Side(OTHER, 10_000, 10);

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private final class Side {
        final InetSocketAddress address;
        final DtlsIdentities identities = new DtlsIdentities(Instant.now(), random);
        final DtlsHandshakes handshakes;
        final BlockingQueue<HandshakeOutcome> outcomes = new LinkedBlockingQueue<>();
        final List<byte[]> sent = new CopyOnWriteArrayList<>();
        final KeyExchange exchange;
        volatile Predicate<byte[]> network = packet -> true;
        volatile KeyExchange peer = KeyExchange.NONE;

        Side(InetSocketAddress address, int timeoutMs, int maxRunning) {
            this.address = address;
            handshakes = new DtlsHandshakes(identities, random, timeoutMs, maxRunning);
            exchange = handshakes.exchange(this::send, outcomes::add);
        }

        private void send(byte[] packet, InetSocketAddress to) {
            sent.add(packet);
            if (network.test(packet)) {
                synchronized (peer) {
                    peer.received(ByteBuffer.wrap(packet), address);
                }
            }
        }

        void begin(DtlsSetup role, Side with) {
            peer = with.exchange;
            var theirs = List.of(with.identities.own().fingerprint());
            exchange.begin(new DtlsAgreement(role, identities.own().fingerprint(), theirs, ""), with.address);
        }

        HandshakeOutcome outcome() throws InterruptedException {
            var outcome = outcomes.poll(15, TimeUnit.SECONDS);
            assertTrue(outcome != null, "no outcome");
            return outcome;
        }
    }

    private void assertSameKeys() throws InterruptedException {
        var ours = assertInstanceOf(HandshakeOutcome.Keyed.class, one.outcome()).keys();
        var theirs =
                assertInstanceOf(HandshakeOutcome.Keyed.class, other.outcome()).keys();
        assertEquals(ours.send(), theirs.receive());
        assertEquals(ours.receive(), theirs.send());
    }

    private void begin() {
        other.begin(DtlsSetup.PASSIVE, one);
        one.begin(DtlsSetup.ACTIVE, other);
    }

    @Test
    void bothHaveTheSameKeysUnderTheStrongestSuite() throws InterruptedException {
        begin();
        assertSameKeys();
    }

    @Test
    void lostMessagesAreSentAgain() throws InterruptedException {
        var lost = new int[1];
        other.network = packet -> lost[0]++ % 3 == 2;
        begin();
        assertSameKeys();
    }

    /** The last flight is lost, so the other side repeats its own and must be answered though all is done here. */
    @Test
    void aRepeatedFlightIsAnsweredAfterTheEnd() throws InterruptedException {
        var done = new boolean[1];
        other.network = packet -> done[0] || packet[0] != 20 && !isEncrypted(packet);
        begin();
        assertInstanceOf(HandshakeOutcome.Keyed.class, other.outcome());
        assertEquals(0, one.outcomes.size());
        done[0] = true;
        assertInstanceOf(HandshakeOutcome.Keyed.class, one.outcome());
    }

    private static boolean isEncrypted(byte[] record) {
        return record[4] != 0;
    }

    @Test
    void whoNeverAnswersIsGivenUpInTime() throws InterruptedException {
        var impatient = new Side(at(3_000), 1_000, 10);
        impatient.network = packet -> false;
        impatient.begin(DtlsSetup.ACTIVE, one);
        var failed = assertInstanceOf(HandshakeOutcome.Failed.class, impatient.outcome());
        assertEquals(HandshakeOutcome.Reason.TIMEOUT, failed.reason());
        assertTrue(impatient.sent.size() >= 2, "sent again");
        var waiting = new Side(at(3_001), 1_000, 10);
        waiting.begin(DtlsSetup.PASSIVE, one);
        assertEquals(
                HandshakeOutcome.Reason.TIMEOUT,
                assertInstanceOf(HandshakeOutcome.Failed.class, waiting.outcome())
                        .reason());
    }

    @Test
    void oneMoreThanTheLimitFailsAtOnceAndPlacesAreGivenBack() throws InterruptedException {
        var crowded = new Side(at(3_000), 10_000, 1);
        crowded.begin(DtlsSetup.PASSIVE, one);
        assertEquals(1, crowded.handshakes.running());
        var second = crowded.handshakes.exchange(crowded::send, crowded.outcomes::add);
        var theirs = List.of(one.identities.own().fingerprint());
        var agreement =
                new DtlsAgreement(DtlsSetup.PASSIVE, crowded.identities.own().fingerprint(), theirs, "");
        second.begin(agreement, ONE);
        assertEquals(
                HandshakeOutcome.Reason.TOO_MANY,
                assertInstanceOf(HandshakeOutcome.Failed.class, crowded.outcome())
                        .reason());
        crowded.exchange.close();
        Awaitility.await().until(() -> crowded.handshakes.failed() == 2);
        assertEquals(1, crowded.handshakes.failed(HandshakeOutcome.Reason.TOO_MANY));
        assertEquals(0, crowded.handshakes.running());
        crowded.outcomes.clear();
        second.begin(agreement, ONE);
        assertEquals(0, crowded.outcomes.size());
        second.close();
    }

    /** Another port of the same host can neither draw answers to itself nor spoil what runs. */
    @Test
    void onceItsSourceIsShownPacketsFromElsewhereAreNotHeard() throws InterruptedException {
        other.begin(DtlsSetup.PASSIVE, one);
        one.network = packet -> {
            other.exchange.received(ByteBuffer.wrap(packet), ONE);
            other.exchange.received(
                    ByteBuffer.wrap(new byte[] {21, (byte) 254, (byte) 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 40}),
                    at(4_444));
            return false;
        };
        one.begin(DtlsSetup.ACTIVE, other);
        assertSameKeys();
    }

    @Test
    void garbageDoesNotEndAHandshake() throws InterruptedException {
        var first = new boolean[] {true};
        one.network = packet -> {
            if (first[0]) {
                first[0] = false;
                for (var length = 1; length < 60; length++) {
                    var noise = new byte[length];
                    random.nextBytes(noise);
                    noise[0] = 63;
                    other.exchange.received(ByteBuffer.wrap(noise), ONE);
                }
            }
            return true;
        };
        begin();
        assertSameKeys();
    }

    @Test
    void aSecondHandshakeReplacesTheFirst() throws InterruptedException {
        begin();
        assertSameKeys();
        other.begin(DtlsSetup.ACTIVE, one);
        one.begin(DtlsSetup.PASSIVE, other);
        assertSameKeys();
        assertEquals(2, one.handshakes.completed());
    }
}
