package io.allo.sip.door;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often which key has failed lately: a leaking count for each, so that a slow guesser and a forgetful user differ by patience only. Of at
 * most {@code limit} keys; the one that was silent longest makes room. Owned by the door.
 */
final class FailureBook<K> {
    /** A leaking count. */
    private static final class Tally {
        double level;
        long lastNanos;
    }

    private final Map<K, Tally> tallies;
    private long forgotten;

    FailureBook(int limit) {
        tallies = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Tally> eldest) {
                boolean full = size() > limit;
                forgotten += full ? 1 : 0;
                return full;
            }
        };
    }

    /** Counts a failure; gives how many count now, this one included. */
    int failed(K key, long forgiveNanos, long nowNanos) {
        Tally tally = tallies.computeIfAbsent(key, unknown -> new Tally());
        tally.level = level(tally, forgiveNanos, nowNanos) + 1;
        tally.lastNanos = nowNanos;
        return (int) Math.ceil(tally.level);
    }

    /** Forgives all of it. */
    void forgive(K key) {
        tallies.remove(key);
    }

    int size() {
        return tallies.size();
    }

    /** Keys that had to make room for others. */
    long forgotten() {
        return forgotten;
    }

    private static double level(Tally tally, long forgiveNanos, long nowNanos) {
        double forgiven = (double) (nowNanos - tally.lastNanos) / forgiveNanos;
        return Math.max(0, tally.level - forgiven);
    }
}
