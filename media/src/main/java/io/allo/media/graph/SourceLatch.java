package io.allo.media.graph;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * From where a stream is taken and to where it is sent. The SDP names an address; a phone behind a NAT shows another: that
 * from which it signals. The first source at one of the two addresses locks the latch; what comes from anywhere else, then
 * or later, is refused, so that an intruder can neither speak into a stream nor draw it to himself. A stream that keeps its
 * SSRC may change its port (a NAT that lost its binding) once the locked port has been silent for a while; so may any stream
 * that comes from the very address of the SDP. Symmetric RTP: RFC 4961. Owned by the media loop.
 */
final class SourceLatch {

    /** Silence of the locked source after which another port of the same host may go on with the same stream. */
    static final long REBIND_NANOS = 3_000_000_000L;

    /** Time after locking in which the very address of the SDP still wins over a guess. */
    static final long SETTLE_NANOS = 1_000_000_000L;

    private @Nullable InetSocketAddress named;
    private @Nullable InetAddress shown;
    private boolean symmetric;
    private @Nullable InetSocketAddress locked;
    private long lockedAtNanos;
    private long lastNanos;
    private int ssrc;

    /** Where to send by what SDP names; null if that is nowhere. */
    static @Nullable InetSocketAddress literal(String host, int port) {
        try {
            var address = InetAddress.ofLiteral(host);
            return address.isAnyLocalAddress() ? null : new InetSocketAddress(address, port);
        } catch (IllegalArgumentException name) {
            // the channel replaces host names by addresses before it configures a port; "0.0.0.0" is an old hold
            return null;
        }
    }

    /** Gives or changes what the call has named and shown; an address that is named anew opens the latch. */
    void name(@Nullable InetSocketAddress newNamed, @Nullable InetAddress newShown, boolean newSymmetric) {
        symmetric = newSymmetric;
        shown = newShown;
        if (newNamed == null || !newNamed.equals(named)) {
            locked = null;
        }
        named = newNamed;
    }

    /** Where to send: the locked source if symmetric, else the named address; null if there is none. */
    @Nullable
    InetSocketAddress target() {
        return symmetric && locked != null ? locked : named;
    }

    /** Where to send RTCP when the other side has not shown where it listens, by the named RTCP address. */
    boolean isTrusted(InetSocketAddress from) {
        return isTrusted(from.getAddress());
    }

    /** Whether a valid packet from there belongs to the stream; locks on the first. */
    boolean accepts(InetSocketAddress from, int packetSsrc, long nowNanos) {
        var current = locked;
        if (current != null && (from == current || from.equals(current))) {
            lastNanos = nowNanos;
            ssrc = packetSsrc;
            return true;
        }
        if (named == null || !isTrusted(from.getAddress())) {
            return false;
        }
        if (current == null || mayMove(from, current, packetSsrc, nowNanos)) {
            locked = from;
            lockedAtNanos = nowNanos;
            lastNanos = nowNanos;
            ssrc = packetSsrc;
            return true;
        }
        return false;
    }

    private boolean mayMove(InetSocketAddress from, InetSocketAddress current, int packetSsrc, long nowNanos) {
        var silent = nowNanos - lastNanos > REBIND_NANOS;
        if (from.equals(named)) {
            return silent || nowNanos - lockedAtNanos < SETTLE_NANOS;
        }
        return silent && packetSsrc == ssrc && from.getAddress().equals(current.getAddress());
    }

    private boolean isTrusted(@Nullable InetAddress host) {
        if (host == null) {
            return false;
        }
        var namedHost = named == null ? null : named.getAddress();
        return host.equals(namedHost) || host.equals(shown);
    }
}
