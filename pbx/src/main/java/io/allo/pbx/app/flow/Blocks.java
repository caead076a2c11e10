package io.allo.pbx.app.flow;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.Locale;
import java.util.Set;

/** Finds where a block of priorities begins and ends, nested ones left out. Any thread. */
final class Blocks {

    /** Priorities looked through for the other end of a block. */
    private static final int REACH = 10_000;

    private final DialplanRunner runner;
    private final String opening;
    private final String closing;

    Blocks(DialplanRunner runner, String opening, String closing) {
        this.runner = runner;
        this.opening = opening.toLowerCase(Locale.ROOT);
        this.closing = closing.toLowerCase(Locale.ROOT);
    }

    /** The priority that closes the block opened (or continued) at a place. */
    DialplanLocation endOf(Call call, DialplanLocation from) {
        return next(call, from, Set.of(closing));
    }

    /** The next of these applications (or the closing one) on the same level behind a place. */
    DialplanLocation next(Call call, DialplanLocation from, Set<String> wanted) {
        var depth = 0;
        for (var priority = from.priority() + 1; priority < from.priority() + REACH; priority++) {
            var place = from.withPriority(priority);
            var name = name(call, place);
            if (name.isEmpty()) {
                break;
            }
            if (depth == 0 && (wanted.contains(name) || name.equals(closing))) {
                return place;
            }
            if (name.equals(opening)) {
                depth++;
            } else if (name.equals(closing)) {
                depth--;
            }
        }
        throw new DialplanException(opening + " without " + closing);
    }

    /** The priority that opened the block a place is in. */
    DialplanLocation beginOf(Call call, DialplanLocation from) {
        var depth = 0;
        for (var priority = from.priority() - 1; priority > 0; priority--) {
            var place = from.withPriority(priority);
            var name = name(call, place);
            if (name.equals(closing)) {
                depth++;
            } else if (name.equals(opening) && depth-- == 0) {
                return place;
            }
        }
        throw new DialplanException(closing + " without " + opening);
    }

    private String name(Call call, DialplanLocation place) {
        return runner.dialplan()
                .find(
                        place.context(),
                        place.extension(),
                        place.priority(),
                        call.channel().callerId().number(),
                        runner.now())
                .map(found -> found.priority().application().toLowerCase(Locale.ROOT))
                .orElse("");
    }
}
