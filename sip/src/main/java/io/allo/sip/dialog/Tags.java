package io.allo.sip.dialog;

import io.allo.core.random.RandomSource;

/** Makes tags and Call-IDs that nobody can guess and nobody has had before. RFC 3261 sections 19.3 and 8.1.1.4. */
public final class Tags {
    private static final int RADIX = 36;

    private Tags() {}

    /** A tag of 64 random bits. */
    public static String next(RandomSource random) {
        return Long.toUnsignedString(random.nextLong(), RADIX);
    }

    /** A Call-ID of 128 random bits, without a host. */
    public static String callId(RandomSource random) {
        return Long.toUnsignedString(random.nextLong(), RADIX) + "-" + Long.toUnsignedString(random.nextLong(), RADIX);
    }
}
