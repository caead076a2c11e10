package io.allo.media.dtls;

import java.util.List;

/**
 * What offer and answer agreed on for the handshake of a stream. Equal values mean that the association goes on; another role,
 * other fingerprints or another tls-id that a new one begins: RFC 8842 4. Immutable.
 *
 * @param role ours: {@link DtlsSetup#ACTIVE} begins, {@link DtlsSetup#PASSIVE} waits
 * @param ours of the certificate that we prove ourselves with
 * @param theirs the fingerprints one of which the other side's certificate must have
 * @param tlsId the other side's {@code a=tls-id}, "" if it wrote none
 */
public record DtlsAgreement(DtlsSetup role, Fingerprint ours, List<Fingerprint> theirs, String tlsId) {

    public DtlsAgreement {
        theirs = List.copyOf(theirs);
        if (!role.isRole() || theirs.isEmpty()) {
            throw new IllegalArgumentException(role + " with " + theirs.size() + " fingerprints");
        }
    }
}
