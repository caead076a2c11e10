package io.allo.pbx.dialplan;

import org.jspecify.annotations.Nullable;

/** The question that substitution and expressions ask: what is a variable or function worth here? */
public interface VariableScope {
    /** The value of a variable, null where it is not set. */
    @Nullable
    String variable(String name);

    /**
     * The value of a function.
     *
     * @throws DialplanException if there is no such function, or it cannot be read
     */
    @Nullable
    String function(String name, String arguments);

    /** Told of what went wrong and was survived as Asterisk would: an expression that cannot be read, a missing brace. */
    default void warning(String english) {}
}
