package io.allo.io.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;

/** The DTLS server of a handshake: {@code a=setup:passive}. It wants the client's certificate. Owned by the handshake's thread. */
final class PassiveSide extends DefaultTlsServer {

    private final HandshakeTerms terms;
    private final int timeoutMs;

    PassiveSide(HandshakeTerms terms, int timeoutMs) {
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
        var rsa = terms.identity().isRsa();
        return TlsUtils.getSupportedCipherSuites(getCrypto(), HandshakeTerms.suites(!rsa, rsa));
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
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        terms.choose(extensions);
    }

    @Override
    @SuppressWarnings({"rawtypes"})
    public Hashtable getServerExtensions() throws IOException {
        super.getServerExtensions();
        terms.answer(serverExtensions);
        return serverExtensions;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return signer();
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
        return signer();
    }

    private TlsCredentialedSigner signer() throws IOException {
        return terms.signer(context, context.getSecurityParametersHandshake().getClientSigAlgs());
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
                null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        terms.check(certificate);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        terms.complete(context);
    }
}
