package io.allo.io.tls;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every certificate that allo has the key of, so that a client that asks for a name (RFC 6066 section 3) gets the one for it, whichever
 * transport it comes to. A board: any thread; replaced as a whole.
 */
final class OfferedCertificates {

    private volatile Map<String, KeyAndChain> all = Map.of();

    /** From now on, in place of what its owner had offered. */
    synchronized void put(String owner, KeyAndChain identity) {
        var next = new LinkedHashMap<>(all);
        next.put(owner, identity);
        all = next;
    }

    synchronized void remove(String owner) {
        if (all.containsKey(owner)) {
            var next = new LinkedHashMap<>(all);
            next.remove(owner);
            all = next;
        }
    }

    /** In the order in which they were first offered. */
    List<KeyAndChain> all() {
        return List.copyOf(all.values());
    }
}
