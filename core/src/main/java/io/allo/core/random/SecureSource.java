package io.allo.core.random;

import java.security.SecureRandom;

/** The system's cryptographic source. Any thread may use it. */
final class SecureSource implements RandomSource {
    static final SecureSource SHARED = new SecureSource();

    private final SecureRandom system = new SecureRandom();

    @Override
    public long nextLong() {
        return system.nextLong();
    }

    @Override
    public void nextBytes(byte[] out) {
        system.nextBytes(out);
    }
}
