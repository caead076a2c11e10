package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.RawArguments;
import io.allo.pbx.app.function.text.TimeFormat;
import io.allo.pbx.app.function.text.TimeReading;
import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.DialplanException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;

/** STRFTIME and STRPTIME: seconds since 1970 as people write dates, and back. Any thread. */
final class TimeFunctions {

    private final Values values;

    TimeFunctions(Values values) {
        this.values = values;
    }

    void register(FunctionTable table) {
        table.readable("STRFTIME", this::format);
        table.readable("STRPTIME", this::parse);
    }

    /** STRFTIME([seconds],[zone],[format]): now where no moment is given, as {@code %c} where no format is. */
    private String format(Call call, String data) {
        var arguments = RawArguments.of(data, 3);
        var text = arguments.get(0).strip();
        var moment = text.isEmpty() ? Instant.ofEpochMilli(call.clock().epochMillis()) : moment(text);
        var format = arguments.get(2).isBlank() ? "%c" : RawArguments.unquoted(arguments.get(2));
        return TimeFormat.format(moment.atZone(zone(arguments.get(1))), RawArguments.decoded(format));
    }

    private static Instant moment(String text) {
        if (!text.matches("-?[0-9]{1,12}(\\.[0-9]{1,9})?")) {
            throw new DialplanException("\"" + text + "\" is no number of seconds");
        }
        return Instant.ofEpochMilli(new BigDecimal(text).movePointRight(3).longValue());
    }

    /** STRPTIME(date,[zone],[format]): the seconds since 1970, nothing where the date can't be read. */
    private String parse(Call call, String data) {
        var arguments = RawArguments.of(data, 3);
        var format = arguments.get(2).isBlank() ? "%c" : RawArguments.unquoted(arguments.get(2));
        var zone = zone(arguments.get(1));
        var moment = TimeReading.read(RawArguments.unquoted(arguments.get(0)), RawArguments.decoded(format), zone);
        return moment.map(instant -> String.valueOf(instant.getEpochSecond())).orElse("");
    }

    private ZoneId zone(String name) {
        if (name.isBlank()) {
            return values.runner().now().getZone();
        }
        try {
            return ZoneId.of(name.strip());
        } catch (DateTimeException unknown) {
            throw new DialplanException("there is no time zone \"" + name.strip() + "\"; write Europe/Paris");
        }
    }
}
