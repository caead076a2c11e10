package io.allo.pbx.dialplan;

/**
 * A variable's name as written in Set: {@code X}, {@code _X} (inherited by the channels that this one makes) or {@code
 * __X} (and by theirs, without end). All three mean the same variable X. Immutable.
 */
public record VariableName(String name, Inheritance inheritance) {
    /** How far a variable is inherited. */
    public enum Inheritance {
        /** Not at all. */
        NONE,
        /** By the channels that this one makes, not by theirs. */
        ONCE,
        /** By all channels down the line. */
        ALWAYS
    }

    /** Reads a name with its underscores. */
    public static VariableName of(String written) {
        if (written.startsWith("__")) return new VariableName(written.substring(2), Inheritance.ALWAYS);
        if (written.startsWith("_")) return new VariableName(written.substring(1), Inheritance.ONCE);
        return new VariableName(written, Inheritance.NONE);
    }
}
