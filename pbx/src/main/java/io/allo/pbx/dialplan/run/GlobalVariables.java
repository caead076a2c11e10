package io.allo.pbx.dialplan.run;

import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The global variables: those of {@code [globals]} and those that calls set with GLOBAL(). A board; any thread. */
public final class GlobalVariables {
    /** How many there may be. */
    public static final int LIMIT = 10_000;

    private final Map<String, String> values = new LinkedHashMap<>();

    /** The value, null if it is not set. Case matters. */
    public @Nullable String value(String name) {
        synchronized (values) {
            return values.get(name);
        }
    }

    /** Sets a value; the empty one takes the variable away, as in Asterisk. */
    public void set(String name, String value) {
        synchronized (values) {
            if (value.isEmpty()) {
                values.remove(name);
            } else if (values.size() < LIMIT || values.containsKey(name)) {
                values.put(name, value);
            } else {
                throw new DialplanException("there cannot be more than " + LIMIT + " global variables");
            }
        }
    }

    /** All of them, a copy. */
    public Map<String, String> all() {
        synchronized (values) {
            return new LinkedHashMap<>(values);
        }
    }

    /** Takes over a new dialplan's globals; what calls have set stays unless it says {@code clearglobalvars=yes}. */
    void reload(Dialplan dialplan) {
        synchronized (values) {
            if (dialplan.settings().clearGlobals()) values.clear();
            values.putAll(dialplan.globals());
        }
    }
}
