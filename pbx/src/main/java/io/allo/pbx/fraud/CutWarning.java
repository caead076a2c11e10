package io.allo.pbx.fraud;

import io.allo.media.audio.ToneSequence;
import io.allo.media.port.PlaySource;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.prompt.Gender;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.prompt.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * Tells somebody who talks how long the call may still last, in place of what is heard from the other side meanwhile: "you have one minute",
 * in the channel's language; a beep where nothing is recorded. Any thread asks, the call plays.
 */
public final class CutWarning implements ObjLongConsumer<Channel> {

    private static final ToneSequence BEEP = ToneSequence.parse("!1400/300,!0/200,!1400/300");
    private static final int MINUTE = 60;
    /** Said in steps of so many seconds, downwards: nobody counts along. */
    private static final int STEP_SECONDS = 5;

    private final Prompts prompts;

    /** Plays these prompts. */
    public CutWarning(Prompts prompts) {
        this.prompts = prompts;
    }

    @Override
    public void accept(Channel channel, long leftSeconds) {
        channel.post(new ChannelEvent.Aside(call -> tell(call, leftSeconds)));
    }

    private void tell(Call call, long leftSeconds) {
        var channel = call.channel();
        if (channel.isHungUp() || !channel.isUp() || channel.media() == null) {
            return;
        }
        var found = prompts.find(call, words(channel.language(), leftSeconds), channel.language());
        prompts.start(
                call, found.sounds().isEmpty() ? new PlaySource.Tones(BEEP) : new PlaySource.Sounds(found.sounds()));
    }

    static List<String> words(String language, long leftSeconds) {
        var say = Say.in(language);
        var words = new ArrayList<String>();
        words.add("beep");
        words.add("vm-youhave");
        var rounded = Math.max(STEP_SECONDS, leftSeconds / STEP_SECONDS * STEP_SECONDS);
        if (rounded >= MINUTE) {
            words.addAll(say.number(rounded / MINUTE, Gender.FEMININE));
            words.add(rounded / MINUTE == 1 ? "queue-minute|queue-minutes" : "queue-minutes");
        }
        if (rounded % MINUTE > 0) {
            words.addAll(say.number(rounded % MINUTE, Gender.FEMININE));
            words.add("queue-seconds");
        }
        return words;
    }
}
