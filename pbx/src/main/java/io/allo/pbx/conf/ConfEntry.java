package io.allo.pbx.conf;

/**
 * One line {@code key = value} or {@code key => value}. Immutable.
 *
 * @param key the key as written, without surrounding blanks
 * @param value the value as written, without surrounding blanks and comments; escaped semicolons are plain ones
 * @param arrow whether it was written with {@code =>}
 * @param file the file it stands in (for an inherited entry, the template's)
 * @param line its line there, counted from 1
 * @param inherited whether it came from a template or other section that this section builds on
 */
public record ConfEntry(String key, String value, boolean arrow, String file, int line, boolean inherited) {
    /** Whether the key is this one; keys are compared without regard to case. */
    public boolean is(String name) {
        return key.equalsIgnoreCase(name);
    }

    ConfEntry asInherited() {
        return inherited ? this : new ConfEntry(key, value, arrow, file, line, true);
    }
}
