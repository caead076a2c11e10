package io.allo.pbx.fraud;

import io.allo.pbx.event.CallEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls from far countries that ring once and give up, so that somebody calls back and pays (wangiri). A board: told by the event
 * bus on any thread. A call is one if it came by a trunk, from a number abroad, was not answered, and the caller hung up after
 * ringing no longer than the limit.
 */
final class OneRingCalls {

    /** Calls followed, and traps remembered, at one time; the oldest are forgotten. */
    static final int LIMIT = 10_000;

    /** How long one is remembered. */
    static final long MEMORY_MILLIS = 31L * 24 * 3600 * 1000;

    /** One trap. */
    record Trap(String number, String region, long atMillis, String channel) {}

    private static final class Coming {
        final DialedNumber number;
        final long atMillis;
        long rangAtMillis;
        boolean answered;

        Coming(DialedNumber number, long atMillis) {
            this.number = number;
            this.atMillis = atMillis;
        }
    }

    private final Map<String, Coming> coming = bounded();
    private final Map<String, Trap> traps = bounded();
    private final Map<String, Trap> byChannel = bounded();

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > LIMIT;
            }
        };
    }

    /** A call from abroad came in by a trunk. */
    synchronized void came(String channel, DialedNumber number, long atMillis) {
        coming.put(channel, new Coming(number, atMillis));
    }

    /** What happened to a channel. The trap that it turned out to be, if it did. */
    @Nullable
    synchronized Trap happened(CallEvent event, long limitMillis) {
        var call = coming.get(event.channel());
        if (call == null) {
            return null;
        }
        switch (event) {
            case CallEvent.DialBegan began -> call.rangAtMillis = Math.max(call.rangAtMillis, began.atMillis());
            case CallEvent.StateChanged changed when changed.state().equals("UP") -> call.answered = true;
            case CallEvent.HungUp hungUp -> {
                coming.remove(event.channel());
                var since = call.rangAtMillis > 0 ? call.rangAtMillis : call.atMillis;
                if (!call.answered && call.rangAtMillis > 0 && hungUp.atMillis() - since <= limitMillis) {
                    return remember(call, hungUp);
                }
            }
            default -> {}
        }
        return null;
    }

    private Trap remember(Coming call, CallEvent.HungUp hungUp) {
        var number = call.number.shown();
        var trap = new Trap(number, call.number.region(), hungUp.atMillis(), hungUp.channel());
        put(trap);
        byChannel.put(trap.channel(), trap);
        return trap;
    }

    /** Remembers one of an earlier run. */
    synchronized void put(Trap trap) {
        traps.remove(trap.number());
        traps.put(trap.number(), trap);
    }

    /** The trap that a number has set, if it has. */
    synchronized Optional<Trap> of(String e164, long nowMillis) {
        return Optional.ofNullable(traps.get(e164)).filter(trap -> nowMillis - trap.atMillis() < MEMORY_MILLIS);
    }

    /** The trap that a channel turned out to be. */
    synchronized Optional<Trap> ofChannel(String channel) {
        return Optional.ofNullable(byChannel.get(channel));
    }
}
