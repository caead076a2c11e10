package io.allo.pbx.app.conference;

import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.app.TimeLength;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.util.List;

/**
 * What Page was asked: whom to call, with which options, for how long at most they may ring. Immutable.
 *
 * @param ringMs Long.MAX_VALUE: as long as the pager stays
 */
record PageRequest(List<String> targets, OptionLetters options, long ringMs) {

    static PageRequest parse(String data) {
        var arguments = Arguments.of(data, 3);
        var targets = Arguments.split(arguments.get(0), '&', Arguments.MAX_COUNT).stream()
                .map(String::strip)
                .filter(target -> !target.isEmpty())
                .distinct()
                .toList();
        if (targets.isEmpty()) {
            throw new DialplanException("Page needs somebody to call, e.g. Page(PJSIP/alice&PJSIP/bob)");
        }
        var ring = TimeLength.seconds(arguments.get(2), 0);
        return new PageRequest(targets, OptionLetters.parse(arguments.get(1)), ring == 0 ? Long.MAX_VALUE : ring);
    }

    boolean has(char letter) {
        return options.has(letter);
    }

    String argument(char letter) {
        return options.argument(letter, "");
    }
}
