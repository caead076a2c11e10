package io.allo.media.dtls;

import io.allo.media.sdes.StreamKeys;
import io.allo.media.srtp.SrtpMasterKey;
import io.allo.media.srtp.SrtpSuite;
import java.util.Arrays;
import java.util.Optional;

/**
 * An SRTP protection profile of the {@code use_srtp} extension: RFC 5764 4.1.2, RFC 7714 14.2. The strongest first, which is the
 * order in which we offer and choose them.
 */
public enum SrtpProfile {
    /** SRTP_AEAD_AES_256_GCM. */
    AEAD_AES_256_GCM(0x0008, SrtpSuite.AEAD_AES_256_GCM),
    /** SRTP_AEAD_AES_128_GCM. */
    AEAD_AES_128_GCM(0x0007, SrtpSuite.AEAD_AES_128_GCM),
    /** SRTP_AES128_CM_HMAC_SHA1_80: what every phone has. */
    AES128_CM_HMAC_SHA1_80(0x0001, SrtpSuite.AES_CM_128_HMAC_SHA1_80),
    /** SRTP_AES128_CM_HMAC_SHA1_32. */
    AES128_CM_HMAC_SHA1_32(0x0002, SrtpSuite.AES_CM_128_HMAC_SHA1_32);

    /** The exporter's label: RFC 5764 4.2. */
    public static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

    private final int id;
    private final SrtpSuite suite;

    SrtpProfile(int id, SrtpSuite suite) {
        this.id = id;
        this.suite = suite;
    }

    /** The profile of this number; empty if it is not known here. */
    public static Optional<SrtpProfile> of(int id) {
        return Arrays.stream(values()).filter(p -> p.id == id).findFirst();
    }

    /** The strongest of those offered; empty if none is known here. */
    public static Optional<SrtpProfile> strongest(int[] offered) {
        return Arrays.stream(values())
                .filter(p -> Arrays.stream(offered).anyMatch(id -> id == p.id))
                .findFirst();
    }

    /** The numbers to offer. */
    public static int[] ids() {
        return Arrays.stream(values()).mapToInt(SrtpProfile::id).toArray();
    }

    /** Its number on the wire. */
    public int id() {
        return id;
    }

    /** The suite it stands for. */
    public SrtpSuite suite() {
        return suite;
    }

    /** Bytes to export: two keys and two salts. */
    public int exportBytes() {
        return 2 * (suite.keyBytes() + suite.saltBytes());
    }

    /**
     * The stream's keys from the exported bytes: client's key, server's key, client's salt, server's salt (RFC 5764 4.2).
     *
     * @param active we were the DTLS client
     * @throws IllegalArgumentException if there are not {@link #exportBytes}
     */
    public StreamKeys keys(byte[] exported, boolean active) {
        if (exported.length != exportBytes()) {
            throw new IllegalArgumentException(exported.length + " bytes for " + this);
        }
        var client = key(exported, 0);
        var server = key(exported, 1);
        return active ? new StreamKeys(client, server) : new StreamKeys(server, client);
    }

    private SrtpMasterKey key(byte[] exported, int side) {
        var keyAt = side * suite.keyBytes();
        var saltAt = 2 * suite.keyBytes() + side * suite.saltBytes();
        return SrtpMasterKey.of(
                suite,
                Arrays.copyOfRange(exported, keyAt, keyAt + suite.keyBytes()),
                Arrays.copyOfRange(exported, saltAt, saltAt + suite.saltBytes()),
                new byte[0]);
    }
}
