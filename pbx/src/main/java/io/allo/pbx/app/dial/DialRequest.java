package io.allo.pbx.app.dial;

import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.app.TimeLength;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one Dial was asked: {@code targets,timeout,options,URL}. Immutable.
 *
 * @param targets dial strings, never empty ones
 * @param timeoutMs how long it may ring, Long.MAX_VALUE without end
 * @param problems what could not be read, in English
 */
record DialRequest(List<String> targets, long timeoutMs, OptionLetters options, List<String> problems) {

    /** Reads it; a timeout of 0 or one that can't be read is none. Of {@code answer^progress} the first counts. */
    static DialRequest parse(String data) {
        var arguments = Arguments.of(data, 4);
        var problems = new ArrayList<String>();
        var targets = new ArrayList<String>();
        for (var target : arguments.get(0).split("&")) {
            if (!target.isBlank()) {
                targets.add(target.strip());
            }
        }
        var written = arguments.get(1).strip();
        var timeoutMs = Long.MAX_VALUE;
        try {
            var ms = TimeLength.seconds(written.replaceFirst("\\^.*", ""), Long.MAX_VALUE);
            timeoutMs = ms == 0 ? Long.MAX_VALUE : ms;
        } catch (DialplanException unreadable) {
            problems.add("the timeout " + written + " is not a number of seconds: it rings without end");
        }
        return new DialRequest(
                List.copyOf(targets), timeoutMs, OptionLetters.parse(arguments.get(2)), List.copyOf(problems));
    }

    boolean has(char option) {
        return options.has(option);
    }

    String argument(char option) {
        return options.argument(option, "").strip();
    }
}
