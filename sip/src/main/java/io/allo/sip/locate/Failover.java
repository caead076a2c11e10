package io.allo.sip.locate;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * Goes through the servers that were located, one attempt each: the next is tried, in a new transaction, when one timed out, could not
 * be reached or said 503. RFC 3263 section 4.3. Owned by the SIP loop.
 */
public final class Failover {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final List<ServerAddress> servers;
    private int index;

    /** {@code servers} best first, at least one. */
    public Failover(List<ServerAddress> servers) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no servers");
        }
        this.servers = List.copyOf(servers);
    }

    /** The server being tried. */
    public ServerAddress current() {
        return servers.get(index);
    }

    /** Whether another is left to try. */
    public boolean hasNext() {
        return index + 1 < servers.size();
    }

    /** Gives the current server up and moves on; throws where {@link #hasNext} is false. */
    public ServerAddress next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + servers.size() + " servers tried");
        }
        index++;
        return current();
    }

    /** Whether a final response means that the next server is to be tried. */
    public static boolean failsOver(int statusCode) {
        return statusCode == SERVICE_UNAVAILABLE;
    }
}
