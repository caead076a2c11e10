package io.allo.pbx.app.conference.profile;

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

    /** A key was pressed; empty while more may follow. */
    public Optional<Pressed> press(char key, long nowNanos) {
        keys += key;
        if (menu.isBeginning(keys)) {
            deadlineNanos = nowNanos + BETWEEN_NANOS;
            return Optional.empty();
        }
        return Optional.of(taken());
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
