package io.allo.core.random;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A repeatable sequence (the JDK's L64X128MixRandom) from a seed. Owned by one thread. */
final class SeededSource implements RandomSource {
    private final RandomGenerator generator;

    SeededSource(long seed) {
        generator = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @Override
    public long nextLong() {
        return generator.nextLong();
    }
}
