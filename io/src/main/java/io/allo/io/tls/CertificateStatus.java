package io.allo.io.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A certificate as an administrator wants to see it. Immutable.
 *
 * @param names host names, addresses and URIs that it is for
 * @param fingerprint SHA-256, as {@code AB:CD:...}
 * @param keyKind {@code EC 256}, {@code RSA 2048}
 * @param isAuthority whether it signs others
 * @param source who made it
 * @param files where it lies
 * @param transports which use it for whoever asks for no name; every transport uses it for who asks for one of its names
 * @param renewAt when allo makes another one; empty where that is somebody else's matter
 */
public record CertificateStatus(
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        String fingerprint,
        String keyKind,
        boolean isAuthority,
        CertificateStore.Source source,
        List<Path> files,
        List<String> transports,
        Optional<Instant> renewAt) {

    public CertificateStatus {
        names = List.copyOf(names);
        files = List.copyOf(files);
        transports = List.copyOf(transports);
    }

    /** The status of a certificate in use. */
    static CertificateStatus of(
            X509Certificate certificate, CertificateStore.Source source, List<Path> files, List<String> transports) {
        boolean authority = certificate.getBasicConstraints() >= 0;
        boolean renewed =
                !authority && (source == CertificateStore.Source.OWN || source == CertificateStore.Source.ACME);
        return new CertificateStatus(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                names(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                fingerprint(certificate),
                keyKind(certificate.getPublicKey()),
                authority,
                source,
                files,
                transports,
                renewed ? Optional.of(Expiry.renewAt(certificate)) : Optional.empty());
    }

    /** The same, used by one more transport. */
    CertificateStatus alsoOf(List<String> more) {
        var all = new ArrayList<>(transports);
        all.addAll(more);
        return new CertificateStatus(
                subject,
                issuer,
                names,
                notBefore,
                notAfter,
                fingerprint,
                keyKind,
                isAuthority,
                source,
                files,
                all,
                renewAt);
    }

    /** Whole days until it ends; negative afterwards. */
    public long daysLeft(Instant now) {
        return Math.floorDiv(Duration.between(now, notAfter).toSeconds(), 86_400L);
    }

    /** SHA-256 of a certificate, as {@code AB:CD:...}. */
    static String fingerprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    private static List<String> names(X509Certificate certificate) {
        var names = new ArrayList<String>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> each : alternatives) {
                    if (each.get(1) instanceof String name && !names.contains(name)) {
                        names.add(name);
                    }
                }
            }
        } catch (CertificateParsingException e) {
            names.add("(unreadable: " + e.getMessage() + ")");
        }
        return names;
    }

    private static String keyKind(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength();
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            default -> key.getAlgorithm();
        };
    }
}
