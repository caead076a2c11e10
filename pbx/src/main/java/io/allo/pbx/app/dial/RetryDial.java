package io.allo.pbx.app.dial;

import io.allo.pbx.app.TimeLength;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.Arguments;
import java.util.List;

/** RetryDial(announcement,sleep,retries,Dial's arguments): tries again until somebody answers. Any thread. */
final class RetryDial {

    /** Between two tries, however short the sleep is. */
    private static final long LEAST_SLEEP_MS = 100;

    private final DialWorld world;
    private final Dial dial;

    RetryDial(DialWorld world, Dial dial) {
        this.world = world;
        this.dial = dial;
    }

    /** As many tries as retries says, at least one; less than 0 is without end. */
    void execute(Call call, String data) {
        var arguments = Arguments.of(data, 4);
        var announcement = arguments.get(0).strip();
        var sleepMs = Math.max(LEAST_SLEEP_MS, TimeLength.seconds(arguments.get(1), 0));
        var retries = arguments.get(2).strip();
        var tries = retries.matches("-[0-9]{1,9}")
                ? Long.MAX_VALUE
                : retries.matches("[0-9]{1,9}") ? Math.max(1, Long.parseLong(retries)) : 1;
        var withExit = DialRequest.parse(arguments.get(3)).has('d');
        for (var tried = 1L; !dial.run(call, arguments.get(3)) && tried < tries; tried++) {
            if (!announcement.isEmpty()) {
                var played = world.prompts().play(call, List.of(announcement), withExit ? "0123456789*#" : "");
                if (played.hasDigit() && leave(call, played.digit())) {
                    return;
                }
            }
            if (waits(call, sleepMs, withExit)) {
                return;
            }
        }
    }

    /** True if a digit led elsewhere. */
    private boolean waits(Call call, long sleepMs, boolean withExit) {
        var deadline = call.inMillis(sleepMs);
        for (var received = call.await(deadline); received != null; received = call.await(deadline)) {
            if (withExit
                    && received.channel() == call.channel()
                    && received.event() instanceof ChannelEvent.Digit digit
                    && leave(call, digit.digit())) {
                return true;
            }
        }
        return false;
    }

    private boolean leave(Call call, char digit) {
        var wanted = call.channel().variables().value("EXITCONTEXT");
        var context =
                wanted == null || wanted.isEmpty() ? call.channel().location().context() : wanted;
        var place = new DialplanLocation(context, String.valueOf(digit), 1);
        if (!world.runner().exists(call, place)) {
            return false;
        }
        call.channel().location(place);
        return true;
    }
}
