package io.allo.pbx.app.flow;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Arguments;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verbose and Log: the dialplan's own words in the log. Any thread. */
final class Words {

    private static final Logger LOG = LoggerFactory.getLogger("dialplan");

    void verbose(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var leveled = arguments.count() == 2 && arguments.get(0).strip().matches("[0-9]{1,2}");
        LOG.info("{}: {}", call.channel().name(), oneLine(leveled ? arguments.get(1) : data));
    }

    void log(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var text = oneLine(arguments.get(1));
        switch (arguments.get(0).strip().toUpperCase(Locale.ROOT)) {
            case "ERROR" -> LOG.error("{}: {}", call.channel().name(), text);
            case "WARNING" -> LOG.warn("{}: {}", call.channel().name(), text);
            case "DEBUG" -> LOG.debug("{}: {}", call.channel().name(), text);
            default -> LOG.info("{}: {}", call.channel().name(), text);
        }
    }

    /** A caller's name must not be able to forge a line of the log. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
