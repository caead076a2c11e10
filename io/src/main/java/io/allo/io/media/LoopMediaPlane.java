package io.allo.io.media;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.Clock;
import io.allo.io.dtls.DtlsHandshakes;
import io.allo.media.dtls.KeyExchange;
import io.allo.media.graph.PortKeys;
import io.allo.media.mix.MixSettings;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.MediaUnavailableException;
import io.allo.media.port.PortId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media plane on real sockets: ports are spread over the media loops, both legs of a call on one loop where the loops
 * are told apart by the port's number. Any thread.
 */
public final class LoopMediaPlane implements MediaPlane, AutoCloseable {

    /** Bind attempts before a call is told that there is no port: others on the machine may hold some of the range. */
    private static final int BIND_TRIES = 20;

    private static final Logger LOG = LoggerFactory.getLogger(LoopMediaPlane.class);

    private final PortRange range;
    private final MediaLoop loop;
    private final @Nullable DtlsHandshakes handshakes;
    private final AtomicLong nextId = new AtomicLong();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unauthenticated = new LongAdder();

    /** A plane without handshakes for keys. */
    public LoopMediaPlane(PortRange range, Clock clock, RandomSource random) {
        this(range, clock, random, null);
    }

    /** Starts the loop; {@code range} may be shared with nothing else. Keys are made by these handshakes, if any. */
    public LoopMediaPlane(PortRange range, Clock clock, RandomSource random, @Nullable DtlsHandshakes handshakes) {
        this.range = range;
        this.handshakes = handshakes;
        this.loop = new MediaLoop("media 1", clock, random);
        loop.start();
    }

    @Override
    public OpenedPort open(PortRequest request, Consumer<MediaEvent> listener) {
        var address = request.bindAddress().isEmpty() ? null : InetAddress.ofLiteral(request.bindAddress());
        IOException last = null;
        for (var attempt = 0; attempt < BIND_TRIES; attempt++) {
            var even = range.take();
            if (even < 0) {
                throw new MediaUnavailableException("all " + range.pairCount()
                        + " pairs of RTP ports are in use: widen rtpstart and rtpend in rtp.conf");
            }
            try {
                return bound(address, even, request.bindAddress(), listener);
            } catch (IOException refused) {
                last = refused;
                range.giveBack(even);
            }
        }
        throw new MediaUnavailableException(
                "no RTP port could be bound to " + request.bindAddress() + " (" + last + ")", new IOException(last));
    }

    private OpenedPort bound(@Nullable InetAddress address, int even, String bindAddress, Consumer<MediaEvent> listener)
            throws IOException {
        var rtp = RtpSocket.bind(new InetSocketAddress(address, even), loop.batch());
        RtpSocket rtcp;
        try {
            rtcp = RtpSocket.bind(new InetSocketAddress(address, even + 1), loop.batch());
        } catch (IOException refused) {
            rtp.close();
            throw refused;
        }
        var id = new PortId(nextId.incrementAndGet());
        loop.post(graph -> {
            var port = graph.openRtp(
                    id,
                    event -> counted(event, listener),
                    rtp,
                    rtcp,
                    new PortKeys(exchange(id, rtp, false), exchange(id, rtcp, true)),
                    () -> giveBack(even, rtp, rtcp),
                    loop.nowNanos());
            loop.watch(port, rtp, rtcp);
        });
        return new OpenedPort(id, bindAddress, even, even + 1);
    }

    private void counted(MediaEvent event, Consumer<MediaEvent> listener) {
        if (event instanceof MediaEvent.Closed closed) {
            refused.add(closed.report().refused());
            unauthenticated.add(closed.report().unauthenticated());
        }
        listener.accept(event);
    }

    /** Packets thrown away at the ports of calls that have ended: from elsewhere, broken, not authentic. */
    public long packetsRefused() {
        return refused.sum();
    }

    /** Those of them, and of RTCP, that were not from who has the key or came twice. */
    public long packetsUnauthenticated() {
        return unauthenticated.sum();
    }

    private KeyExchange exchange(PortId id, RtpSocket socket, boolean control) {
        return handshakes == null
                ? KeyExchange.NONE
                : handshakes.exchange(
                        (packet, to) -> socket.sendNow(ByteBuffer.wrap(packet), to),
                        outcome -> loop.post(graph -> graph.handshakeEnded(id, outcome, control)));
    }

    private void giveBack(int even, RtpSocket rtp, RtpSocket rtcp) {
        try {
            rtp.close();
            rtcp.close();
        } catch (IOException fault) {
            LOG.warn("RTP port {} did not close", even, fault);
        } finally {
            range.giveBack(even);
        }
    }

    @Override
    public PortPair openPair(Consumer<MediaEvent> first, Consumer<MediaEvent> second) {
        var pair = new PortPair(new PortId(nextId.incrementAndGet()), new PortId(nextId.incrementAndGet()));
        loop.post(graph -> graph.openPair(pair.first(), first, pair.second(), second, loop.nowNanos()));
        return pair;
    }

    @Override
    public PortId openMix(MixSettings settings, Consumer<MediaEvent> listener) {
        var id = new PortId(nextId.incrementAndGet());
        loop.post(graph -> graph.openMix(id, listener, settings));
        return id;
    }

    @Override
    public void post(MediaCommand command) {
        var known = command instanceof MediaCommand.Configure configure ? RemoteNames.resolved(configure) : command;
        loop.post(graph -> graph.command(known, loop.nowNanos()));
    }

    /** Pairs of ports in use, for metrics and leak checks. */
    public int portsInUse() {
        return range.takenCount();
    }

    @Override
    public void close() {
        loop.stop();
    }
}
