package io.allo.io.tls;

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
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The directory in which allo keeps certificates and keys of its own: {@code NAME.pem} and {@code NAME.key}, keys readable by their owner
 * only, each file written beside and moved into place, and what was there before kept as {@code NAME.pem.old} and {@code NAME.key.old}.
 * Immutable; writers are one at a time.
 */
record OwnFiles(Path directory) {

    Path certificate(String name) {
        return directory.resolve(name + ".pem");
    }

    Path key(String name) {
        return directory.resolve(name + ".key");
    }

    /** Whether both files are there. */
    boolean has(String name) {
        return Files.exists(certificate(name)) && Files.exists(key(name));
    }

    /** Both files; the key first, so that there is no moment at which a certificate stands without the key that is its own. */
    void write(String name, KeyAndChain identity) throws TlsException {
        try {
            Files.createDirectories(directory, ownerOnly("rwx------"));
            keepOld(key(name));
            keepOld(certificate(name));
            replace(key(name), pem("PRIVATE KEY", identity.key().getEncoded()), "rw-------");
            replace(certificate(name), pem(identity.chain()), "rw-r--r--");
        } catch (IOException e) {
            throw new TlsException("can't keep a certificate in " + directory, e);
        }
    }

    /** A key pair without a certificate: the private key, and after it the public one, which PKCS#8 leaves out. */
    void writeKeyPair(String name, KeyPair pair) throws TlsException {
        try {
            Files.createDirectories(directory, ownerOnly("rwx------"));
            var text = pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                    + pem("PUBLIC KEY", pair.getPublic().getEncoded());
            replace(key(name), text, "rw-------");
        } catch (IOException e) {
            throw new TlsException("can't keep a key in " + directory, e);
        }
    }

    private void keepOld(Path file) throws IOException {
        if (Files.exists(file)) {
            Path last = file.resolveSibling(file.getFileName() + ".old");
            Files.copy(file, last, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
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

    /** A warning about a key that others than its owner can read. */
    static Optional<String> readableByAll(Path keyFile) throws TlsException {
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

    /** Certificates as PEM text. */
    static String pem(List<X509Certificate> certificates) throws TlsException {
        var text = new StringBuilder();
        try {
            for (X509Certificate certificate : certificates) {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new TlsException("can't write a certificate", e);
        }
        return text.toString();
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)} : new FileAttribute<?>[0];
    }

    private static String pem(String type, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
}
