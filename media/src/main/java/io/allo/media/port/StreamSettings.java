package io.allo.media.port;

/**
 * How a port treats its stream beyond what was negotiated.
 *
 * @param timeoutMs silence after which {@link MediaEvent.TimedOut} is told, 0 for never (rtp_timeout)
 * @param holdTimeoutMs the same while held, 0 for never (rtp_timeout_hold)
 * @param keepAliveMs send a packet when nothing was sent for so long, 0 for never (rtp_keepalive; RFC 6263)
 * @param shownHost the address (text) from which the other side signals, "" if it has none: sound may come from it beside
 *     the address that its SDP names, and from nowhere else
 */
public record StreamSettings(int timeoutMs, int holdTimeoutMs, int keepAliveMs, String shownHost) {

    /** No timeouts, no other address than the named one. */
    public static final StreamSettings DEFAULT = new StreamSettings(0, 0, 0, "");
}
