package io.allo.io.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one transport, both as a server and as a client. Any thread; {@link #reload} swaps certificates for the connections made
 * after it, and connections that are up keep theirs.
 */
public final class TlsContext {

    private final CertificateStore store;
    private volatile Snapshot current;

    /** The files as they were when they could not be used; not tried again before they change. */
    private @Nullable Map<Path, String> refused;

    /** What is in use now. */
    private record Snapshot(
            TlsSettings settings,
            SSLContext server,
            SSLContext client,
            CertificateStore.Loaded loaded,
            List<Path> watched,
            Map<Path, String> stamps,
            byte[] hash) {}

    private TlsContext(CertificateStore store, Snapshot first) {
        this.store = store;
        this.current = first;
    }

    /**
     * Reads the certificate, key and authorities that {@code settings} name; {@code store} makes what is missing.
     *
     * @throws TlsException if a file cannot be read, or key and certificate do not belong together
     */
    public static TlsContext open(TlsSettings settings, CertificateStore store) throws TlsException {
        return new TlsContext(store, read(settings, store));
    }

    /** Our certificate. */
    public X509Certificate certificate() {
        return current.loaded().identity().certificate();
    }

    /** What the administrator should know about the certificate in use. */
    public List<String> warnings() {
        return current.loaded().warnings();
    }

    /** The certificate in use, for the transport of that name. */
    public CertificateStatus status(String transport) {
        var loaded = current.loaded();
        return CertificateStatus.of(
                loaded.identity().certificate(), loaded.source(), loaded.files(), List.of(transport));
    }

    /**
     * Reads the files again and uses them from now on if any has changed.
     *
     * @return whether anything has changed
     * @throws TlsException if they can't be used; what was in use stays
     */
    public boolean reload() throws TlsException {
        return reload(current.settings());
    }

    /** The same with other settings. */
    public synchronized boolean reload(TlsSettings settings) throws TlsException {
        Snapshot before = current;
        var stamps = FileStamps.of(before.watched());
        Snapshot read;
        try {
            read = read(settings, store);
        } catch (TlsException e) {
            refused = stamps;
            throw e;
        }
        refused = null;
        if (settings.equals(before.settings()) && MessageDigest.isEqual(read.hash(), before.hash())) {
            current = new Snapshot(
                    before.settings(),
                    before.server(),
                    before.client(),
                    read.loaded(),
                    read.watched(),
                    read.stamps(),
                    before.hash());
            return false;
        }
        current = read;
        return true;
    }

    /**
     * Reloads if a file has changed on the disk or a certificate of our own is due; to be called now and then.
     *
     * @return whether another certificate is in use now
     * @throws TlsException as {@link #reload()}, once for one state of the files
     */
    public synchronized boolean reloadIfDue(Instant now) throws TlsException {
        var stamps = FileStamps.of(current.watched());
        boolean changed = !stamps.equals(current.stamps()) && !stamps.equals(refused);
        return (changed || !now.isBefore(current.loaded().renewAt())) && reload();
    }

    /** TLS over a connection that a peer has opened. The handshake comes with the first read, or with {@code startHandshake}. */
    public SSLSocket accepted(Socket socket) throws IOException {
        Snapshot snapshot = current;
        var secured = (SSLSocket) snapshot.server().getSocketFactory().createSocket(socket, null, true);
        secured.setUseClientMode(false);
        secured.setSSLParameters(serverParameters(secured.getSSLParameters(), snapshot.settings()));
        return secured;
    }

    /**
     * TLS over a connection that we have opened.
     *
     * @param domain the name that was looked up (not the one found by NAPTR or SRV), for which the certificate has to be: RFC 5922 4
     */
    public SSLSocket connected(Socket socket, String domain) throws IOException {
        Snapshot snapshot = current;
        var factory = snapshot.client().getSocketFactory();
        var secured = (SSLSocket) factory.createSocket(socket, domain, socket.getPort(), true);
        secured.setUseClientMode(true);
        SSLParameters parameters = secured.getSSLParameters();
        spoken(parameters, snapshot.settings());
        secured.setSSLParameters(parameters);
        return secured;
    }

    /** The server's side without a socket, for whoever moves the bytes itself. */
    public SSLEngine serverEngine() {
        Snapshot snapshot = current;
        SSLEngine engine = snapshot.server().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(serverParameters(engine.getSSLParameters(), snapshot.settings()));
        return engine;
    }

    /** The JDK's context of the server's side as it is now, for an HTTP server that wants one; it does not follow a reload. */
    public SSLContext serverContext() {
        return current.server();
    }

    private static void spoken(SSLParameters parameters, TlsSettings settings) {
        parameters.setProtocols(settings.method().protocols().toArray(String[]::new));
        parameters.setCipherSuites(settings.ciphers().toArray(String[]::new));
    }

    private static SSLParameters serverParameters(SSLParameters parameters, TlsSettings settings) {
        spoken(parameters, settings);
        parameters.setUseCipherSuitesOrder(true);
        if (settings.requireClientCert()) {
            parameters.setNeedClientAuth(true);
        } else if (settings.verifyClient()) {
            parameters.setWantClientAuth(true);
        }
        return parameters;
    }

    private static Snapshot read(TlsSettings settings, CertificateStore store) throws TlsException {
        CertificateStore.Loaded loaded = store.load(settings);
        TrustedAuthorities authorities = TrustedAuthorities.read(settings);
        var files = new ArrayList<>(loaded.files());
        files.addAll(authorities.files());
        var watched = new ArrayList<>(loaded.watched());
        watched.addAll(authorities.files());
        settings.caListPath().ifPresent(watched::add);
        try {
            X509ExtendedTrustManager trust = authorities.trustManager();
            TrustManager servers =
                    settings.verifyServer() ? new ServerTrust(trust, settings.allowWildcardCerts()) : new AnyServer();
            KeyManager[] keys = {new ServerKeys(loaded.identity(), store.offered())};
            return new Snapshot(
                    settings,
                    context(keys, trust),
                    context(keys, servers),
                    loaded,
                    List.copyOf(watched),
                    FileStamps.of(watched),
                    hash(files));
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("TLS can't use these certificates", e);
        }
    }

    private static SSLContext context(KeyManager[] keys, TrustManager trust) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {trust}, null);
        return context;
    }

    private static byte[] hash(List<Path> files) throws GeneralSecurityException, IOException {
        var digest = MessageDigest.getInstance("SHA-256");
        for (Path file : files) {
            digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        return digest.digest();
    }
}
