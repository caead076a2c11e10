package io.allo.media.srtp;

import java.util.Optional;

/**
 * A crypto-suite: cipher, lengths of keys and tags. RFC 4568 6.2, RFC 6188 4, RFC 7714 12 and 14.1. SRTCP is protected by
 * the long tag also where sound has the short one (RFC 4568 6.2.2). Ordered from the strongest to the weakest.
 */
public enum SrtpSuite {
    /** AES-256 in Galois/counter mode. */
    AEAD_AES_256_GCM(32, 12, 16, 16),
    /** AES-128 in Galois/counter mode. */
    AEAD_AES_128_GCM(16, 12, 16, 16),
    /** AES-256 in counter mode, tags of 80 bits. */
    AES_256_CM_HMAC_SHA1_80(32, 14, 10, 10),
    /** AES-128 in counter mode, tags of 80 bits: what every phone has. */
    AES_CM_128_HMAC_SHA1_80(16, 14, 10, 10),
    /** AES-256 in counter mode, tags of 32 bits for sound. */
    AES_256_CM_HMAC_SHA1_32(32, 14, 4, 10),
    /** AES-128 in counter mode, tags of 32 bits for sound. */
    AES_CM_128_HMAC_SHA1_32(16, 14, 4, 10);

    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;
    private final int controlTagBytes;

    SrtpSuite(int keyBytes, int saltBytes, int tagBytes, int controlTagBytes) {
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
        this.controlTagBytes = controlTagBytes;
    }

    /** The suite that SDP calls so, in any case of letters; libsrtp's older spelling of the 256-bit ones included. */
    public static Optional<SrtpSuite> ofName(String name) {
        for (var suite : values()) {
            if (suite.name().equalsIgnoreCase(name)) {
                return Optional.of(suite);
            }
        }
        return switch (name) {
            case "AES_CM_256_HMAC_SHA1_80" -> Optional.of(AES_256_CM_HMAC_SHA1_80);
            case "AES_CM_256_HMAC_SHA1_32" -> Optional.of(AES_256_CM_HMAC_SHA1_32);
            default -> Optional.empty();
        };
    }

    /** Length of the master key and of the cipher's session keys, in bytes. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Length of the master salt and of the session salts, in bytes. */
    public int saltBytes() {
        return saltBytes;
    }

    /** Length of the tag behind an SRTP packet, in bytes. */
    public int tagBytes() {
        return tagBytes;
    }

    /** Length of the tag of an SRTCP packet, in bytes. */
    public int controlTagBytes() {
        return controlTagBytes;
    }

    /** Whether the cipher authenticates by itself (AES-GCM): there is no HMAC and no key for one. */
    public boolean isAead() {
        return tagBytes == 16;
    }
}
