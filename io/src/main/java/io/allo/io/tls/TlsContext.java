package io.allo.io.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The TLS of one transport, both as a server and as a client. Any thread; {@link #reload} swaps certificates for the connections made
 * after it, and connections that are up keep theirs.
 */
public final class TlsContext {

    private final TlsSettings settings;
    private final CertificateStore store;
    private volatile Snapshot current;

    /** What is in use now. */
    private record Snapshot(SSLContext server, SSLContext client, CertificateStore.Loaded loaded, byte[] hash) {}

    private TlsContext(TlsSettings settings, CertificateStore store, Snapshot first) {
        this.settings = settings;
        this.store = store;
        this.current = first;
    }

    /**
     * Reads the certificate, key and authorities that {@code settings} name; {@code store} makes what is missing.
     *
     * @throws TlsException if a file cannot be read, or key and certificate do not belong together
     */
    public static TlsContext open(TlsSettings settings, CertificateStore store) throws TlsException {
        return new TlsContext(settings, store, read(settings, store));
    }

    /** Our certificate. */
    public X509Certificate certificate() {
        return current.loaded().identity().certificate();
    }

    /** What the administrator should know about the certificate in use. */
    public List<String> warnings() {
        return current.loaded().warnings();
    }

    /**
     * Reads the files again and uses them from now on if any has changed.
     *
     * @return whether anything has changed
     * @throws TlsException if they can't be used; what was in use stays
     */
    public synchronized boolean reload() throws TlsException {
        Snapshot read = read(settings, store);
        if (MessageDigest.isEqual(read.hash(), current.hash())) {
            return false;
        }
        current = read;
        return true;
    }

    /** TLS over a connection that a peer has opened. The handshake comes with the first read, or with {@code startHandshake}. */
    public SSLSocket accepted(Socket socket) throws IOException {
        var secured = (SSLSocket) current.server().getSocketFactory().createSocket(socket, null, true);
        secured.setUseClientMode(false);
        secured.setSSLParameters(serverParameters(secured.getSSLParameters()));
        return secured;
    }

    /**
     * TLS over a connection that we have opened.
     *
     * @param domain the name that was looked up (not the one found by NAPTR or SRV), for which the certificate has to be: RFC 5922 4
     */
    public SSLSocket connected(Socket socket, String domain) throws IOException {
        var factory = current.client().getSocketFactory();
        var secured = (SSLSocket) factory.createSocket(socket, domain, socket.getPort(), true);
        secured.setUseClientMode(true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(settings.method().protocols().toArray(String[]::new));
        secured.setSSLParameters(parameters);
        return secured;
    }

    /** The server's side without a socket, for whoever moves the bytes itself. */
    public SSLEngine serverEngine() {
        SSLEngine engine = current.server().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(serverParameters(engine.getSSLParameters()));
        return engine;
    }

    /** The JDK's context of the server's side as it is now, for an HTTP server that wants one; it does not follow a reload. */
    public SSLContext serverContext() {
        return current.server();
    }

    private SSLParameters serverParameters(SSLParameters parameters) {
        parameters.setProtocols(settings.method().protocols().toArray(String[]::new));
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
        try {
            X509ExtendedTrustManager trust = authorities.trustManager();
            TrustManager servers =
                    settings.verifyServer() ? new ServerTrust(trust, settings.allowWildcardCerts()) : new AnyServer();
            KeyManager[] keys = keyManagers(loaded.identity());
            return new Snapshot(context(keys, trust), context(keys, servers), loaded, hash(files));
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("TLS can't use these certificates", e);
        }
    }

    private static SSLContext context(KeyManager[] keys, TrustManager trust) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {trust}, null);
        return context;
    }

    private static KeyManager[] keyManagers(KeyAndChain identity) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] noPassword = new char[0];
        store.setKeyEntry("allo", identity.key(), noPassword, identity.chain().toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, noPassword);
        return factory.getKeyManagers();
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
