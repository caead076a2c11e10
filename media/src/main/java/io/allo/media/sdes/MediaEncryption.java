package io.allo.media.sdes;

/**
 * Whether sound is to be encrypted with keys from SDP: {@code media_encryption} and {@code media_encryption_optimistic} of
 * an endpoint, made one.
 */
public enum MediaEncryption {
    /** Never: {@code media_encryption=no}. */
    NO,
    /** Always, or there is no call: {@code media_encryption=sdes}. Offered as RTP/SAVP. */
    SDES,
    /** Offered as RTP/AVP with keys; plain if the other side takes none: {@code media_encryption_optimistic=yes}. */
    SDES_OPTIMISTIC,
    /**
     * Where the file says nothing. Offered as RTP/SAVP, and where that is refused once more as RTP/AVP with keys: linphone, set to
     * encrypt, answers RTP/AVP with keys in the clear. Offers of others are taken as they are.
     */
    PREFERRED;

    /** Whether keys are offered and taken. */
    public boolean isPossible() {
        return this != NO;
    }

    /** Whether the first offer is RTP/SAVP. */
    public boolean isOfferedSecure() {
        return this == SDES || this == PREFERRED;
    }

    /** Whether plain sound is refused. */
    public boolean isRequired() {
        return this == SDES;
    }
}
