package io.allo.io.dtls;

import io.allo.media.dtls.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that handshakes are made with: one of our own, made at the start and never written down, and those that
 * endpoints name ({@code dtls_cert_file}), read again when a file has changed. Any thread.
 */
public final class DtlsIdentities {

    /** Certificates that are kept; endpoints that name more share the server's own. */
    static final int MAX_IDENTITIES = 1_000;

    private final DtlsIdentity own;
    private final Map<Fingerprint, DtlsIdentity> byFingerprint = new ConcurrentHashMap<>();
    private final Map<Source, DtlsIdentity> byFile = new ConcurrentHashMap<>();

    private record Source(Path certificates, Path key, FileTime certificatesTime, FileTime keyTime) {}

    /** Makes our own. */
    public DtlsIdentities(Instant now, SecureRandom random) {
        own = DtlsIdentity.generate(now, random);
        byFingerprint.put(own.fingerprint(), own);
    }

    /** Our own, for all endpoints that name none. */
    public DtlsIdentity own() {
        return own;
    }

    /** The one in these files. */
    public DtlsIdentity load(Path certificates, Path key) throws IOException {
        var name =
                new Source(certificates, key, Files.getLastModifiedTime(certificates), Files.getLastModifiedTime(key));
        var known = byFile.get(name);
        if (known != null) {
            return known;
        }
        if (byFile.size() >= MAX_IDENTITIES) {
            throw new IOException("more than " + MAX_IDENTITIES + " certificates for DTLS");
        }
        var read = DtlsIdentity.load(certificates, key);
        byFingerprint.put(read.fingerprint(), read);
        byFile.put(name, read);
        return read;
    }

    /** The one with this fingerprint, null if there is none. */
    @Nullable
    DtlsIdentity of(Fingerprint fingerprint) {
        return byFingerprint.get(fingerprint);
    }
}
