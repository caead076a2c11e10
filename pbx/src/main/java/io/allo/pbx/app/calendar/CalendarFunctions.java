package io.allo.pbx.app.calendar;

import io.allo.io.calendar.CalendarEvent;
import io.allo.io.calendar.CalendarException;
import io.allo.io.calendar.Calendars;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.Errand;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.DialplanFunction;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * CALENDAR_BUSY(calendar), CALENDAR_QUERY(calendar,start,end), CALENDAR_QUERY_RESULT(id,field,entry), CALENDAR_EVENT(field).
 * What a channel's queries found is a board of this class's, forgotten with the channel. Any thread.
 */
public final class CalendarFunctions {

    /** Queries that one channel may have. */
    private static final int MOST_QUERIES = 100;

    private static final long LIMIT_MS = 25_000;
    private static final Duration FAR = Duration.ofDays(366);

    private final Calendars calendars;
    private final Supplier<CalendarSettings> settings;
    private final Executor helpers;
    private final Map<Channel, List<Found>> found = new WeakHashMap<>();

    private record Found(String calendar, List<CalendarEvent> events) {}

    private sealed interface Answer {
        record Events(List<CalendarEvent> events) implements Answer {}

        record Failed(String why) implements Answer {}
    }

    private CalendarFunctions(Calendars calendars, Supplier<CalendarSettings> settings, Executor helpers) {
        this.calendars = calendars;
        this.settings = settings;
        this.helpers = helpers;
    }

    /** Makes them known to the runner. */
    public static void register(
            DialplanRunner runner, Calendars calendars, Supplier<CalendarSettings> settings, Executor helpers) {
        var functions = new CalendarFunctions(calendars, settings, helpers);
        add(runner, "CALENDAR_BUSY", functions::busy);
        add(runner, "CALENDAR_QUERY", functions::query);
        add(runner, "CALENDAR_QUERY_RESULT", functions::result);
        add(runner, "CALENDAR_EVENT", (call, data) -> {
            throw new DialplanException("is for calls that a calendar has begun, and allo's calendars begin none");
        });
    }

    private static void add(DialplanRunner runner, String name, BiFunction<Call, String, String> body) {
        runner.register(new DialplanFunction() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String read(Call call, String arguments) {
                return body.apply(call, arguments);
            }
        });
    }

    /** 1 while an event lasts that is not marked as free. */
    private String busy(Call call, String data) {
        var now = now(call);
        var events = events(call, data.strip(), now, now.plusSeconds(1));
        return events.stream().anyMatch(event -> event.busy() > 0 && event.isAt(now)) ? "1" : "0";
    }

    private String query(Call call, String data) {
        var arguments = Arguments.of(data);
        var start = moment(arguments.get(1), now(call));
        var end = moment(arguments.get(2), start.plus(FAR));
        var name = arguments.get(0).strip();
        var events = end.isAfter(start.plus(FAR)) || !end.isAfter(start)
                ? events(call, name, start, start.plus(FAR))
                : events(call, name, start, end);
        synchronized (found) {
            var queries = found.computeIfAbsent(call.channel(), channel -> new ArrayList<>());
            if (queries.size() >= MOST_QUERIES) {
                throw new DialplanException("a call may ask " + MOST_QUERIES + " times");
            }
            queries.add(new Found(name, events));
            return String.valueOf(queries.size());
        }
    }

    private String result(Call call, String data) {
        var arguments = Arguments.of(data);
        var query = query(call, number(arguments.get(0)));
        var field = arguments.get(1).strip().toLowerCase(Locale.ROOT);
        if (field.equals("getnum")) {
            return String.valueOf(query.events().size());
        }
        var entry = arguments.get(2).isBlank() ? 1 : number(arguments.get(2));
        if (entry < 1 || entry > query.events().size()) {
            return "";
        }
        return field(query.calendar(), query.events().get(entry - 1), field);
    }

    private Found query(Call call, int id) {
        synchronized (found) {
            var queries = found.getOrDefault(call.channel(), List.of());
            if (id < 1 || id > queries.size()) {
                throw new DialplanException("there is no query " + id + " of this call");
            }
            return queries.get(id - 1);
        }
    }

    private static String field(String calendar, CalendarEvent event, String field) {
        return switch (field) {
            case "summary" -> event.summary();
            case "description" -> event.description();
            case "organizer" -> event.organizer();
            case "location" -> event.location();
            case "categories" -> event.categories();
            case "priority" -> String.valueOf(event.priority());
            case "calendar" -> calendar;
            case "uid" -> event.uid();
            case "start" -> String.valueOf(event.start().getEpochSecond());
            case "end" -> String.valueOf(event.end().getEpochSecond());
            case "busystate" -> String.valueOf(event.busy());
            default ->
                throw new DialplanException(
                        "knows getnum, summary, description, organizer, location, categories, priority,"
                                + " calendar, uid, start, end and busystate, not " + field);
        };
    }

    private List<CalendarEvent> events(Call call, String name, Instant from, Instant to) {
        var source = settings.get().calendars().get(name);
        if (source == null) {
            throw new DialplanException("there is no calendar " + name + " in calendar.conf");
        }
        var now = now(call);
        var answer = Errand.run(call, helpers, LIMIT_MS, Answer.class, () -> {
            try {
                return new Answer.Events(calendars.between(source, from, to, now));
            } catch (CalendarException failed) {
                return new Answer.Failed(String.valueOf(failed.getMessage()));
            }
        });
        return switch (answer.orElseGet(() -> new Answer.Failed("the calendar " + name + " takes too long"))) {
            case Answer.Events(List<CalendarEvent> events) -> events;
            case Answer.Failed(String why) -> throw new DialplanException(why);
        };
    }

    private static Instant now(Call call) {
        return Instant.ofEpochMilli(call.clock().epochMillis());
    }

    private static Instant moment(String text, Instant otherwise) {
        return text.strip().matches("[0-9]{1,12}") ? Instant.ofEpochSecond(Long.parseLong(text.strip())) : otherwise;
    }

    private static int number(String text) {
        return text.strip().matches("[0-9]{1,6}") ? Integer.parseInt(text.strip()) : 0;
    }
}
