package io.allo.pbx.dialplan.run;

import io.allo.pbx.conf.Text;

/** The dialplan names an application or function that is not there, so the call ends. Caught by the runner. */
final class UnknownNameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Text text;

    private UnknownNameException(Text text) {
        super(text.en());
        this.text = text;
    }

    static UnknownNameException application(String name) {
        return new UnknownNameException(
                new Text("allo has no application " + name, "allo n'a pas d'application " + name));
    }

    static UnknownNameException function(String name) {
        return new UnknownNameException(new Text("allo has no function " + name, "allo n'a pas de fonction " + name));
    }

    Text text() {
        return text;
    }
}
