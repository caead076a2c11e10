package io.allo.io.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks a server that we connect to: its chain, and that its certificate speaks for the domain asked for (RFC 5922 7.3). Immutable;
 * called on the thread of the handshake.
 */
final class ServerTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager chains;
    private final boolean wildcards;

    ServerTrust(X509ExtendedTrustManager chains, boolean wildcards) {
        this.chains = chains;
        this.wildcards = wildcards;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        chains.checkServerTrusted(chain, authType, socket);
        checkDomain(chain[0], ((SSLSocket) socket).getHandshakeSession());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        chains.checkServerTrusted(chain, authType, engine);
        checkDomain(chain[0], engine.getHandshakeSession());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server can't be checked without knowing its domain");
    }

    private void checkDomain(X509Certificate certificate, @Nullable SSLSession session) throws CertificateException {
        String domain = session == null ? null : session.getPeerHost();
        if (domain == null || !SipIdentity.speaksFor(certificate, domain, wildcards)) {
            throw new CertificateException(
                    "the certificate of " + certificate.getSubjectX500Principal() + " is not for the domain " + domain);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        chains.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        chains.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chains.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }
}
