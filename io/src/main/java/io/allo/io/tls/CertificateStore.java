package io.allo.io.tls;

import io.allo.core.timer.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where our certificates come from: the files that the configuration names or, where there are none, what was imported, what an ACME
 * authority has issued, or one signed by an authority of our own; the last three are kept in {@code tls/} of allo's own state directory,
 * keys readable by the owner only. Used from any thread; makes one file at a time.
 */
public final class CertificateStore {

    /** The files in {@code tls/} that hold what was imported. */
    public static final String IMPORTED = "imported";

    /** The files in {@code tls/} that hold what an ACME authority has issued. */
    public static final String ACME = "acme";

    private static final String OWN = "allo";

    /** Who made a certificate, and so who renews it. */
    public enum Source {
        /** A file that the configuration names; whoever made it renews it. */
        NAMED,
        /** {@code allo cert import}; to be imported again. */
        IMPORTED,
        /** An ACME authority; allo renews it. */
        ACME,
        /** allo's own authority; allo renews it. */
        OWN
    }

    /**
     * A key with its certificates.
     *
     * @param files it came from
     * @param watched these and those that would be used in their place if they were there
     * @param renewAt when allo makes another one; {@link Instant#MAX} where that is not allo's matter
     * @param warnings what the administrator should know
     */
    public record Loaded(
            KeyAndChain identity,
            Source source,
            List<Path> files,
            List<Path> watched,
            Instant renewAt,
            List<String> warnings) {

        public Loaded {
            files = List.copyOf(files);
            watched = List.copyOf(watched);
            warnings = List.copyOf(warnings);
        }
    }

    private final OwnFiles own;
    private final List<String> names;
    private final Clock clock;
    private final OfferedCertificates offered = new OfferedCertificates();

    /**
     * @param stateDirectory allo's own; certificates are kept in {@code tls/} below it
     * @param names host names and literal addresses for which certificates are made
     */
    public CertificateStore(Path stateDirectory, List<String> names, Clock clock) {
        this.own = new OwnFiles(stateDirectory.resolve("tls"));
        this.names = List.copyOf(names);
        this.clock = clock;
    }

    /**
     * The certificate and key that these settings name. A named file that is missing is replaced by a certificate of our own, with a
     * warning; one that is there but can't be used is an error, so that a slip does not silently change who we are.
     */
    public synchronized Loaded load(TlsSettings settings) throws TlsException {
        var missing = missing(settings);
        if (settings.certFile().isEmpty()) {
            return unnamed();
        }
        var elsewhere = new ArrayList<String>(); // another transport's warnings, or nobody's matter
        kept(ACME, Source.ACME, elsewhere);
        kept(IMPORTED, Source.IMPORTED, elsewhere);
        if (missing.isPresent()) {
            return inPlaceOf(settings, missing.get());
        }
        return named(settings);
    }

    /** Everything that may be shown to a client that asks for its name, whatever transport it comes to. */
    OfferedCertificates offered() {
        return offered;
    }

    /** What settings without a file get: imported, ACME's, our own, whichever is there first. The others are offered by name. */
    private Loaded unnamed() throws TlsException {
        var warnings = new ArrayList<String>();
        Loaded ours = own(OWN, warnings, false);
        offered.put(OWN, ours.identity());
        Optional<Loaded> acme = kept(ACME, Source.ACME, warnings);
        Optional<Loaded> imported = kept(IMPORTED, Source.IMPORTED, warnings);
        Loaded first = imported.or(() -> acme).orElse(ours);
        return new Loaded(
                first.identity(), first.source(), first.files(), ownWatched(List.of()), first.renewAt(), warnings);
    }

    private List<Path> ownWatched(List<Path> more) {
        var watched = new ArrayList<>(more);
        for (String name : List.of(OWN, ACME, IMPORTED)) {
            watched.add(own.certificate(name));
            watched.add(own.key(name));
        }
        return watched;
    }

    private Optional<Loaded> kept(String name, Source source, List<String> warnings) {
        if (!own.has(name)) {
            offered.remove(name);
            return Optional.empty();
        }
        List<Path> files = List.of(own.certificate(name), own.key(name));
        try {
            KeyAndChain identity = KeyAndChain.read(files.getFirst(), files.getLast());
            offered.put(name, identity);
            Expiry.warning(files.getFirst().toString(), identity.certificate(), now())
                    .ifPresent(warnings::add);
            if (identity.certificate().getNotAfter().toInstant().isBefore(now())) {
                return Optional.empty(); // ours is better than one that is over
            }
            return Optional.of(new Loaded(identity, source, files, files, Instant.MAX, List.of()));
        } catch (TlsException e) {
            warnings.add(e.getMessage() + "; another certificate is used");
            return Optional.empty();
        }
    }

    private Loaded named(TlsSettings settings) throws TlsException {
        Path certFile = settings.certFile().orElseThrow();
        Path keyFile = settings.privKeyFile().orElse(certFile);
        var warnings = new ArrayList<String>();
        KeyAndChain identity = KeyAndChain.read(certFile, keyFile, settings.password());
        Expiry.warning(certFile.toString(), identity.certificate(), now()).ifPresent(warnings::add);
        OwnFiles.readableByAll(keyFile).ifPresent(warnings::add);
        List<Path> files = certFile.equals(keyFile) ? List.of(certFile) : List.of(certFile, keyFile);
        offered.put(certFile.toString(), identity);
        return new Loaded(identity, Source.NAMED, files, ownWatched(files), Instant.MAX, warnings);
    }

    /**
     * What {@link #load} and a transport would warn of, without making anything.
     *
     * @throws TlsException if a transport would not open
     */
    public static List<String> examine(TlsSettings settings, Instant now) throws TlsException {
        TrustedAuthorities.read(settings);
        var missing = missing(settings);
        if (settings.certFile().isEmpty()) {
            return List.of();
        }
        if (missing.isPresent()) {
            return List.of(missing.get() + " does not exist; phones get a certificate of allo's own authority instead");
        }
        Path certFile = settings.certFile().get();
        Path keyFile = settings.privKeyFile().orElse(certFile);
        if (!Files.isReadable(certFile) || !Files.isReadable(keyFile)) {
            return List.of(certFile + " or its key can't be read by who runs this, so it was not examined");
        }
        var warnings = new ArrayList<String>();
        var certificate =
                KeyAndChain.read(certFile, keyFile, settings.password()).certificate();
        Expiry.warning(certFile.toString(), certificate, now).ifPresent(warnings::add);
        OwnFiles.readableByAll(keyFile).ifPresent(warnings::add);
        return warnings;
    }

    /** The certificate that these settings name, if it is there; makes nothing. */
    public static Optional<CertificateStatus> examined(TlsSettings settings, String transport) throws TlsException {
        if (settings.certFile().isEmpty() || missing(settings).isPresent()) {
            return Optional.empty();
        }
        Path certFile = settings.certFile().get();
        var identity = KeyAndChain.read(certFile, settings.privKeyFile().orElse(certFile), settings.password());
        return Optional.of(
                CertificateStatus.of(identity.certificate(), Source.NAMED, List.of(certFile), List.of(transport)));
    }

    private Loaded inPlaceOf(TlsSettings settings, Path missing) throws TlsException {
        Path certFile = settings.certFile().orElseThrow();
        var warnings = new ArrayList<String>();
        Loaded made = own(ownName(certFile), warnings, false);
        warnings.add(missing + " does not exist; phones get " + made.files().getFirst()
                + " of allo's own authority, which they may not trust: allo cert export-ca gives it");
        var watched = ownWatched(made.watched());
        watched.add(certFile);
        settings.privKeyFile().ifPresent(watched::add);
        offered.put(certFile.toString(), made.identity());
        return new Loaded(made.identity(), Source.OWN, made.files(), watched, made.renewAt(), warnings);
    }

    private static Optional<Path> missing(TlsSettings settings) {
        return settings.certFile()
                .filter(f -> !Files.exists(f))
                .or(() -> settings.privKeyFile().filter(f -> !Files.exists(f)));
    }

    /** A certificate of our own: the one made earlier, if it is still good, and another one otherwise, or always if {@code anew}. */
    private Loaded own(String name, List<String> warnings, boolean anew) throws TlsException {
        var authority = CertificateAuthority.open(own, names.isEmpty() ? "" : names.getFirst(), now(), warnings);
        Optional<KeyAndChain> kept = anew ? Optional.empty() : stillGood(name, authority, warnings);
        KeyAndChain identity;
        if (kept.isPresent()) {
            identity = kept.get();
        } else {
            identity = authority.issue(names, now());
            own.write(name, identity);
        }
        Expiry.warning(
                        "allo's own authority " + own.certificate(CertificateAuthority.NAME),
                        authority.certificate(),
                        now())
                .ifPresent(warnings::add);
        List<Path> files = List.of(own.certificate(name), own.key(name));
        return new Loaded(identity, Source.OWN, files, files, Expiry.renewAt(identity.certificate()), warnings);
    }

    /** The certificate made earlier, unless it is due, not of our authority, without one of our names, or its files were spoilt. */
    private Optional<KeyAndChain> stillGood(String name, CertificateAuthority authority, List<String> warnings) {
        if (!own.has(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(KeyAndChain.read(own.certificate(name), own.key(name)))
                    .filter(k -> Expiry.renewAt(k.certificate()).isAfter(now()))
                    .filter(k -> authority.issued(k.certificate()))
                    .filter(k -> names.stream().allMatch(n -> SipIdentity.covers(k.certificate(), n, false)));
        } catch (TlsException e) {
            warnings.add("made a new certificate, since the old one can't be used: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Makes our own certificate anew, with our names as they are now; with {@code authorityToo}, of a new authority. */
    public synchronized KeyAndChain renew(boolean authorityToo) throws TlsException {
        if (authorityToo) {
            CertificateAuthority.make(own, names.isEmpty() ? "" : names.getFirst(), now());
        }
        return own(OWN, new ArrayList<>(), true).identity();
    }

    /** Uses this certificate, from now on, wherever the configuration names none; what was there is kept beside it. */
    public synchronized void keep(String name, KeyAndChain identity) throws TlsException {
        own.write(name, identity);
    }

    /** Whether that certificate is for all of these names. */
    public static boolean covers(KeyAndChain identity, List<String> wanted) {
        return wanted.stream().allMatch(name -> SipIdentity.covers(identity.certificate(), name, false));
    }

    /** What is kept under {@link #IMPORTED} or {@link #ACME}, if it can be used. */
    public synchronized Optional<KeyAndChain> kept(String name) {
        try {
            return own.has(name)
                    ? Optional.of(KeyAndChain.read(own.certificate(name), own.key(name)))
                    : Optional.empty();
        } catch (TlsException unusable) {
            return Optional.empty(); // load() tells why
        }
    }

    /** The certificate of our own authority, which phones import; made now if there is none. */
    public synchronized X509Certificate authority() throws TlsException {
        return CertificateAuthority.open(own, names.isEmpty() ? "" : names.getFirst(), now(), new ArrayList<>())
                .certificate();
    }

    /** The same as PEM text. */
    public String authorityPem() throws TlsException {
        return OwnFiles.pem(List.of(authority()));
    }

    /** Everything kept in our own directory, the authority included, as it is; makes nothing. */
    public synchronized List<CertificateStatus> keptStatus() throws TlsException {
        var found = new ArrayList<CertificateStatus>();
        for (String name : List.of(OWN, ACME, IMPORTED)) {
            if (own.has(name)) {
                List<Path> files = List.of(own.certificate(name), own.key(name));
                var certificate =
                        KeyAndChain.read(files.getFirst(), files.getLast()).certificate();
                found.add(CertificateStatus.of(certificate, source(name), files, List.of()));
            }
        }
        authorityStatus().ifPresent(found::add);
        return found;
    }

    /** Our own authority, if there is one; makes nothing. */
    public synchronized Optional<CertificateStatus> authorityStatus() throws TlsException {
        return CertificateAuthority.kept(own)
                .map(certificate -> CertificateStatus.of(
                        certificate, Source.OWN, List.of(own.certificate(CertificateAuthority.NAME)), List.of()));
    }

    private static Source source(String name) {
        return switch (name) {
            case ACME -> Source.ACME;
            case IMPORTED -> Source.IMPORTED;
            default -> Source.OWN;
        };
    }

    /** A name of our own for a named file: its own name, and enough of its path's hash to tell two of one name apart. */
    private static String ownName(Path certFile) {
        Path last = certFile.getFileName();
        String name = last == null ? OWN : last.toString().replaceAll("\\.[A-Za-z0-9]{1,4}$", "");
        try {
            byte[] path = certFile.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path);
            return name + "-" + HexFormat.of().formatHex(hash, 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.epochMillis());
    }
}
