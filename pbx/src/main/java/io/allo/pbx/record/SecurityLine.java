package io.allo.pbx.record;

import io.allo.pbx.event.SecurityEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A security event as a line of Asterisk's security log, which fail2ban's filter for Asterisk reads. What a stranger wrote can't begin a line
 * or a field of its own: quotation marks become apostrophes, control characters question marks, and what is long is cut. No state.
 */
public final class SecurityLine {

    /** The longest value, in characters. */
    public static final int VALUE_LIMIT = 128;

    private static final DateTimeFormatter EVENT_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT);

    private final DateTimeFormatter times;
    private final ZoneId zone;
    private final long pid;

    /** Lines of the process {@code pid}, whose times begin with {@code [2026-11-21 18:20:00]} in that zone. */
    public SecurityLine(ZoneId zone, long pid) {
        this.times = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
        this.zone = zone;
        this.pid = pid;
    }

    /** The line, without its end. */
    public String of(SecurityEvent event) {
        var at = Instant.ofEpochMilli(event.atMillis()).atZone(zone);
        var out = new StringBuilder(320)
                .append('[')
                .append(times.format(at))
                .append("] SECURITY[")
                .append(pid)
                .append("] res_security_log.c: SecurityEvent=\"")
                .append(event.kind().word())
                .append('"');
        field(out, "EventTV", EVENT_TIME.format(at));
        field(out, "Severity", event.kind().severity());
        field(out, "Service", event.service());
        field(out, "EventVersion", "1");
        field(out, "AccountID", event.accountId());
        field(out, "SessionID", event.sessionId());
        if (!event.local().isEmpty()) {
            field(out, "LocalAddress", family(event.local()));
        }
        if (!event.remote().isEmpty()) {
            field(out, "RemoteAddress", family(event.remote()));
        }
        event.more().forEach((name, value) -> field(out, name, value));
        return out.toString();
    }

    private static String family(String address) {
        return (address.indexOf(':') >= 0 ? "IPV6/" : "IPV4/") + address;
    }

    private static void field(StringBuilder out, String name, String value) {
        out.append(',').append(name).append("=\"").append(clean(value)).append('"');
    }

    private static String clean(String value) {
        var cut = value.length() > VALUE_LIMIT ? value.substring(0, VALUE_LIMIT) : value;
        var out = new StringBuilder(cut.length());
        cut.codePoints()
                .map(c -> {
                    var unseen = Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.LINE_SEPARATOR
                            || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                            || Character.getType(c) == Character.SURROGATE;
                    return unseen ? '?' : c == '"' ? '\'' : c;
                })
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
