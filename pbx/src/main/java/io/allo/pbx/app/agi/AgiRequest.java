package io.allo.pbx.app.agi;

import io.allo.pbx.call.Call;
import java.util.List;

/**
 * What a script is asked, and the lines that tell it about the call. Immutable.
 *
 * @param request as the dialplan wrote it
 * @param arguments what follows it
 * @param enhanced whether it hears the caller (EAGI)
 * @param network whether it is a server, and not a process
 */
record AgiRequest(String request, List<String> arguments, boolean enhanced, boolean network) {

    AgiRequest {
        arguments = List.copyOf(arguments);
    }

    /** The part of a URL behind the host, "" if there is none. */
    String script() {
        var host = request.indexOf("://") + 3;
        var slash = request.indexOf('/', host);
        return slash < 0 ? "" : request.substring(slash + 1);
    }

    /** The first lines, in Asterisk's order, and the blank one. */
    String environment(Call call, String version) {
        var channel = call.channel();
        var caller = channel.callerId();
        var place = channel.location();
        var text = new StringBuilder();
        if (network) {
            line(text, "network", "yes");
            if (!script().isEmpty()) {
                line(text, "network_script", script());
            }
        }
        line(text, "request", request);
        line(text, "channel", channel.name());
        line(text, "language", channel.language());
        line(text, "type", channel.technology());
        line(text, "uniqueid", channel.uniqueId());
        line(text, "version", version);
        line(text, "callerid", orUnknown(caller.number()));
        line(text, "calleridname", orUnknown(caller.name()));
        line(text, "callingpres", String.valueOf(presentation(caller.presentation())));
        line(text, "callingani2", "0");
        line(text, "callington", "0");
        line(text, "callingtns", "0");
        line(text, "dnid", orUnknown(channel.dnid()));
        line(text, "rdnis", orUnknown(channel.redirecting().number()));
        line(text, "context", place.context());
        line(text, "extension", place.extension());
        line(text, "priority", String.valueOf(place.priority()));
        line(text, "enhanced", enhanced ? "1.0" : "0.0");
        line(text, "accountcode", channel.accountCode());
        line(text, "threadid", String.valueOf(Thread.currentThread().threadId()));
        for (var i = 0; i < arguments.size(); i++) {
            line(text, "arg_" + (i + 1), arguments.get(i));
        }
        return text.append('\n').toString();
    }

    private static String orUnknown(String text) {
        return text.isEmpty() ? "unknown" : text;
    }

    /** A value can't end its line: a caller's name must not be able to add one. */
    private static void line(StringBuilder text, String name, String value) {
        text.append("agi_")
                .append(name)
                .append(": ")
                .append(value.replaceAll("[\\r\\n\\x00]", " "))
                .append('\n');
    }

    /** As in Q.931: presentation in bits 6 and 7, screening in 1 and 2. */
    private static int presentation(io.allo.pbx.call.PartyId.Presentation presentation) {
        return switch (presentation) {
            case ALLOWED_NOT_SCREENED -> 0;
            case ALLOWED_PASSED_SCREEN -> 1;
            case ALLOWED_FAILED_SCREEN -> 2;
            case ALLOWED -> 3;
            case PROHIBITED_NOT_SCREENED -> 32;
            case PROHIBITED_PASSED_SCREEN -> 33;
            case PROHIBITED_FAILED_SCREEN -> 34;
            case PROHIBITED -> 35;
            case UNAVAILABLE -> 67;
        };
    }
}
