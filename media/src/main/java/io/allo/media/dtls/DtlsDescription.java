package io.allo.media.dtls;

import java.util.List;
import java.util.Optional;

/**
 * What one side's description says of DTLS-SRTP on a line: RFC 5763 5, RFC 8842 5. Immutable.
 *
 * @param fingerprints those of its lines that can be used; empty: no handshake is possible
 * @param setup who begins, {@code empty} if it does not say
 * @param tlsId {@code a=tls-id}, "" where it is not written; another one asks for a new handshake
 */
public record DtlsDescription(List<Fingerprint> fingerprints, Optional<DtlsSetup> setup, String tlsId) {

    /** Lines of fingerprints that are looked at; of more, the rest is passed over. */
    public static final int MAX_FINGERPRINTS = 16;

    /** The attribute's name in SDP. */
    public static final String TLS_ID = "tls-id";

    public DtlsDescription {
        fingerprints = List.copyOf(fingerprints);
    }

    /** From the values of the lines, those of the media line where it has some, else the session's. */
    public static DtlsDescription of(List<String> fingerprints, Optional<String> setup, Optional<String> tlsId) {
        return new DtlsDescription(
                fingerprints.stream()
                        .limit(MAX_FINGERPRINTS)
                        .map(Fingerprint::parse)
                        .flatMap(Optional::stream)
                        .toList(),
                setup.flatMap(DtlsSetup::parse),
                tlsId.orElse(""));
    }

    /** Whether a handshake is possible. */
    public boolean isUsable() {
        return !fingerprints.isEmpty() && setup.orElse(DtlsSetup.ACTIVE) != DtlsSetup.HOLDCONN;
    }

    /**
     * The agreement if this is an offer and we answer it; empty if no handshake is possible. An offer without {@code a=setup}
     * means active (RFC 4145 4).
     */
    public Optional<DtlsAgreement> answered(LocalDtls ours) {
        return fingerprints.isEmpty() || !ours.isPossible()
                ? Optional.empty()
                : setup.orElse(DtlsSetup.ACTIVE)
                        .answer(ours.wanted(), ours.current())
                        .map(role -> new DtlsAgreement(role, ours.fingerprints().getFirst(), fingerprints, tlsId));
    }

    /** The agreement if this is the answer to our offer of this setup and fingerprint. An answer without {@code a=setup} means passive. */
    public Optional<DtlsAgreement> agreed(DtlsSetup offered, Fingerprint ours) {
        return fingerprints.isEmpty()
                ? Optional.empty()
                : DtlsSetup.role(
                                offered,
                                setup.orElse(offered == DtlsSetup.PASSIVE ? DtlsSetup.ACTIVE : DtlsSetup.PASSIVE))
                        .map(role -> new DtlsAgreement(role, ours, fingerprints, tlsId));
    }
}
