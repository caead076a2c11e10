package io.allo.media.sdes;

import io.allo.core.random.RandomSource;
import io.allo.media.srtp.SrtpMasterKey;
import io.allo.media.srtp.SrtpSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our side's keys for one call leg, one for each suite, made once: descriptions of the same leg name the same keys, so that a
 * re-INVITE for hold re-keys nothing. Shows no key in text. Immutable.
 */
public final class SdesKeys {

    /** No keys: nothing can be encrypted. */
    public static final SdesKeys NONE = new SdesKeys(List.of());

    private final List<SrtpMasterKey> keys;

    private SdesKeys(List<SrtpMasterKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** New keys for all suites; {@code random} must be the secure source. */
    public static SdesKeys generate(RandomSource random) {
        var keys = new ArrayList<SrtpMasterKey>();
        for (var suite : SrtpSuite.values()) {
            keys.add(SrtpMasterKey.generate(suite, random));
        }
        return new SdesKeys(keys);
    }

    /** The key for this suite; empty if there is none. */
    public Optional<SrtpMasterKey> key(SrtpSuite suite) {
        return keys.stream().filter(k -> k.suite() == suite).findFirst();
    }

    /** The lines to offer, the strongest suite first, tags from 1. 256-bit keys with the weak tag are taken, not offered. */
    public List<CryptoAttribute> offer() {
        var lines = new ArrayList<CryptoAttribute>();
        for (var key : keys) {
            if (key.suite() != SrtpSuite.AES_256_CM_HMAC_SHA1_32) {
                lines.add(CryptoAttribute.of(lines.size() + 1, key));
            }
        }
        return List.copyOf(lines);
    }

    /** The number of keys. */
    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
