package io.allo.media.dtls;

import java.util.List;
import java.util.Optional;

/**
 * Our side of DTLS-SRTP on one leg. Immutable.
 *
 * @param fingerprints of our certificate; empty: there is none, and no DTLS
 * @param wanted {@code dtls_setup}: what we offer, and what we answer where the other side leaves the choice
 * @param current our role in the association that there is; empty before the first agreement
 */
public record LocalDtls(List<Fingerprint> fingerprints, DtlsSetup wanted, Optional<DtlsSetup> current) {

    /** No certificate: nothing is offered or taken. */
    public static final LocalDtls NONE = new LocalDtls(List.of(), DtlsSetup.ACTPASS, Optional.empty());

    public LocalDtls {
        fingerprints = List.copyOf(fingerprints);
    }

    /** Whether there is a certificate. */
    public boolean isPossible() {
        return !fingerprints.isEmpty();
    }

    /** What our next offer says: the role we have, so that nobody changes it without need (RFC 8842 5.5), else what is wanted. */
    public DtlsSetup offered() {
        return current.orElse(wanted);
    }

    /** The same in an association with this role of ours. */
    public LocalDtls in(Optional<DtlsSetup> newCurrent) {
        return new LocalDtls(fingerprints, wanted, newCurrent);
    }
}
