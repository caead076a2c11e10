package io.allo.gate.cli;

/** Lengths of time in words. */
final class Spans {

    private Spans() {}

    /** {@code 00:03:12}, {@code 2d 01:00:00}. */
    static String clock(long millis) {
        var seconds = Math.max(0, millis) / 1000;
        var days = seconds / 86_400;
        var clock = "%02d:%02d:%02d".formatted(seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        return days == 0 ? clock : days + "d " + clock;
    }

    /** As Asterisk's {@code core show uptime}: {@code 1 day, 2 hours, 5 seconds}. */
    static String words(long millis) {
        var seconds = Math.max(0, millis) / 1000;
        var out = new StringBuilder();
        add(out, seconds / 86_400, "day");
        add(out, seconds / 3600 % 24, "hour");
        add(out, seconds / 60 % 60, "minute");
        if (seconds % 60 > 0 || out.isEmpty()) {
            add(out, Math.max(seconds % 60, 0), "second");
        }
        return out.isEmpty() ? "0 seconds" : out.toString();
    }

    private static void add(StringBuilder out, long count, String unit) {
        if (count > 0) {
            out.append(out.isEmpty() ? "" : ", ")
                    .append(count)
                    .append(' ')
                    .append(unit)
                    .append(count == 1 ? "" : "s");
        }
    }
}
