package io.allo.pbx.app;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.Arrays;
import java.util.List;

/** Reads places of the dialplan as the options of applications write them: {@code [[context^]extension^]priority(arguments)}. Stateless. */
public final class Places {

    private Places() {}

    /** A place and what a subroutine there is given. */
    public record Routine(DialplanLocation start, List<String> arguments) {}

    /** A place, seen from the channel that runs. @throws DialplanException if it is not there */
    public static DialplanLocation of(DialplanRunner runner, Call call, String text) {
        var here = call.channel().location();
        var parts = text.strip().split("[\\^,|]", -1);
        var count = parts.length;
        if (count > 3 || text.isBlank()) {
            throw new DialplanException("a place is [[context^]extension^]priority, not \"" + text + "\"");
        }
        var context = count == 3 && !parts[0].isBlank() ? parts[0].strip() : here.context();
        var extension = count >= 2 && !parts[count - 2].isBlank() ? parts[count - 2].strip() : here.extension();
        var written = parts[count - 1].strip();
        var place = new DialplanLocation(
                context,
                extension,
                written.matches("[0-9]{1,9}")
                        ? Integer.parseInt(written)
                        : label(runner, call, context, extension, written));
        return existing(runner, call, place);
    }

    private static int label(DialplanRunner runner, Call call, String context, String extension, String label) {
        return runner.dialplan()
                .findLabel(context, extension, label, call.channel().callerId().number(), runner.now())
                .map(found -> found.priority().number())
                .orElseThrow(() ->
                        new DialplanException("there is no label " + label + " at " + extension + " in " + context));
    }

    private static DialplanLocation existing(DialplanRunner runner, Call call, DialplanLocation place) {
        if (!runner.exists(call, place)) {
            throw new DialplanException(
                    "there is no " + place.context() + "," + place.extension() + "," + place.priority());
        }
        return place;
    }

    /** b and B: {@code [[context^]extension^]priority[(argument^argument)]}. */
    public static Routine routine(DialplanRunner runner, Call call, String text) {
        var open = text.indexOf('(');
        var close = text.lastIndexOf(')');
        if (open < 0 || close < open) {
            return new Routine(of(runner, call, text), List.of());
        }
        var arguments =
                Arguments.of(text.substring(open + 1, close).replace('^', ',')).all();
        return new Routine(of(runner, call, text.substring(0, open)), arguments);
    }

    /** U and M: {@code context^argument^argument}, at extension s. The prefix is "macro-" for M. */
    public static Routine called(DialplanRunner runner, Call call, String prefix, String text) {
        var parts = Arrays.asList(text.split("\\^", -1));
        var start = new DialplanLocation(prefix + parts.getFirst().strip(), "s", 1);
        return new Routine(existing(runner, call, start), List.copyOf(parts.subList(1, parts.size())));
    }
}
