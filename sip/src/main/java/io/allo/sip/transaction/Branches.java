package io.allo.sip.transaction;

import io.allo.core.random.RandomSource;

/**
 * Makes branch parameters: the magic cookie of RFC 3261 section 8.1.1.7 and 128 random bits, so that nobody who has not seen the request
 * can answer it. Owned by the SIP loop.
 */
public final class Branches {
    /** What every branch of RFC 3261 begins with; one that doesn't comes from an RFC 2543 element. */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    private static final int RADIX = 36;

    private final RandomSource random;

    /** {@code random} makes the branches of different runs differ. */
    public Branches(RandomSource random) {
        this.random = random;
    }

    /** A branch never given before. */
    public String next() {
        return MAGIC_COOKIE
                + Long.toUnsignedString(random.nextLong(), RADIX)
                + Long.toUnsignedString(random.nextLong(), RADIX);
    }
}
