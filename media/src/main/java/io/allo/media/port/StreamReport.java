package io.allo.media.port;

/**
 * A stream's totals when its port closes.
 *
 * @param codec encoding name of what was received last, "" if nothing was
 * @param lost packets that should have come and did not (RFC 3550 A.3), never below zero here
 * @param jitterMs interarrival jitter (RFC 3550 A.8)
 * @param roundTripMs last round trip from RTCP, -1 if never measured
 * @param remoteLost what the other side said it lost, -1 if it never said
 * @param refused packets thrown away because they came from an address that the call has not shown, or were not authentic
 * @param unauthenticated packets of an encrypted stream thrown away because they were not made with its key or came twice;
 *     among {@code refused} where they were sound
 * @param mos estimated listening quality, 1 to 4.5 (ITU-T G.107), 0 if nothing was received
 */
public record StreamReport(
        String codec,
        long packetsSent,
        long packetsReceived,
        long lost,
        double jitterMs,
        double roundTripMs,
        long remoteLost,
        long refused,
        long unauthenticated,
        double mos) {

    /** The totals of a plain stream. */
    public StreamReport(
            String codec,
            long packetsSent,
            long packetsReceived,
            long lost,
            double jitterMs,
            double roundTripMs,
            long remoteLost,
            long refused,
            double mos) {
        this(codec, packetsSent, packetsReceived, lost, jitterMs, roundTripMs, remoteLost, refused, 0, mos);
    }

    /** A port that never spoke. */
    public static final StreamReport EMPTY = new StreamReport("", 0, 0, 0, 0, -1, -1, 0, 0, 0);
}
