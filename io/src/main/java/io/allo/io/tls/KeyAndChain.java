package io.allo.io.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A private key and the certificates that vouch for it, ours first. Immutable. */
public record KeyAndChain(PrivateKey key, List<X509Certificate> chain) {

    public KeyAndChain {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
    }

    /** Our own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** From PEM files, which may be one and the same; the key in clear. */
    static KeyAndChain read(Path certFile, Path keyFile) throws TlsException {
        return read(certFile, keyFile, "");
    }

    /** From PEM files, which may be one and the same. */
    static KeyAndChain read(Path certFile, Path keyFile, String password) throws TlsException {
        PemFile keys = PemFile.read(keyFile, password);
        PemFile certificates = certFile.equals(keyFile) ? keys : PemFile.read(certFile, password);
        if (certificates.certificates().isEmpty()) {
            throw new TlsException(certFile + " holds no certificate");
        }
        PrivateKey key = keys.key().orElseThrow(() -> new TlsException(keyFile + " holds no private key"));
        return of(key, certificates.certificates())
                .orElseThrow(() ->
                        new TlsException("the key in " + keyFile + " is not that of a certificate in " + certFile));
    }

    /** The key with its certificate and those that lead to its authority, in whatever order they are; empty if none is the key's. */
    static Optional<KeyAndChain> of(PrivateKey key, List<X509Certificate> certificates) {
        return certificates.stream()
                .filter(c -> belongTogether(key, c.getPublicKey()))
                .findFirst()
                .map(ours -> new KeyAndChain(key, ordered(ours, certificates)));
    }

    /** Ours first, then who signed it and so on; others are left out. */
    private static List<X509Certificate> ordered(X509Certificate ours, List<X509Certificate> certificates) {
        var chain = new ArrayList<X509Certificate>();
        chain.add(ours);
        Optional<X509Certificate> next = issuer(ours, certificates);
        while (next.isPresent() && !chain.contains(next.get())) {
            chain.add(next.get());
            next = issuer(next.get(), certificates);
        }
        return chain;
    }

    private static Optional<X509Certificate> issuer(X509Certificate of, List<X509Certificate> certificates) {
        return certificates.stream()
                .filter(c -> c.getSubjectX500Principal().equals(of.getIssuerX500Principal()))
                .findFirst();
    }

    /** Whether what the key signs is verified by the public key. */
    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        try {
            byte[] text = "allo".getBytes(StandardCharsets.US_ASCII);
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // another kind of key
        }
    }

    /** Says the certificate's subject only; never the key. */
    @Override
    public String toString() {
        return "KeyAndChain[" + certificate().getSubjectX500Principal() + "]";
    }
}
