package io.allo.io.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What calendars say, fetched when asked and believed until their refresh; where one can't be had again, what it said last is
 * still believed, and the log says so. A board of its lock; fetching is outside of it. Any thread that may wait.
 */
public final class Calendars {

    /** Bytes of one calendar. */
    public static final int MOST_BYTES = 20_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Calendars.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(60);

    private final ZoneId zone;
    private final Map<CalendarSource, Kept> kept = new HashMap<>();

    private record Kept(ICalendar calendar, Instant until) {}

    /** Days, and times without a zone, are in this one. */
    public Calendars(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * What lasts at some time of [from, to), in order of beginning.
     *
     * @throws CalendarException if the calendar can't be had, and never could
     */
    public List<CalendarEvent> between(CalendarSource source, Instant from, Instant to, Instant now)
            throws CalendarException {
        var calendar = calendar(source, now);
        synchronized (calendar) {
            return calendar.between(from, to, zone);
        }
    }

    private ICalendar calendar(CalendarSource source, Instant now) throws CalendarException {
        Kept former;
        synchronized (kept) {
            former = kept.get(source);
        }
        if (former != null && now.isBefore(former.until())) {
            return former.calendar();
        }
        try {
            var fresh = ICalendar.parse(read(source));
            keep(source, new Kept(fresh, now.plus(source.refresh())));
            return fresh;
        } catch (CalendarException failed) {
            if (former == null) {
                throw new CalendarException("the calendar " + source + " can't be had: " + failed.getMessage());
            }
            LOG.warn("the calendar {} can't be had again, the old one counts: {}", source, failed.getMessage());
            keep(source, new Kept(former.calendar(), now.plus(RETRY)));
            return former.calendar();
        }
    }

    private void keep(CalendarSource source, Kept what) {
        synchronized (kept) {
            kept.put(source, what);
        }
    }

    private static String read(CalendarSource source) throws CalendarException {
        try {
            if (source.url().startsWith("http://") || source.url().startsWith("https://")) {
                return fetch(source);
            }
            var path = source.url().startsWith("file:") ? Path.of(URI.create(source.url())) : Path.of(source.url());
            try (var in = Files.newInputStream(path)) {
                return text(in);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            var why = unreadable instanceof InvalidPathException ? "no such file" : unreadable.getMessage();
            throw new CalendarException(unreadable.getClass().getSimpleName() + ": " + why);
        }
    }

    private static String fetch(CalendarSource source) throws IOException, CalendarException {
        var request = HttpRequest.newBuilder(URI.create(source.url())).timeout(PATIENCE);
        if (!source.user().isEmpty()) {
            var login = (source.user() + ":" + source.secret()).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        try (var client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new CalendarException("HTTP status " + response.statusCode());
                }
                return text(body);
            } finally {
                client.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CalendarException("interrupted");
        }
    }

    private static String text(InputStream in) throws IOException, CalendarException {
        var bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new CalendarException("more than " + MOST_BYTES + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
