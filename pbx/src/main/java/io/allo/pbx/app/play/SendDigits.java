package io.allo.pbx.app.play;

import io.allo.pbx.app.TimeLength;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;

/**
 * SendDTMF(digits,gap,duration,channel): sends keys, w waits half a second and W a whole one; gap (250) and duration (100)
 * are milliseconds. The channel is one of the call's own: another call's is refused, which differs from Asterisk. Any
 * thread.
 */
final class SendDigits {

    private static final int HALF_SECOND_MS = 500;
    private static final int SECOND_MS = 1_000;

    private final Prompts prompts;

    SendDigits(Prompts prompts) {
        this.prompts = prompts;
    }

    void send(Call call, String data) {
        var arguments = Arguments.of(data);
        var digits = arguments.get(0).strip();
        if (digits.isEmpty() || !digits.matches("[0-9*#A-Da-dwW]+")) {
            throw new DialplanException("SendDTMF needs keys (0-9 * # A-D, w and W to wait), not: " + digits);
        }
        var gapMs = (int) Math.min(60_000, TimeLength.millis(arguments.get(1), 250));
        var durationMs = (int) Math.clamp(TimeLength.millis(arguments.get(2), 100), 40, 60_000);
        var channel = channel(call, arguments.get(3).strip());
        call.runOn(channel, () -> send(call, digits, durationMs, gapMs));
    }

    private static Channel channel(Call call, String name) {
        if (name.isEmpty()) {
            return call.channel();
        }
        return call.channels().stream()
                .filter(channel -> channel.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new DialplanException("SendDTMF: " + name + " is no channel of this call"));
    }

    private void send(Call call, String digits, int durationMs, int gapMs) {
        var from = 0;
        for (var i = 0; i <= digits.length(); i++) {
            var waits = i < digits.length() && Character.toLowerCase(digits.charAt(i)) == 'w';
            if (i < digits.length() && !waits) {
                continue;
            }
            if (i > from && !prompts.sendDigits(call, digits.substring(from, i), durationMs, gapMs)) {
                return;
            }
            if (waits) {
                call.pause(digits.charAt(i) == 'w' ? HALF_SECOND_MS : SECOND_MS);
            }
            from = i + 1;
        }
    }
}
