package io.allo.pbx.call.sip;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Lets each key count once where a phone sends it in two ways at a time, by INFO and in the stream (RFC 4733, or tones). The
 * same key by the other way within a second is the twin of one that counted, and each has one twin; the same key by the same
 * way is a key pressed again. Owned by the call.
 */
final class DigitTwins {

    /** The ways a key can come. */
    enum Way {
        /** SIP INFO. */
        INFO,
        /** The media stream. */
        STREAM
    }

    private static final long TWIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Keys that wait for their twin; more cannot come in a second from any finger. */
    private static final int MOST = 32;

    private final Deque<Key> single = new ArrayDeque<>();

    private record Key(char digit, Way way, long atNanos) {}

    /** Whether a key is a new one; false for the twin of one that counted. */
    boolean isNew(char digit, Way way, long nowNanos) {
        single.removeIf(key -> nowNanos - key.atNanos() > TWIN_NANOS);
        for (var key : single) {
            if (key.digit() == digit && key.way() != way) {
                single.remove(key);
                return false;
            }
        }
        if (single.size() < MOST) {
            single.add(new Key(digit, way, nowNanos));
        }
        return true;
    }
}
