package io.allo.io.dtls;

import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.DtlsSetup;
import io.allo.media.dtls.HandshakeOutcome;
import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * One DTLS-SRTP association, blocking: the handshake of RFC 5764 4 in the agreed role, then the answers to what comes after it.
 * Owned by the thread that runs it.
 */
final class DtlsEndpoint {

    private final DtlsIdentity identity;
    private final DtlsAgreement agreement;
    private final SecureRandom random;
    private @Nullable DTLSTransport established;

    DtlsEndpoint(DtlsIdentity identity, DtlsAgreement agreement, SecureRandom random) {
        this.identity = identity;
        this.agreement = agreement;
        this.random = random;
    }

    /** Runs the handshake over this transport, for so long at most. */
    HandshakeOutcome handshake(DatagramTransport transport, int timeoutMs) {
        var terms = new HandshakeTerms(identity, agreement, new BcTlsCrypto(random));
        try {
            established = agreement.role() == DtlsSetup.ACTIVE
                    ? new DTLSClientProtocol().connect(new ActiveSide(terms, timeoutMs), transport)
                    : new DTLSServerProtocol().accept(new PassiveSide(terms, timeoutMs), transport);
        } catch (TlsTimeoutException late) {
            return failed(HandshakeOutcome.Reason.TIMEOUT);
        } catch (TlsFatalAlertReceived theirs) {
            return failed(
                    theirs.getAlertDescription() == AlertDescription.bad_certificate
                            ? HandshakeOutcome.Reason.WRONG_FINGERPRINT
                            : HandshakeOutcome.Reason.NO_AGREEMENT);
        } catch (TlsFatalAlert ours) {
            return failed(
                    terms.isWrongFingerprint()
                            ? HandshakeOutcome.Reason.WRONG_FINGERPRINT
                            : HandshakeOutcome.Reason.NO_AGREEMENT);
        } catch (IOException closed) {
            return failed(HandshakeOutcome.Reason.TIMEOUT);
        }
        var keys = terms.keys();
        return keys == null
                ? failed(HandshakeOutcome.Reason.NO_AGREEMENT)
                : new HandshakeOutcome.Keyed(agreement, keys);
    }

    private HandshakeOutcome failed(HandshakeOutcome.Reason reason) {
        return new HandshakeOutcome.Failed(agreement, reason);
    }

    /**
     * Lives on after the handshake: repeated messages of its last flight are answered (RFC 6347 4.2.4), anything else is no business
     * of ours. Returns when the transport is closed or the other side has ended the association.
     */
    void linger() throws IOException {
        var transport = established;
        if (transport == null) {
            return;
        }
        var unused = new byte[transport.getReceiveLimit()];
        while (transport.receive(unused, 0, unused.length, 0) >= 0) {
            // data over DTLS (RFC 8261 and the like) was not agreed upon: dropped
        }
    }
}
