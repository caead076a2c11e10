package io.allo.pbx.app.recording;

import io.allo.pbx.call.Call;
import java.util.List;

/**
 * What the law wants to be said before a call is recorded (recording.conf {@code announce}, {@code decline_key}). Said once to each
 * channel; the channel's variable RECORDING_NOTICE=no leaves it out where it was said otherwise. Any thread.
 */
final class Notice {

    /** Set to "yes" when the caller has declined, else to "no". */
    static final String DECLINED = "RECORDING_DECLINED";

    private static final String NOTICE = "RECORDING_NOTICE";

    private final RecordingWorld world;

    Notice(RecordingWorld world) {
        this.world = world;
    }

    /** Says it; false if the caller presses the key that declines, now or before. */
    boolean isAccepted(Call call) {
        var settings = world.settings().get();
        var variables = call.channel().variables();
        if ("yes".equals(variables.value(DECLINED))) {
            return false;
        }
        if (settings.notice().isBlank() || "no".equals(variables.value(NOTICE)) || variables.value(DECLINED) != null) {
            return true;
        }
        var played = world.prompts().play(call, List.of(settings.notice().split("&")), settings.declineKey());
        world.runner().assign(call, DECLINED, played.hasDigit() ? "yes" : "no");
        return !played.hasDigit();
    }
}
