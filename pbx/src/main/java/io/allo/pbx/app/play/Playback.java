package io.allo.pbx.app.play;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.prompt.Say;
import io.allo.pbx.call.prompt.SpokenText;
import io.allo.pbx.call.prompt.UnspeakableException;
import io.allo.pbx.call.prompt.Voice;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Playback(file&file...,options): answers, unless {@code noanswer} or {@code skip}, and plays. With {@code say} the names
 * are texts to be said ({@code number:100}), with {@code mix} those that have a colon; {@code tts:Bonjour} is spoken. Sets
 * PLAYBACKSTATUS. Any thread.
 */
final class Playback {

    private final DialplanRunner runner;
    private final Prompts prompts;

    Playback(DialplanRunner runner, Prompts prompts) {
        this.runner = runner;
        this.prompts = prompts;
    }

    void play(Call call, String data) {
        var arguments = Arguments.of(data);
        if (arguments.get(0).isBlank()) {
            throw new DialplanException("Playback needs the name of a sound");
        }
        var options = arguments.get(1).toLowerCase(Locale.ROOT);
        var whole = false;
        try {
            whole = play(call, arguments.get(0), options);
        } finally {
            runner.assign(call, "PLAYBACKSTATUS", whole ? "SUCCESS" : "FAILED");
        }
    }

    private boolean play(Call call, String names, String options) {
        if (!call.channel().isUp()) {
            if (options.contains("skip")) {
                return true;
            }
            if (!options.contains("noanswer") && !prompts.answer(call)) {
                return false;
            }
        }
        var words = new ArrayList<String>();
        var spoken = true;
        for (var name : Arguments.split(names, '&', Arguments.MAX_COUNT)) {
            if (name.strip().startsWith(Voice.PREFIX)) {
                words.add(name.strip());
            } else if (options.contains("say") || options.contains("mix") && name.indexOf(':') > 0) {
                spoken &= say(call, name, words);
            } else if (!name.isBlank()) {
                words.add(name.strip());
            }
        }
        return prompts.play(call, words).isWhole() && spoken;
    }

    private boolean say(Call call, String text, List<String> words) {
        try {
            words.addAll(SpokenText.words(Say.in(call.channel().language()), text, runner.now()));
            return true;
        } catch (UnspeakableException unspeakable) {
            call.problem("dialplan", "Playback: " + unspeakable.getMessage(), "Playback : " + unspeakable.getMessage());
            return false;
        }
    }
}
