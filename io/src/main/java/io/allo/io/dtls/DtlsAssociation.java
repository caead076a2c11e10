package io.allo.io.dtls;

import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.dtls.KeyExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The association of one UDP port: a virtual thread that runs the handshake and then waits for repeated messages, until another
 * handshake or the port's end. Its methods are the media loop's; what the thread needs is in {@link Run}.
 */
final class DtlsAssociation implements KeyExchange {

    private static final Logger LOG = LoggerFactory.getLogger(DtlsAssociation.class);

    private final DtlsHandshakes handshakes;
    private final DtlsSender sender;
    private final Consumer<HandshakeOutcome> ended;
    private @Nullable Run run;

    DtlsAssociation(DtlsHandshakes handshakes, DtlsSender sender, Consumer<HandshakeOutcome> ended) {
        this.handshakes = handshakes;
        this.sender = sender;
        this.ended = ended;
    }

    @Override
    public void begin(DtlsAgreement agreement, InetSocketAddress named) {
        close();
        var identity = handshakes.identities().of(agreement.ours());
        var reason = identity == null ? HandshakeOutcome.Reason.NO_AGREEMENT : HandshakeOutcome.Reason.TOO_MANY;
        if (identity == null || !handshakes.begin()) {
            var outcome = new HandshakeOutcome.Failed(agreement, reason);
            handshakes.count(outcome);
            ended.accept(outcome);
            return;
        }
        var next = new Run(new DtlsEndpoint(identity, agreement, handshakes.random()), named);
        run = next;
        Thread.ofVirtual().name("dtls " + named).start(next);
    }

    @Override
    public void received(ByteBuffer packet, InetSocketAddress from) {
        var current = run;
        if (current != null) {
            current.received(packet, from);
        }
    }

    @Override
    public void close() {
        if (run != null) {
            run.transport.end();
            run = null;
        }
    }

    /** One handshake and what comes after it, on a thread of its own. */
    private final class Run implements Runnable {

        private final DtlsEndpoint endpoint;
        private final PacketTransport transport;
        private final InetSocketAddress named;
        private volatile InetSocketAddress target;
        private boolean shown;

        Run(DtlsEndpoint endpoint, InetSocketAddress named) {
            this.endpoint = endpoint;
            this.named = named;
            this.target = named;
            this.transport = new PacketTransport(packet -> sender.send(packet, target));
        }

        /** The first source of packets is where answers go, as for sound; only the very address that was named may replace it. */
        void received(ByteBuffer packet, InetSocketAddress from) {
            if (!shown || from.equals(named)) {
                shown = true;
                target = from;
            } else if (!from.equals(target)) {
                return;
            }
            var copy = new byte[packet.remaining()];
            packet.get(packet.position(), copy);
            transport.offer(copy);
        }

        @Override
        public void run() {
            HandshakeOutcome outcome = endpoint.handshake(transport, handshakes.timeoutMs());
            handshakes.end(outcome);
            ended.accept(outcome);
            if (outcome instanceof HandshakeOutcome.Keyed) {
                try {
                    endpoint.linger();
                } catch (IOException over) {
                    LOG.debug("the DTLS association with {} is over: {}", target, over.getMessage());
                }
            }
        }
    }
}
