package io.allo.pbx.app.conference.profile;

import java.util.List;
import java.util.Map;

/**
 * A menu of confbridge.conf: sequences of keys and what they do. Immutable.
 *
 * @param name of the section
 * @param sequences keys, e.g. "*1", and their actions in order
 */
public record MenuProfile(String name, Map<String, List<MenuAction>> sequences) {

    /** Keys mean nothing. */
    public static final MenuProfile NONE = new MenuProfile("", Map.of());

    public MenuProfile {
        sequences = Map.copyOf(sequences);
    }

    /** Whether more keys could follow these. */
    boolean isBeginning(String keys) {
        return sequences.keySet().stream().anyMatch(each -> each.length() > keys.length() && each.startsWith(keys));
    }
}
