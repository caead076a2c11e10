package io.allo.media.srtp;

import io.allo.core.random.RandomSource;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * The master key and salt of one direction of a stream, and the identifier that its packets carry, if any (MKI, RFC 3711
 * 8.1). Immutable. Never shows its bytes in text; compared in constant time.
 */
public final class SrtpMasterKey {

    /** The longest identifier, in bytes: RFC 4568 6.1. */
    public static final int MAX_MKI_BYTES = 128;

    private final SrtpSuite suite;
    private final byte[] key;
    private final byte[] salt;
    private final byte[] mki;

    private SrtpMasterKey(SrtpSuite suite, byte[] key, byte[] salt, byte[] mki) {
        this.suite = suite;
        this.key = key;
        this.salt = salt;
        this.mki = mki;
    }

    /**
     * A key from its parts; the arrays are copied. An empty {@code mki} means that packets carry none.
     *
     * @throws IllegalArgumentException if a length is not the suite's
     */
    public static SrtpMasterKey of(SrtpSuite suite, byte[] key, byte[] salt, byte[] mki) {
        if (key.length != suite.keyBytes() || salt.length != suite.saltBytes() || mki.length > MAX_MKI_BYTES) {
            throw new IllegalArgumentException(suite + " has a key of " + suite.keyBytes() + " and a salt of "
                    + suite.saltBytes() + " bytes, not " + key.length + " and " + salt.length);
        }
        return new SrtpMasterKey(suite, key.clone(), salt.clone(), mki.clone());
    }

    /**
     * A key from key and salt in one piece, as SDP (RFC 4568 6.1) carries them, without an identifier.
     *
     * @throws IllegalArgumentException if the length is not the suite's
     */
    public static SrtpMasterKey ofKeyAndSalt(SrtpSuite suite, byte[] keyAndSalt) {
        if (keyAndSalt.length != suite.keyBytes() + suite.saltBytes()) {
            throw new IllegalArgumentException(suite + " has " + (suite.keyBytes() + suite.saltBytes())
                    + " bytes of key and salt, not " + keyAndSalt.length);
        }
        var key = Arrays.copyOf(keyAndSalt, suite.keyBytes());
        var salt = Arrays.copyOfRange(keyAndSalt, suite.keyBytes(), keyAndSalt.length);
        return new SrtpMasterKey(suite, key, salt, new byte[0]);
    }

    /** A new key; {@code random} must be the secure source. */
    public static SrtpMasterKey generate(SrtpSuite suite, RandomSource random) {
        var key = new byte[suite.keyBytes()];
        var salt = new byte[suite.saltBytes()];
        random.nextBytes(key);
        random.nextBytes(salt);
        return new SrtpMasterKey(suite, key, salt, new byte[0]);
    }

    /** The same key, whose packets carry this identifier. */
    public SrtpMasterKey withMki(byte[] newMki) {
        return of(suite, key, salt, newMki);
    }

    /** The suite it is for. */
    public SrtpSuite suite() {
        return suite;
    }

    /** Key and salt in Base64, as {@code inline:} wants them (RFC 4568 6.1). For SDP only, never for a log. */
    public String base64() {
        var both = Arrays.copyOf(key, key.length + salt.length);
        System.arraycopy(salt, 0, both, key.length, salt.length);
        return Base64.getEncoder().encodeToString(both);
    }

    byte[] key() {
        return key;
    }

    byte[] salt() {
        return salt;
    }

    byte[] mki() {
        return mki;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpMasterKey that
                && suite == that.suite
                && MessageDigest.isEqual(key, that.key)
                && MessageDigest.isEqual(salt, that.salt)
                && Arrays.equals(mki, that.mki);
    }

    @Override
    public int hashCode() {
        return 31 * suite.hashCode() + Arrays.hashCode(salt);
    }

    /** The suite alone. */
    @Override
    public String toString() {
        return suite + " (key hidden)";
    }
}
