package io.allo.pbx.dialplan;

import java.util.Arrays;
import java.util.List;

/**
 * What devices stand behind an extension, for lamps and presence: {@code PJSIP/100&Custom:x,CustomPresence:y}. Immutable.
 *
 * @param devices the devices joined by {@code &}, variables not yet replaced
 * @param presence the presence provider behind the comma, empty where there is none
 * @param file where it is written
 * @param line its line there, counted from 1
 */
public record Hint(String devices, String presence, String file, int line) {
    /** Reads a hint's text. */
    static Hint of(String text, String file, int line) {
        int comma = text.indexOf(',');
        String devices = comma < 0 ? text : text.substring(0, comma);
        return new Hint(
                devices.trim(), comma < 0 ? "" : text.substring(comma + 1).trim(), file, line);
    }

    /** The devices one by one. */
    public List<String> deviceNames() {
        return Arrays.stream(devices.split("&", -1))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
