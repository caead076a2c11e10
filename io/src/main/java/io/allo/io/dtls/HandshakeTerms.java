package io.allo.io.dtls;

import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.DtlsSetup;
import io.allo.media.dtls.Fingerprint;
import io.allo.media.dtls.SrtpProfile;
import io.allo.media.sdes.StreamKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * What both roles of a handshake have in common: versions and suites, our certificate, the check of theirs, the SRTP profile and
 * the export of its keys. Of one handshake, owned by its thread.
 */
final class HandshakeTerms {

    /** First wait before a flight is sent again; it doubles (RFC 6347 4.2.4.1 allows less than its second for such uses). */
    static final int RESEND_MS = 400;

    private final DtlsIdentity identity;
    private final DtlsAgreement agreement;
    private final BcTlsCrypto crypto;
    private @Nullable SrtpProfile profile;
    private @Nullable StreamKeys keys;
    private boolean wrongFingerprint;

    HandshakeTerms(DtlsIdentity identity, DtlsAgreement agreement, BcTlsCrypto crypto) {
        this.identity = identity;
        this.agreement = agreement;
        this.crypto = crypto;
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    DtlsIdentity identity() {
        return identity;
    }

    /** The keys; null until the handshake is complete. */
    @Nullable
    StreamKeys keys() {
        return keys;
    }

    /** Whether it failed because the other side's certificate was not the announced one. */
    boolean isWrongFingerprint() {
        return wrongFingerprint;
    }

    /** DTLS 1.2 alone: every phone tried has it, and 1.0 has no suite that RFC 8827 6.5 would take. */
    static ProtocolVersion[] versions() {
        return ProtocolVersion.DTLSv12.only();
    }

    /** Forward secrecy only; GCM before CBC, which older phones need. RFC 8827 6.5 asks for the first. */
    static int[] suites(boolean ecdsa, boolean rsa) {
        var suites = new ArrayList<Integer>();
        if (ecdsa) {
            suites.addAll(List.of(
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA));
        }
        if (rsa) {
            suites.addAll(List.of(
                    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
                    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA));
        }
        return suites.stream().mapToInt(i -> i).toArray();
    }

    /** Our certificate's proof, by an algorithm of the other side's; a handshake without one in common fails. */
    TlsCredentialedSigner signer(TlsContext context, Vector<?> theirAlgorithms) throws IOException {
        var algorithm = TlsUtils.chooseSignatureAndHashAlgorithm(
                context, theirAlgorithms, identity.isRsa() ? SignatureAlgorithm.rsa : SignatureAlgorithm.ecdsa);
        var chain = new TlsCertificate[identity.chain().size()];
        for (var i = 0; i < chain.length; i++) {
            chain[i] = crypto.createCertificate(identity.chain().get(i));
        }
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), crypto, identity.key(), new Certificate(chain), algorithm);
    }

    /** Their certificate must be one that their description named: RFC 5763 5, RFC 8122 6.2. */
    void check(@Nullable Certificate theirs) throws IOException {
        if (theirs == null
                || theirs.isEmpty()
                || !Fingerprint.matches(
                        agreement.theirs(), theirs.getCertificateAt(0).getEncoded())) {
            wrongFingerprint = true;
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
    }

    /** The profiles that we offer. */
    static void offer(Hashtable<?, ?> extensions) throws IOException {
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(SrtpProfile.ids(), new byte[0]));
    }

    /** Chooses of what is offered, or fails: without SRTP the handshake is of no use. */
    void choose(Hashtable<?, ?> offered) throws IOException {
        var use = TlsSRTPUtils.getUseSRTPExtension(offered);
        profile = use == null
                ? null
                : SrtpProfile.strongest(use.getProtectionProfiles()).orElse(null);
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
    }

    /** Our answer: the chosen one, without an identifier of the key in packets (RFC 5764 4.1.3). */
    void answer(Hashtable<?, ?> extensions) throws IOException {
        if (profile != null) {
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {profile.id()}, new byte[0]));
        }
    }

    /** The one that was chosen of ours. */
    void accept(@Nullable Hashtable<?, ?> answered) throws IOException {
        var use = answered == null ? null : TlsSRTPUtils.getUseSRTPExtension(answered);
        if (use == null || use.getProtectionProfiles().length != 1 || use.getMki().length != 0) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
        profile = SrtpProfile.of(use.getProtectionProfiles()[0]).orElse(null);
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        }
    }

    /** The handshake is complete: exports the keys (RFC 5705, RFC 5764 4.2). */
    void complete(TlsContext context) {
        var chosen = profile;
        if (chosen != null) {
            keys = chosen.keys(export(context, chosen.exportBytes()), agreement.role() == DtlsSetup.ACTIVE);
        }
    }

    /**
     * Without an extended master secret BouncyCastle exports nothing (RFC 7627 5.4 advises against it). What that guards from needs
     * resumption or renegotiation, which we never do, and older phones have no extended one.
     */
    private static byte[] export(TlsContext context, int bytes) {
        var parameters = context.getSecurityParametersConnection();
        if (parameters.isExtendedMasterSecret()) {
            return context.exportKeyingMaterial(SrtpProfile.EXPORTER_LABEL, null, bytes);
        }
        var seed = Arrays.copyOf(parameters.getClientRandom(), 64);
        System.arraycopy(parameters.getServerRandom(), 0, seed, 32, 32);
        return parameters
                .getMasterSecret()
                .deriveUsingPRF(parameters.getPRFAlgorithm(), SrtpProfile.EXPORTER_LABEL, seed, bytes)
                .extract();
    }
}
