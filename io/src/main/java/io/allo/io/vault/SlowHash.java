package io.allo.io.vault;

import io.allo.core.random.RandomSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A PIN or password as it is kept: PBKDF2-HMAC-SHA256 (RFC 8018 section 5.2) with its own salt, written as
 * {@code $pbkdf2-sha256$i=600000$SALT$HASH} (base64 without padding), so that the number of rounds may grow and old ones still hold.
 *
 * <p>A PIN of four digits is guessed in the end by whoever has the file: this makes it cost an hour of computing and not a millisecond. What
 * keeps it from callers is the limit on attempts. Immutable.
 */
public final class SlowHash {

    /** Rounds of new hashes: some tenths of a second. OWASP's figure for this function. */
    public static final int ROUNDS = 600_000;

    /** Rounds that are still computed: a file must not be able to stop the server. */
    static final int MAX_ROUNDS = 10_000_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("\\$pbkdf2-sha256\\$i=([1-9][0-9]{0,7})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{43})");

    private final int rounds;
    private final byte[] salt;
    private final byte[] hash;

    private SlowHash(int rounds, byte[] salt, byte[] hash) {
        this.rounds = rounds;
        this.salt = salt;
        this.hash = hash;
    }

    /** Hashes a secret with a new salt. Takes some tenths of a second. */
    public static SlowHash of(String secret, RandomSource random) {
        return of(secret, ROUNDS, random);
    }

    /** The same with another number of rounds. */
    public static SlowHash of(String secret, int rounds, RandomSource random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new SlowHash(rounds, salt, pbkdf2(secret, salt, rounds));
    }

    /** Whether a text is one of ours: what a file keeps may still be a plain PIN. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException where it is nothing of the kind
     */
    public static SlowHash parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(1)) > MAX_ROUNDS) {
            throw new IllegalArgumentException("no hash of the form $pbkdf2-sha256$i=...$...$...");
        }
        return new SlowHash(
                Integer.parseInt(form.group(1)),
                Base64.getDecoder().decode(form.group(2)),
                Base64.getDecoder().decode(form.group(3)));
    }

    /** Whether this is the secret. Takes as long for a wrong one. */
    public boolean matches(String secret) {
        return MessageDigest.isEqual(hash, pbkdf2(secret, salt, rounds));
    }

    /** Whether it was made with fewer rounds than new ones: to be made again when the secret is at hand. */
    public boolean isOutdated() {
        return rounds < ROUNDS;
    }

    /** The form in which it is kept. */
    @Override
    public String toString() {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$pbkdf2-sha256$i=" + rounds + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** The first 32 octets of PBKDF2. The JDK's takes characters and hashes their UTF-8. */
    static byte[] pbkdf2(String secret, byte[] salt, int rounds) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("an empty secret");
        }
        var characters = new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).toCharArray();
        var spec = new PBEKeySpec(characters, salt, rounds, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256", missing);
        } finally {
            spec.clearPassword();
        }
    }
}
