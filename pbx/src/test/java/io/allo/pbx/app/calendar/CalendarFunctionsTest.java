package io.allo.pbx.app.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.allo.io.calendar.Calendars;
import io.allo.pbx.app.CallerWorld;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calendars asked by a dialplan. The call is on Friday, 20 November 2026, 12:00 in Paris. */
class CalendarFunctionsTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @TempDir
    Path home;

    private final List<ConfProblem> problems = new ArrayList<>();

    private static String calendar(String... events) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + String.join("", events)
                + "END:VCALENDAR\r\n";
    }

    private static String event(String... lines) {
        return "BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\n" + String.join("\r\n", lines) + "\r\nEND:VEVENT\r\n";
    }

    private CallerWorld world(String conf) {
        var world = new CallerWorld(home.resolve("sounds"));
        var settings = CalendarSettings.read(
                new ConfParser(ConfSource.of(Map.of("calendar.conf", conf))).parse("calendar.conf"), problems::add);
        CalendarFunctions.register(world.runner(), new Calendars(PARIS), () -> settings, Runnable::run);
        return world;
    }

    private CallerWorld worldOf(String calendar) throws IOException {
        var file = Files.writeString(home.resolve("team.ics"), calendar);
        return world("[team]\ntype=ical\nurl=" + file + "\n");
    }

    private static String said(CallerWorld world, String dialplan) {
        world.run(dialplan);
        return world.ran().getLast();
    }

    @Test
    void anEventThatLastsMakesBusy() throws IOException {
        var calendar = calendar(event(
                "UID:1",
                "DTSTART;TZID=Europe/Paris:20261120T113000",
                "DTEND;TZID=Europe/Paris:20261120T123000",
                "SUMMARY:Réunion"));
        assertEquals("NoOp(1)", said(worldOf(calendar), "NoOp(${CALENDAR_BUSY(team)})"));
        assertEquals("NoOp(0)", said(worldOf(calendar.replace("T123000", "T115000")), "NoOp(${CALENDAR_BUSY(team)})"));
        assertEquals(
                "NoOp(0)",
                said(
                        worldOf(calendar.replace("SUMMARY", "TRANSP:TRANSPARENT\r\nSUMMARY")),
                        "NoOp(${CALENDAR_BUSY(team)})"));
    }

    @Test
    void recurrencesExceptionsAndMovedOccurrencesCount() throws IOException {
        var weekly = event(
                "UID:w",
                "DTSTART;TZID=Europe/Paris:20261002T115000",
                "DURATION:PT30M",
                "RRULE:FREQ=WEEKLY;BYDAY=FR",
                "EXDATE;TZID=Europe/Paris:20261127T115000",
                "SUMMARY:Point");
        var moved = event(
                "UID:w",
                "RECURRENCE-ID;TZID=Europe/Paris:20261204T115000",
                "DTSTART;TZID=Europe/Paris:20261205T100000",
                "DURATION:PT30M",
                "SUMMARY:Point samedi");
        var world = worldOf(calendar(weekly, moved));
        // over the end of summer time the hour of the day stays: 11:50 in Paris
        assertEquals(
                "NoOp(1 3 1795171800 Point samedi 1796461200 Point)",
                said(
                        world,
                        "Set(Q=${CALENDAR_QUERY(team,1795170000,1797080000)})\n"
                                + "NoOp(${CALENDAR_BUSY(team)} ${CALENDAR_QUERY_RESULT(${Q},getnum)} ${CALENDAR_QUERY_RESULT(${Q},start)}"
                                + " ${CALENDAR_QUERY_RESULT(${Q},summary,2)} ${CALENDAR_QUERY_RESULT(${Q},start,2)} ${CALENDAR_QUERY_RESULT(${Q},summary,3)})"));
    }

    @Test
    void everyFieldIsThere() throws IOException {
        var calendar = calendar(event(
                "UID:abc",
                "DTSTART:20261120T110000Z",
                "DTEND:20261120T120000Z",
                "SUMMARY:Audit",
                "DESCRIPTION:Long text",
                "ORGANIZER:mailto:zoe@example.org",
                "LOCATION:Lyon",
                "CATEGORIES:work",
                "PRIORITY:5",
                "STATUS:TENTATIVE"));
        assertEquals(
                "NoOp(abc Audit Long text zoe@example.org Lyon work 5 team 1795172400 1795176000 1)",
                said(
                        worldOf(calendar),
                        "Set(Q=${CALENDAR_QUERY(team)})\nNoOp(${CALENDAR_QUERY_RESULT(${Q},uid)} ${CALENDAR_QUERY_RESULT(${Q},summary)}"
                                + " ${CALENDAR_QUERY_RESULT(${Q},description)} ${CALENDAR_QUERY_RESULT(${Q},organizer)}"
                                + " ${CALENDAR_QUERY_RESULT(${Q},location)} ${CALENDAR_QUERY_RESULT(${Q},categories)}"
                                + " ${CALENDAR_QUERY_RESULT(${Q},priority)} ${CALENDAR_QUERY_RESULT(${Q},calendar)}"
                                + " ${CALENDAR_QUERY_RESULT(${Q},start)} ${CALENDAR_QUERY_RESULT(${Q},end)} ${CALENDAR_QUERY_RESULT(${Q},busystate)})"));
    }

    @Test
    void theHolidaysOfFranceAreTheseTwelveMonths() throws IOException {
        var world = world("[jours-feries]\ntype=ical\nurl=" + Path.of("../examples/calendars/jours-feries.ics") + "\n");
        var first = 1_798_758_000L; // 1 January 2027, 00:00 in Paris
        var text = new StringBuilder(
                "Set(Q=${CALENDAR_QUERY(jours-feries," + first + "," + (first + 365 * 86_400) + ")})\n");
        text.append("NoOp(${CALENDAR_BUSY(jours-feries)} ${CALENDAR_QUERY_RESULT(${Q},getnum)}");
        for (var entry = 1; entry <= 11; entry++) {
            text.append("/${STRFTIME2(${CALENDAR_QUERY_RESULT(${Q},start,")
                    .append(entry)
                    .append(")})}");
        }
        var days = new ArrayList<String>();
        world.runner().register(new io.allo.pbx.dialplan.DialplanFunction() {
            @Override
            public String name() {
                return "STRFTIME2";
            }

            @Override
            public String read(io.allo.pbx.call.Call call, String arguments) {
                var day = java.time.Instant.ofEpochSecond(Long.parseLong(arguments))
                        .atZone(PARIS);
                assertEquals(0, day.getHour());
                days.add(day.toLocalDate().toString());
                return "";
            }
        });
        assertTrue(said(world, text.append(")").toString()).startsWith("NoOp(0 11/"));
        // Easter Sunday of 2027 is 28 March (Code du travail L3133-1)
        assertEquals(
                List.of(
                        "2027-01-01",
                        "2027-03-29",
                        "2027-05-01",
                        "2027-05-06",
                        "2027-05-08",
                        "2027-05-17",
                        "2027-07-14",
                        "2027-08-15",
                        "2027-11-01",
                        "2027-11-11",
                        "2027-12-25"),
                days);
    }

    @Test
    void aServerIsAskedOnceAndItsLastWordCountsWhenItIsGone() throws IOException {
        var asked = new AtomicInteger();
        var login = new ArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/cal", exchange -> {
            login.add(exchange.getRequestHeaders().getFirst("Authorization"));
            var body = calendar(event("UID:1", "DTSTART;VALUE=DATE:20261120", "SUMMARY:Fermé"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(asked.incrementAndGet() == 1 ? 200 : 503, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        try {
            var world = world("[team]\ntype=caldav\nrefresh=1\nuser=zoe\nsecret=s3cret\nurl=http://127.0.0.1:"
                    + server.getAddress().getPort() + "/cal\n");
            assertEquals(
                    "NoOp(1 1)",
                    said(
                            world,
                            "Set(A=${CALENDAR_BUSY(team)})\nWait(10)\nSet(A=${CALENDAR_BUSY(team)})\nWait(70)\n"
                                    + "NoOp(${A} ${CALENDAR_BUSY(team)})"));
            assertEquals(2, asked.get());
            assertEquals("Basic em9lOnMzY3JldA==", login.getFirst());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        var world = worldOf("<html>no calendar</html>");
        assertEquals(
                "NoOp()",
                said(world, "NoOp(${CALENDAR_BUSY(team)}${CALENDAR_BUSY(other)}${CALENDAR_QUERY_RESULT(7,uid)})"));
        assertTrue(
                world.problems().toString().contains("not a calendar"),
                world.problems().toString());
        assertTrue(
                world.problems().toString().contains("there is no calendar other"),
                world.problems().toString());
        world("[a]\ntype=ews\nurl=https://x\n[b]\ntype=ical\n[c]\ntype=ical\nurl=/x\nautoreminder=10\n");
        assertEquals(3, problems.size(), problems.toString());
        assertFalse(problems.getFirst().isError());
    }
}
