package io.allo.pbx.dialplan;

import io.allo.pbx.call.Call;

/** A dialplan function, as in {@code ${NAME(arguments)}} and {@code Set(NAME(arguments)=value)}. One object serves all calls. */
public interface DialplanFunction {

    /** Its name as Asterisk spells it; looked up without regard to case. */
    String name();

    /**
     * The value for {@link Call#channel()}.
     *
     * @param arguments what is between the parentheses, variables already replaced
     * @throws DialplanException if it can't be read or the arguments are wrong
     */
    String read(Call call, String arguments);

    /**
     * Sets a value.
     *
     * @throws DialplanException if it can't be set
     */
    default void write(Call call, String arguments, String value) {
        throw new DialplanException(name() + "() can't be set");
    }
}
