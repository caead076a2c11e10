package io.allo.io.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A certificate that an administrator brings, from PEM files (RFC 7468) or one PKCS#12 file (RFC 7292), once it has been found good:
 * its key belongs to it, its chain holds together, it is for a server and for names, and its time is now. Immutable.
 *
 * @param warnings what is worth knowing, but no reason to refuse it
 */
public record CertificateImport(KeyAndChain identity, List<String> warnings) {

    public CertificateImport {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads and checks it.
     *
     * @param keyFile the key's PEM file; without it the key is in {@code file}
     * @param password of a PKCS#12 file or an encrypted key; "" without
     * @param names of this machine
     * @throws TlsException with the reason why it is refused
     */
    public static CertificateImport read(
            Path file, Optional<Path> keyFile, String password, List<String> names, Instant now) throws TlsException {
        KeyAndChain identity =
                isPkcs12(file) ? pkcs12(file, password) : KeyAndChain.read(file, keyFile.orElse(file), password);
        checkTime(identity.certificate(), now);
        checkKey(identity.certificate());
        checkPurpose(identity.certificate());
        checkChain(identity.chain(), now);
        var warnings = new ArrayList<String>();
        Expiry.warning(file.toString(), identity.certificate(), now).ifPresent(warnings::add);
        X509Certificate last = identity.chain().getLast();
        if (identity.chain().size() == 1 && !isSelfSigned(last)) {
            warnings.add("the certificate that signed it (" + last.getIssuerX500Principal()
                    + ") is not in the file: phones may not find the way to its authority");
        }
        if (names.stream().noneMatch(name -> SipIdentity.covers(identity.certificate(), name, true))) {
            warnings.add("it is for none of this machine's own names and addresses (" + String.join(", ", names)
                    + "); phones have to use one of the names that it is for");
        }
        return new CertificateImport(identity, warnings);
    }

    private static void checkTime(X509Certificate certificate, Instant now) throws TlsException {
        if (certificate.getNotAfter().toInstant().isBefore(now)) {
            throw new TlsException("it expired on " + certificate.getNotAfter().toInstant());
        }
        if (certificate.getNotBefore().toInstant().isAfter(now)) {
            throw new TlsException(
                    "it is not valid before " + certificate.getNotBefore().toInstant());
        }
    }

    private static void checkKey(X509Certificate certificate) throws TlsException {
        if (certificate.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_LEAST_BITS) {
            throw new TlsException("its RSA key has " + rsa.getModulus().bitLength() + " bits; current phones want "
                    + RSA_LEAST_BITS + " at least");
        }
        String algorithm = certificate.getSigAlgName();
        if (algorithm.startsWith("SHA1") || algorithm.startsWith("MD")) {
            throw new TlsException("it is signed with " + algorithm + ", which is broken");
        }
    }

    private static void checkPurpose(X509Certificate certificate) throws TlsException {
        try {
            if (certificate.getBasicConstraints() >= 0) {
                throw new TlsException("it is the certificate of an authority, not of a server");
            }
            List<String> usages = certificate.getExtendedKeyUsage();
            if (usages != null && Collections.disjoint(usages, List.of(SERVER_AUTH, ANY_USAGE))) {
                throw new TlsException("it is not for servers: its extended key usage is " + usages);
            }
            if (certificate.getSubjectAlternativeNames() == null) {
                throw new TlsException("it has no alternative names (SAN), and current phones look at nothing else");
            }
        } catch (CertificateParsingException e) {
            throw new TlsException("it can't be read", e);
        }
    }

    /** Each is signed by the next, which is an authority whose time is now. */
    private static void checkChain(List<X509Certificate> chain, Instant now) throws TlsException {
        for (int i = 0; i + 1 < chain.size(); i++) {
            X509Certificate signer = chain.get(i + 1);
            try {
                chain.get(i).verify(signer.getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new TlsException(
                        "the chain does not hold together: " + chain.get(i).getSubjectX500Principal()
                                + " was not signed by the " + signer.getSubjectX500Principal() + " of the file");
            }
            if (signer.getBasicConstraints() < 0) {
                throw new TlsException(signer.getSubjectX500Principal() + " is no authority");
            }
            if (signer.getNotAfter().toInstant().isBefore(now)) {
                throw new TlsException("its signer " + signer.getSubjectX500Principal() + " expired on "
                        + signer.getNotAfter().toInstant());
            }
        }
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** DER begins with a SEQUENCE; PEM is text. */
    private static boolean isPkcs12(Path file) throws TlsException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x30;
        } catch (IOException e) {
            throw new TlsException("can't read " + file, e);
        }
    }

    private static KeyAndChain pkcs12(Path file, String password) throws TlsException {
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password.toCharArray()) instanceof PrivateKey key) {
                    return of(file, key, store, alias);
                }
            }
            throw new TlsException(file + " holds no private key");
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException(file + " can't be opened as PKCS#12 (is the password right?)", e);
        }
    }

    private static KeyAndChain of(Path file, PrivateKey key, KeyStore store, String alias)
            throws TlsException, GeneralSecurityException {
        var certificates = new ArrayList<X509Certificate>();
        Certificate[] chain = store.getCertificateChain(alias);
        for (Certificate each : chain == null ? new Certificate[0] : chain) {
            if (each instanceof X509Certificate certificate) {
                certificates.add(certificate);
            }
        }
        return KeyAndChain.of(key, certificates)
                .orElseThrow(() -> new TlsException("the key in " + file + " is not that of a certificate in it"));
    }

    private static final int RSA_LEAST_BITS = 2048;
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USAGE = "2.5.29.37.0";
}
