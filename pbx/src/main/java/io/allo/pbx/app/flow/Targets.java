package io.allo.pbx.app.flow;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code [[context,]extension,]priority}, the priority a number, a label, {@code n} or {@code n+2}. Any thread. */
final class Targets {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern NEXT = Pattern.compile("n(\\+[0-9]{1,6})?");
    private static final Pattern OFFSET = Pattern.compile("[+-][0-9]{1,6}");

    private final DialplanRunner runner;

    Targets(DialplanRunner runner) {
        this.runner = runner;
    }

    /** The place meant. @throws DialplanException if it is not there */
    DialplanLocation of(Call call, String text) {
        var here = call.channel().location();
        var parts = text.strip().split(",", -1);
        if (parts.length == 1 && text.indexOf('|') >= 0) {
            parts = text.strip().split("\\|", -1);
        }
        var count = parts.length;
        if (count > 3 || text.isBlank()) {
            throw new DialplanException("a target is [[context,]extension,]priority, not \"" + text + "\"");
        }
        var context = count == 3 && !parts[0].isBlank() ? parts[0].strip() : here.context();
        var extension = count >= 2 && !parts[count - 2].isBlank() ? parts[count - 2].strip() : here.extension();
        var priority = priority(call, context, extension, parts[count - 1].strip(), here.priority());
        var target = new DialplanLocation(context, extension, priority);
        if (!runner.exists(call, target)) {
            throw new DialplanException("there is no " + context + "," + extension + "," + parts[count - 1].strip());
        }
        return target;
    }

    /** The place meant, empty if it is not there. */
    Optional<DialplanLocation> find(Call call, String text) {
        try {
            return Optional.of(of(call, text));
        } catch (DialplanException missing) {
            return Optional.empty();
        }
    }

    private int priority(Call call, String context, String extension, String text, int here) {
        if (NUMBER.matcher(text).matches()) {
            return Integer.parseInt(text);
        }
        var relative = text.toLowerCase(Locale.ROOT);
        if (NEXT.matcher(relative).matches()) {
            return here + 1 + (relative.length() > 1 ? Integer.parseInt(relative.substring(2)) : 0);
        }
        if (OFFSET.matcher(relative).matches()) {
            return here + Integer.parseInt(relative);
        }
        return runner.dialplan()
                .findLabel(context, extension, text, call.channel().callerId().number(), runner.now())
                .map(found -> found.priority().number())
                .orElseThrow(() ->
                        new DialplanException("there is no label " + text + " at " + extension + " in " + context));
    }
}
