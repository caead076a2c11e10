package io.allo.pbx.app;

import io.allo.pbx.dialplan.DialplanException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A length of time as applications take it: "5", "1.5", "300ms", "2 m", "1h". */
public final class TimeLength {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})\\s*([a-z]{0,2})");
    private static final long MOST_MS = TimeUnit.DAYS.toMillis(30);

    private TimeLength() {}

    /**
     * In milliseconds, where a number without unit is seconds.
     *
     * @return {@code fallbackMs} for an empty text; never more than 30 days
     * @throws DialplanException if it is no length of time
     */
    public static long seconds(String text, long fallbackMs) {
        return read(text, 1_000, fallbackMs);
    }

    /** In milliseconds, where a number without unit is milliseconds; otherwise as {@link #seconds}. */
    public static long millis(String text, long fallbackMs) {
        return read(text, 1, fallbackMs);
    }

    private static long read(String text, double plainMs, long fallbackMs) {
        var plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.isEmpty()) {
            return fallbackMs;
        }
        var match = FORM.matcher(plain);
        if (!match.matches()) {
            throw new DialplanException("not a length of time: " + text);
        }
        var unitMs = switch (match.group(2)) {
            case "" -> plainMs;
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> throw new DialplanException("not a length of time: " + text);
        };
        return (long) Math.min(MOST_MS, Math.round(Double.parseDouble(match.group(1)) * unitMs));
    }
}
