package io.allo.pbx.app.conference.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Collects keys until they are a sequence of a menu. A sequence with which a longer one begins is meant when no key follows in time. Pure;
 * owned by the call.
 */
public final class MenuKeys {

    /** How long the next key of a sequence may take. */
    public static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(2_000);

    private final MenuProfile menu;
    private String keys = "";
    private long deadlineNanos = Long.MAX_VALUE;

    /** Nothing pressed yet. */
    public MenuKeys(MenuProfile menu) {
        this.menu = menu;
    }

    /**
     * What keys came to.
     *
     * @param keys that were pressed
     * @param actions what they mean; empty if nothing
     */
    public record Pressed(String keys, List<MenuAction> actions) {

        public Pressed {
            actions = List.copyOf(actions);
        }

        /** Whether the menu has no such sequence. */
        public boolean isUnknown() {
            return actions.isEmpty();
        }
    }

    /**
     * A key was pressed: what that came to, in order; empty while more may follow. A key with which no sequence goes on ends the one
     * before it, if that was a whole one, and begins anew: of 1 and 12, the keys 1 3 are 1, then 3.
     */
    public List<Pressed> press(char key, long nowNanos) {
        var before = keys;
        keys += key;
        if (menu.isBeginning(keys)) {
            deadlineNanos = nowNanos + BETWEEN_NANOS;
            return List.of();
        }
        if (!menu.sequences().containsKey(keys) && isWhole(before)) {
            keys = before;
            var both = new ArrayList<Pressed>();
            both.add(taken());
            both.addAll(press(key, nowNanos));
            return both;
        }
        return List.of(taken());
    }

    /** A sequence that is over with its last key: a prompt that goes on with it is none. */
    private boolean isWhole(String pressed) {
        var actions = menu.sequences().get(pressed);
        return actions != null
                && actions.stream().noneMatch(action -> action.kind() == MenuAction.Kind.PLAYBACK_AND_CONTINUE);
    }

    /** Goes on behind keys that were pressed before, as playback_and_continue wants it. */
    public void goOn(String pressed, long nowNanos) {
        if (menu.isBeginning(pressed)) {
            keys = pressed;
            deadlineNanos = nowNanos + BETWEEN_NANOS;
        }
    }

    /** When {@link #onDeadline} is to be asked; Long.MAX_VALUE for never. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** No key has followed; empty if none was pressed. */
    public Optional<Pressed> onDeadline(long nowNanos) {
        return nowNanos < deadlineNanos || keys.isEmpty() ? Optional.empty() : Optional.of(taken());
    }

    private Pressed taken() {
        var pressed = new Pressed(keys, menu.sequences().getOrDefault(keys, List.of()));
        keys = "";
        deadlineNanos = Long.MAX_VALUE;
        return pressed;
    }
}
