package io.allo.pbx.app.dial.feature;

import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.BridgeFeature;
import io.allo.pbx.call.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The codes of both sides of a bridge: keys are held back while they may become one, run it when they are one that is not the beginning of another
 * (or when the next key did not come in time), and go on to the other side together when they are none. Owned by the call.
 */
public final class FeatureCodes implements BridgeFeature {

    /** What a code does. */
    @FunctionalInterface
    public interface Action {
        /** Somebody has pressed it. */
        Outcome run(Bridge bridge, Channel from);

        /** The bridge is over. */
        default void onEnd(Bridge bridge) {}
    }

    private record Code(String keys, Channel side, BooleanSupplier wanted, Action action) {}

    /** What a side has pressed of a code. */
    private static final class Pressed {
        private final Channel side;
        private final StringBuilder keys = new StringBuilder();
        private long deadlineNanos = Long.MAX_VALUE;

        Pressed(Channel side) {
            this.side = side;
        }

        String take() {
            var all = keys.toString();
            keys.setLength(0);
            deadlineNanos = Long.MAX_VALUE;
            return all;
        }
    }

    private static final int DIGIT_MS = 100;
    private static final int GAP_MS = 100;

    private final long digitNanos;
    private final List<Code> codes = new ArrayList<>();
    private final List<Pressed> pressed = new ArrayList<>();

    /** So many milliseconds may lie between two keys of a code. */
    public FeatureCodes(int digitMs) {
        digitNanos = TimeUnit.MILLISECONDS.toNanos(digitMs);
    }

    /** These keys of that side do this; none: nothing does. */
    public FeatureCodes add(String keys, Channel side, Action action) {
        return add(keys, side, () -> true, action);
    }

    /** The same, but only while it is wanted; asked whenever the two are joined, and at each key. */
    FeatureCodes add(String keys, Channel side, BooleanSupplier wanted, Action action) {
        if (!keys.isEmpty()) {
            codes.add(new Code(keys, side, wanted, action));
        }
        return this;
    }

    @Override
    public boolean listensTo(Channel side) {
        return codes.stream()
                .anyMatch(code -> code.side() == side && code.wanted().getAsBoolean());
    }

    @Override
    public long deadlineNanos() {
        return pressed.stream().mapToLong(each -> each.deadlineNanos).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public Outcome onDeadline(Bridge bridge) {
        var now = bridge.call().clock().nanoTime();
        for (var each : List.copyOf(pressed)) {
            if (each.deadlineNanos <= now) {
                var code = exact(each.side, each.keys.toString());
                var keys = each.take();
                if (code == null) {
                    pass(bridge, each.side, keys);
                } else if (code.action().run(bridge, each.side) == Outcome.END) {
                    return Outcome.END;
                }
            }
        }
        return Outcome.CONTINUE;
    }

    @Override
    public Outcome onDigit(Bridge bridge, Channel from, char digit) {
        var mine = pressedBy(from);
        var before = mine.keys.toString();
        mine.keys.append(digit);
        var keys = mine.keys.toString();
        var code = exact(from, keys);
        var longer = begins(from, keys);
        if (longer) {
            mine.deadlineNanos = bridge.call().clock().nanoTime() + digitNanos;
            return Outcome.CONSUMED;
        }
        mine.take();
        if (code != null) {
            return code.action().run(bridge, from);
        }
        if (before.isEmpty()) {
            return Outcome.CONTINUE;
        }
        var shorter = exact(from, before);
        if (shorter == null) {
            pass(bridge, from, keys);
            return Outcome.CONSUMED;
        }
        return shorter.action().run(bridge, from) == Outcome.END ? Outcome.END : onDigit(bridge, from, digit);
    }

    @Override
    public void onEnd(Bridge bridge) {
        codes.forEach(code -> code.action().onEnd(bridge));
    }

    private static void pass(Bridge bridge, Channel from, String keys) {
        bridge.across(from).sendDigits(keys, DIGIT_MS, GAP_MS);
    }

    private Pressed pressedBy(Channel side) {
        for (var each : pressed) {
            if (each.side == side) {
                return each;
            }
        }
        var first = new Pressed(side);
        pressed.add(first);
        return first;
    }

    private @Nullable Code exact(Channel side, String keys) {
        for (var code : codes) {
            if (code.side() == side && code.keys().equals(keys) && code.wanted().getAsBoolean()) {
                return code;
            }
        }
        return null;
    }

    /** Whether a longer code begins with these. */
    private boolean begins(Channel side, String keys) {
        return codes.stream()
                .anyMatch(code -> code.side() == side
                        && code.keys().length() > keys.length()
                        && code.keys().startsWith(keys)
                        && code.wanted().getAsBoolean());
    }
}
