package io.allo.server.secret;

import io.allo.core.random.RandomSource;

/** Passwords by chance that can be typed on the keys of a phone. No state. */
public final class Passwords {

    /** Small letters and digits: no shift key. Without those that are read for one another. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    /** 20 of 31 are 99 bits. */
    public static final int LENGTH = 20;

    private Passwords() {}

    /** A new one of the usual length. */
    public static String next(RandomSource random) {
        return next(LENGTH, random);
    }

    /** A new one of that length. */
    public static String next(int length, RandomSource random) {
        var password = new StringBuilder();
        for (var i = 0; i < length; i++) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }
}
