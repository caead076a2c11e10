package io.allo.media.sdp;

import io.allo.media.dtls.DtlsDescription;
import io.allo.media.dtls.DtlsSetup;
import io.allo.media.dtls.Fingerprint;
import java.util.List;
import java.util.Optional;

/**
 * A whole session description, RFC 8866 5, as far as a call needs it: the informational lines (i, u, e, p), repeat
 * times (r, z) and the obsolete key (k) are not kept. Immutable.
 */
public record SessionDescription(
        Origin origin,
        String sessionName,
        Optional<Connection> connection,
        List<Bandwidth> bandwidths,
        Timing timing,
        Attributes attributes,
        List<MediaDescription> media) {

    /** A {@code b=} line: {@code AS} and {@code CT} in kbit/s, {@code TIAS} in bit/s. RFC 8866 5.8. Immutable. */
    public record Bandwidth(String type, long value) {}

    /** The {@code t=} line, in NTP seconds; a call has {@code 0 0}, which is for ever. RFC 8866 5.9. Immutable. */
    public record Timing(long start, long stop) {

        /** {@code t=0 0}: it begins at once and never ends. */
        public static final Timing UNBOUNDED = new Timing(0, 0);
    }

    public SessionDescription {
        bandwidths = List.copyOf(bandwidths);
        media = List.copyOf(media);
    }

    /** The address of a media line: its own {@code c=}, else the session's. */
    public Optional<Connection> connectionOf(MediaDescription line) {
        return line.connection().or(() -> connection);
    }

    /** The direction of a media line: its own attribute, else the session's, else sendrecv (RFC 8866 6.7). */
    public Direction directionOf(MediaDescription line) {
        return line.attributes().direction().or(attributes::direction).orElse(Direction.SENDRECV);
    }

    /** What is said of a handshake for a media line's keys: on its own level, else on the session's. RFC 8122 5, RFC 4145 4. */
    public DtlsDescription dtlsOf(MediaDescription line) {
        var own = line.attributes();
        var fingerprints = own.has(Fingerprint.NAME) ? own : attributes;
        return DtlsDescription.of(
                fingerprints.all(Fingerprint.NAME),
                own.first(DtlsSetup.NAME).or(() -> attributes.first(DtlsSetup.NAME)),
                own.first(DtlsDescription.TLS_ID).or(() -> attributes.first(DtlsDescription.TLS_ID)));
    }

    SessionDescription withOrigin(Origin newOrigin) {
        return new SessionDescription(newOrigin, sessionName, connection, bandwidths, timing, attributes, media);
    }

    /** The body as it goes on the wire, lines ended with CRLF. */
    @Override
    public String toString() {
        return SdpWriter.write(this);
    }
}
