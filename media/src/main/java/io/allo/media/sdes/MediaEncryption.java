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
    /** Where the file says nothing: like optimistic, and offered the other way once if it is refused. */
    PREFERRED;

    /** Whether keys are offered and taken. */
    public boolean isPossible() {
        return this != NO;
    }

    /** Whether plain sound is refused. */
    public boolean isRequired() {
        return this == SDES;
    }
}
