package io.allo.core.random;

/**
 * Where chance comes from. {@link #secure()} may be used by any thread; {@link #seeded(long)} is owned by one thread.
 *
 * <p>Only {@link #nextLong()} has to be supplied: all 64 bits must be independent and evenly spread.
 */
@FunctionalInterface
public interface RandomSource {

    /** Returns 64 random bits. */
    long nextLong();

    /**
     * Returns an evenly spread number from 0 (included) to {@code bound} (excluded).
     *
     * @throws IllegalArgumentException if {@code bound} is not positive
     */
    default int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, not " + bound);
        }
        // Multiply and shift; the few low products that would make some numbers likelier are drawn again.
        long unfairBelow = (0x1_0000_0000L - bound) % bound;
        long product = (nextLong() >>> 32) * bound;
        while ((product & 0xFFFF_FFFFL) < unfairBelow) {
            product = (nextLong() >>> 32) * bound;
        }
        return (int) (product >>> 32);
    }

    /** Fills {@code out} with random bytes. */
    default void nextBytes(byte[] out) {
        for (int i = 0; i < out.length; ) {
            long bits = nextLong();
            for (int end = Math.min(out.length, i + Long.BYTES); i < end; i++) {
                out[i] = (byte) bits;
                bits >>>= 8;
            }
        }
    }

    /** The system's cryptographic source (RFC 4086): for nonces, tags, keys. Any thread may use it. */
    static RandomSource secure() {
        return SecureSource.SHARED;
    }

    /** A source that gives the same sequence for the same seed: for tests and simulation, never for secrets. */
    static RandomSource seeded(long seed) {
        return new SeededSource(seed);
    }
}
