package io.allo.io.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** The DTLS client of a handshake: {@code a=setup:active}. Owned by the handshake's thread. */
final class ActiveSide extends DefaultTlsClient {

    private final HandshakeTerms terms;
    private final int timeoutMs;

    ActiveSide(HandshakeTerms terms, int timeoutMs) {
        super(terms.crypto());
        this.terms = terms;
        this.timeoutMs = timeoutMs;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return HandshakeTerms.versions();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(getCrypto(), HandshakeTerms.suites(true, true));
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return timeoutMs;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return HandshakeTerms.RESEND_MS;
    }

    /** Who signed their certificate, and how, says nothing: its fingerprint does. */
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    @SuppressWarnings({"rawtypes"})
    public Hashtable getClientExtensions() throws IOException {
        var extensions = super.getClientExtensions();
        HandshakeTerms.offer(extensions);
        return extensions;
    }

    @Override
    @SuppressWarnings({"rawtypes"})
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        terms.accept(extensions);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                terms.check(certificate.getCertificate());
            }

            @Override
            public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return terms.signer(context, request.getSupportedSignatureAlgorithms());
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        terms.complete(context);
    }
}
