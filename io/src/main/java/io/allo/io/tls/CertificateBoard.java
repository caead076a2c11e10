package io.allo.io.tls;

import java.util.LinkedHashMap;
import java.util.List;

/** The certificates in use, for whoever shows or counts them. A board: any thread; replaced as a whole. */
public final class CertificateBoard {

    private volatile List<CertificateStatus> all = List.of();
    private volatile List<String> troubles = List.of();

    /** What is in use now, each certificate once, with the transports that use it. */
    public List<CertificateStatus> all() {
        return all;
    }

    /** What keeps a certificate from being renewed, in words for an administrator; empty where all is well. */
    public List<String> troubles() {
        return troubles;
    }

    /** From now on these troubles. */
    public void trouble(List<String> next) {
        troubles = List.copyOf(next);
    }

    /** From now on these; one that stands there several times is joined to one. */
    public void replace(List<CertificateStatus> next) {
        var joined = new LinkedHashMap<String, CertificateStatus>();
        for (var status : next) {
            joined.merge(status.fingerprint(), status, (one, other) -> one.alsoOf(other.transports()));
        }
        all = List.copyOf(joined.values());
    }
}
