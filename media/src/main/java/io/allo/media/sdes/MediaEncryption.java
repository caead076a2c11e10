package io.allo.media.sdes;

/**
 * Whether and how sound is to be encrypted: {@code media_encryption} and {@code media_encryption_optimistic} of an endpoint, made
 * one. SDES are keys that stand in SDP (RFC 4568), DTLS is a handshake between the media ports (RFC 5763).
 */
public enum MediaEncryption {
    /** Never: {@code media_encryption=no}. */
    NO,
    /** Always, or there is no call: {@code media_encryption=sdes}. Offered as RTP/SAVP. */
    SDES,
    /** Offered as RTP/AVP with keys; plain if the other side takes none: {@code media_encryption_optimistic=yes}. */
    SDES_OPTIMISTIC,
    /** Always, or there is no call: {@code media_encryption=dtls}. Offered as UDP/TLS/RTP/SAVP. */
    DTLS,
    /** Offered as RTP/AVP with a fingerprint; plain if the other side gives none: {@code media_encryption_optimistic=yes}. */
    DTLS_OPTIMISTIC,
    /**
     * Where the file says nothing. Offered as RTP/SAVP with keys and a fingerprint (baresip, set to DTLS, takes RTP/SAVP and answers
     * with its own fingerprint), and where that is refused once more as RTP/AVP with keys: linphone, set to encrypt, answers RTP/AVP
     * with keys in the clear. Refused again: as DTLS. Offers of others are taken as they are.
     */
    PREFERRED,
    /**
     * The same where signalling can be read, so that no key may stand in it: plain is offered, and where that is refused DTLS. Offers
     * with DTLS are taken.
     */
    PREFERRED_KEYLESS;

    /** Whether keys in SDP are offered and taken. */
    public boolean hasKeys() {
        return this == SDES || this == SDES_OPTIMISTIC || this == PREFERRED;
    }

    /** Whether a handshake is offered. */
    public boolean offersDtls() {
        return this == DTLS || this == DTLS_OPTIMISTIC || this == PREFERRED;
    }

    /** Whether a handshake is taken. */
    public boolean takesDtls() {
        return offersDtls() || this == PREFERRED_KEYLESS;
    }

    /** Whether anything but plain sound is offered. */
    public boolean offersAny() {
        return hasKeys() || offersDtls();
    }

    /** Whether the first offer is RTP/SAVP. */
    public boolean isOfferedSecure() {
        return this == SDES || this == PREFERRED;
    }

    /** Whether plain sound is refused. */
    public boolean isRequired() {
        return this == SDES || this == DTLS;
    }

    /** Whether an offer that was refused is made another way. */
    public boolean isPreferred() {
        return this == PREFERRED || this == PREFERRED_KEYLESS;
    }

    /** The words of pjsip.conf that ask for it, for texts to a person. */
    public String setting() {
        return switch (this) {
            case NO -> "media_encryption=no";
            case SDES, SDES_OPTIMISTIC -> "media_encryption=sdes";
            case DTLS, DTLS_OPTIMISTIC -> "media_encryption=dtls";
            case PREFERRED, PREFERRED_KEYLESS -> "no media_encryption";
        };
    }
}
