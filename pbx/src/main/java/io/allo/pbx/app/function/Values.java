package io.allo.pbx.app.function;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;

/** Variables by the name that a function is given. Any thread. */
record Values(DialplanRunner runner) {

    /** What {@code ${name}} is worth; the name may be a function with its arguments. */
    String of(Call call, String name) {
        return name.indexOf('(') < 0 ? runner.variable(call, name.strip()) : runner.substitute(call, "${" + name + "}");
    }

    /** Sets a variable, or a function where the name is one. */
    void set(Call call, String name, String value) {
        if (name.isBlank()) {
            throw new DialplanException("needs the name of a variable");
        }
        if (name.indexOf('(') < 0) {
            runner.assign(call, name.strip(), value);
        } else {
            runner.assign(call, name + "=" + value);
        }
    }
}
