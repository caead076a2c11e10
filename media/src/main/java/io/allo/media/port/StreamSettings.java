package io.allo.media.port;

/**
 * How a port treats its stream beyond what was negotiated.
 *
 * @param timeoutMs silence after which {@link MediaEvent.TimedOut} is told, 0 for never (rtp_timeout)
 * @param holdTimeoutMs the same while held, 0 for never (rtp_timeout_hold)
 * @param keepAliveMs send a packet when nothing was sent for so long, 0 for never (rtp_keepalive)
 * @param detectInband listen for digits in the sound (dtmf_mode inband, auto)
 * @param sendDigitsAs how digits go out
 * @param shownHost the address (text) from which the other side signals, "" if it has none: sound may come from it beside
 *     the address that its SDP names, and from nowhere else
 */
public record StreamSettings(
        int timeoutMs,
        int holdTimeoutMs,
        int keepAliveMs,
        boolean detectInband,
        DigitTransport sendDigitsAs,
        String shownHost) {

    /** How digits leave this side; INFO is sent by the channel and never reaches the port. */
    public enum DigitTransport {
        RFC4733,
        INBAND
    }

    /** No timeouts, RFC 4733. */
    public static final StreamSettings DEFAULT = new StreamSettings(0, 0, 0, false, DigitTransport.RFC4733, "");
}
