package io.allo.io.tls;

import io.allo.core.timer.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where our certificates come from: the files that the configuration names or, where there are none, a self-signed one made once and
 * kept in allo's own state directory, its key readable by the owner only. Used from any thread; makes one file at a time.
 */
public final class CertificateStore {

    /** A key with its certificates, the files it came from, and what the administrator should know about it. */
    public record Loaded(KeyAndChain identity, List<Path> files, List<String> warnings) {

        public Loaded {
            files = List.copyOf(files);
            warnings = List.copyOf(warnings);
        }
    }

    private final Path directory;
    private final List<String> names;
    private final Clock clock;

    /**
     * @param stateDirectory allo's own; certificates are kept in {@code tls/} below it
     * @param names host names and literal addresses for which certificates are made
     */
    public CertificateStore(Path stateDirectory, List<String> names, Clock clock) {
        this.directory = stateDirectory.resolve("tls");
        this.names = List.copyOf(names);
        this.clock = clock;
    }

    /**
     * The certificate and key that these settings name. A named file that is missing is replaced by a self-signed certificate of our
     * own, with a warning; one that is there but can't be used is an error, so that a slip does not silently change who we are.
     */
    public synchronized Loaded load(TlsSettings settings) throws TlsException {
        var missing = missing(settings);
        if (settings.certFile().isEmpty() || missing.isPresent()) {
            return ownCertificate(settings, missing);
        }
        Path certFile = settings.certFile().get();
        Path keyFile = settings.privKeyFile().orElse(certFile);
        var warnings = new ArrayList<String>();
        KeyAndChain identity = read(certFile, keyFile);
        expiry(certFile, identity.certificate()).ifPresent(warnings::add);
        readableByAll(keyFile).ifPresent(warnings::add);
        List<Path> files = certFile.equals(keyFile) ? List.of(certFile) : List.of(certFile, keyFile);
        return new Loaded(identity, files, warnings);
    }

    private static Optional<Path> missing(TlsSettings settings) {
        return settings.certFile()
                .filter(f -> !Files.exists(f))
                .or(() -> settings.privKeyFile().filter(f -> !Files.exists(f)));
    }

    private Loaded ownCertificate(TlsSettings settings, Optional<Path> missing) throws TlsException {
        String base = settings.certFile().map(CertificateStore::ownName).orElse("allo");
        Path certFile = directory.resolve(base + ".pem");
        Path keyFile = directory.resolve(base + ".key");
        var warnings = new ArrayList<String>();
        Optional<KeyAndChain> kept = keptCertificate(certFile, keyFile, warnings);
        KeyAndChain identity;
        if (kept.isPresent()) {
            identity = kept.get();
        } else {
            identity = SelfSigned.make(names, SelfSigned.KeyKind.EC_P256, now());
            write(certFile, keyFile, identity);
        }
        missing.ifPresent(file -> warnings.add(file + " does not exist; phones get the self-signed certificate "
                + certFile + ", which they may not trust"));
        return new Loaded(identity, List.of(certFile, keyFile), warnings);
    }

    /** The certificate made at an earlier start; none if there is none, if it ends soon, or if its files were spoilt. */
    private Optional<KeyAndChain> keptCertificate(Path certFile, Path keyFile, List<String> warnings) {
        if (!Files.exists(certFile) || !Files.exists(keyFile)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(certFile, keyFile))
                    .filter(k -> k.certificate().getNotAfter().toInstant().isAfter(now().plus(RENEW_BEFORE)));
        } catch (TlsException e) {
            warnings.add("made a new self-signed certificate, since the old one can't be used: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A name of our own for a named file: its own name, and enough of its path's hash to tell two of one name apart. */
    private static String ownName(Path certFile) {
        Path last = certFile.getFileName();
        String name = last == null ? "allo" : last.toString().replaceAll("\\.[A-Za-z0-9]{1,4}$", "");
        try {
            byte[] path = certFile.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path);
            return name + "-" + HexFormat.of().formatHex(hash, 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static KeyAndChain read(Path certFile, Path keyFile) throws TlsException {
        PemFile certificates = PemFile.read(certFile);
        PemFile keys = certFile.equals(keyFile) ? certificates : PemFile.read(keyFile);
        if (certificates.certificates().isEmpty()) {
            throw new TlsException(certFile + " holds no certificate");
        }
        PrivateKey key = keys.key().orElseThrow(() -> new TlsException(keyFile + " holds no private key"));
        X509Certificate ours = certificates.certificates().stream()
                .filter(c -> belongTogether(key, c.getPublicKey()))
                .findFirst()
                .orElseThrow(() ->
                        new TlsException("the key in " + keyFile + " is not that of a certificate in " + certFile));
        return new KeyAndChain(key, chain(ours, certificates.certificates()));
    }

    /** Ours first, then who signed it and so on, in whatever order the file has them; others are left out. */
    private static List<X509Certificate> chain(X509Certificate ours, List<X509Certificate> certificates) {
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

    private Optional<String> expiry(Path certFile, X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        if (end.isBefore(now())) {
            return Optional.of("the certificate in " + certFile + " expired on " + end);
        }
        return end.isBefore(now().plus(WARN_BEFORE))
                ? Optional.of("the certificate in " + certFile + " expires on " + end)
                : Optional.empty();
    }

    private static Optional<String> readableByAll(Path keyFile) throws TlsException {
        if (!POSIX) {
            return Optional.empty();
        }
        try {
            return Files.getPosixFilePermissions(keyFile).contains(PosixFilePermission.OTHERS_READ)
                    ? Optional.of("the key in " + keyFile + " is readable by everyone on this machine; chmod 600 it")
                    : Optional.empty();
        } catch (IOException e) {
            throw new TlsException("can't read the permissions of " + keyFile, e);
        }
    }

    private void write(Path certFile, Path keyFile, KeyAndChain identity) throws TlsException {
        try {
            Files.createDirectories(directory, ownerOnly("rwx------"));
            var certificates = new StringBuilder();
            for (X509Certificate certificate : identity.chain()) {
                certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            replace(keyFile, pem("PRIVATE KEY", identity.key().getEncoded()), "rw-------");
            replace(certFile, certificates.toString(), "rw-r--r--");
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException("can't keep a certificate in " + directory, e);
        }
    }

    /** Written beside and moved into place, and never readable by more than it says, not even while it is written. */
    private void replace(Path file, String text, String permissions) throws IOException {
        Path beside = Files.createTempFile(directory, ".new", ".pem", ownerOnly("rw-------"));
        try {
            Files.writeString(beside, text, StandardCharsets.US_ASCII);
            if (POSIX) {
                Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString(permissions));
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)} : new FileAttribute<?>[0];
    }

    private static String pem(String type, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.epochMillis());
    }

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final Duration WARN_BEFORE = Duration.ofDays(21);
}
