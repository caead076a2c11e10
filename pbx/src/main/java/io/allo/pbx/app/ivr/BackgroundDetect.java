package io.allo.pbx.app.ivr;

import io.allo.media.port.PlaySource;
import io.allo.pbx.app.TimeLength;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.prompt.Playing;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;

/**
 * BackgroundDetect(file,sil,min,max,analysistime): answers and plays until a key is pressed, which is the first of an
 * extension, or until somebody has talked for min (100) to max ms and then been silent for sil (1000) ms: TALK_DETECTED has
 * the length, and the call goes to {@code talk} if it is there. After analysistime ms talk no longer counts. Any thread.
 */
final class BackgroundDetect {

    private static final int MOST_MS = 600_000;

    private final DialplanRunner runner;
    private final Prompts prompts;

    BackgroundDetect(DialplanRunner runner, Prompts prompts) {
        this.runner = runner;
        this.prompts = prompts;
    }

    void play(Call call, String data) {
        var arguments = Arguments.of(data);
        if (arguments.get(0).isBlank()) {
            throw new DialplanException("BackgroundDetect needs the name of a sound");
        }
        var silenceMs = (int) Math.min(MOST_MS, TimeLength.millis(arguments.get(1), 1_000));
        var leastMs = (int) Math.min(MOST_MS, TimeLength.millis(arguments.get(2), 100));
        var mostMs = unlimited(arguments.get(3));
        var untilMs = unlimited(arguments.get(4));
        prompts.answer(call);
        var names = Arguments.split(arguments.get(0), '&', Arguments.MAX_COUNT);
        var found = prompts.find(call, names, call.channel().language());
        if (found.sounds().isEmpty()) {
            return;
        }
        prompts.detectTalk(call, leastMs, silenceMs);
        try (var playing = prompts.start(call, new PlaySource.Sounds(found.sounds()))) {
            var deadline = untilMs == Long.MAX_VALUE ? Long.MAX_VALUE : call.inMillis(untilMs);
            if (playing != null) {
                listen(call, playing, mostMs, deadline);
            }
        } finally {
            prompts.ignoreTalk(call);
        }
    }

    private static long unlimited(String text) {
        return text.strip().startsWith("-") ? Long.MAX_VALUE : TimeLength.millis(text, Long.MAX_VALUE);
    }

    private void listen(Call call, Playing playing, long mostMs, long untilNanos) {
        for (var event = playing.await(Long.MAX_VALUE); event != null; event = playing.await(Long.MAX_VALUE)) {
            if (event instanceof ChannelEvent.Digit digit) {
                playing.close();
                runner.crossroads()
                        .dial(
                                call,
                                String.valueOf(digit.digit()),
                                call.channel().digitTimeoutMs());
                return;
            }
            if (event instanceof ChannelEvent.Talked talked
                    && talked.durationMs() <= mostMs
                    && call.clock().nanoTime() <= untilNanos) {
                playing.close();
                talked(call, talked.durationMs());
                return;
            }
        }
    }

    private void talked(Call call, long durationMs) {
        runner.assign(call, "TALK_DETECTED", String.valueOf(durationMs));
        var talk = new DialplanLocation(call.channel().location().context(), "talk", 1);
        if (runner.exists(call, talk)) {
            call.channel().location(talk);
        }
    }
}
