package io.allo.pbx.app.dial;

import io.allo.core.timer.Clock;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ring.Ringing;

/**
 * How long it rang and how long they talked: DIALEDTIME, RINGTIME, PROGRESSTIME, ANSWEREDTIME, in seconds and with _MS in
 * milliseconds. Owned by the call.
 */
final class DialTimes {

    private final Channel caller;
    private final Clock clock;
    private final long startMillis;
    private long answeredMillis;

    DialTimes(Channel caller, Clock clock) {
        this.caller = caller;
        this.clock = clock;
        this.startMillis = clock.epochMillis();
        for (var name : new String[] {"DIALEDTIME", "ANSWEREDTIME", "RINGTIME", "PROGRESSTIME"}) {
            caller.variables().set(name, "");
            caller.variables().set(name + "_MS", "");
        }
    }

    void rang(Ringing ringing) {
        if (ringing.rangMillis() > 0) {
            note("RINGTIME", ringing.rangMillis() - startMillis);
        }
        if (ringing.progressMillis() > 0) {
            note("PROGRESSTIME", ringing.progressMillis() - startMillis);
        }
    }

    void answered() {
        answeredMillis = clock.epochMillis();
    }

    void ended() {
        var now = clock.epochMillis();
        note("DIALEDTIME", now - startMillis);
        if (answeredMillis > 0) {
            note("ANSWEREDTIME", now - answeredMillis);
        }
    }

    private void note(String name, long ms) {
        caller.variables().set(name, Long.toString(ms / 1000));
        caller.variables().set(name + "_MS", Long.toString(ms));
    }
}
