package io.allo.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hashes of digest authentication, weakest first. RFC 7616 section 6.1, RFC 8760 section 2.1. */
public enum DigestAlgorithm {
    MD5("MD5", "MD5", 16),
    SHA_256("SHA-256", "SHA-256", 32),
    SHA_512_256("SHA-512-256", "SHA-512/256", 32);

    private final String token;
    private final String javaName;
    private final int lengthBytes;

    DigestAlgorithm(String token, String javaName, int lengthBytes) {
        this.token = token;
        this.javaName = javaName;
        this.lengthBytes = lengthBytes;
    }

    /** The name in the {@code algorithm} parameter. */
    public String token() {
        return token;
    }

    /** How many hexadecimal digits a hash has. */
    public int lengthHexDigits() {
        return 2 * lengthBytes;
    }

    /** The algorithm of that name in any case, null for one that is unknown. A missing parameter means MD5. */
    public static @Nullable DigestAlgorithm of(@Nullable String token) {
        if (token == null) {
            return MD5;
        }
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return algorithm;
            }
        }
        return null;
    }

    /** The hash of {@code text} in UTF-8, in lower-case hexadecimal digits: H(data) of RFC 7616 section 3.3. */
    public String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance(javaName).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + javaName, e);
        }
    }
}
