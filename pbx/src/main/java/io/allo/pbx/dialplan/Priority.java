package io.allo.pbx.dialplan;

import org.jspecify.annotations.Nullable;

/**
 * One step of an extension: an application and its data. Immutable.
 *
 * @param number from 1
 * @param label its name for Goto, null if it has none
 * @param application the application's name as written
 * @param data what is between its parentheses, variables not yet replaced
 * @param file where it is written
 * @param line its line there, counted from 1
 */
public record Priority(int number, @Nullable String label, String application, String data, String file, int line) {
    @Override
    public String toString() {
        return number + (label == null ? "" : "(" + label + ")") + ". " + application + "(" + data + ")";
    }
}
