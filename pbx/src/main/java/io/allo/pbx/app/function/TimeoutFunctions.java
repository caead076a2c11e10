package io.allo.pbx.app.function;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.DialplanException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** TIMEOUT(absolute), TIMEOUT(digit) and TIMEOUT(response), in seconds with a fraction. Stateless. */
final class TimeoutFunctions {

    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(1_000_000_000L);

    void register(FunctionTable table) {
        table.settable("TIMEOUT", this::read, this::write);
    }

    private String read(Call call, String which) {
        var channel = call.channel();
        return switch (kind(which)) {
            case 'a' -> {
                var deadline = channel.absoluteDeadlineNanos();
                if (deadline == Long.MAX_VALUE) {
                    yield "0";
                }
                var leftMs =
                        TimeUnit.NANOSECONDS.toMillis(deadline - call.clock().nanoTime());
                yield seconds(Math.max(0, leftMs));
            }
            case 'd' -> seconds(channel.digitTimeoutMs());
            default -> seconds(channel.responseTimeoutMs());
        };
    }

    private void write(Call call, String which, String value) {
        var channel = call.channel();
        var ms = millis(value);
        switch (kind(which)) {
            case 'a' -> channel.absoluteDeadlineNanos(ms <= 0 ? Long.MAX_VALUE : call.inMillis(ms));
            case 'd' -> channel.digitTimeoutMs(ms <= 0 ? DIGIT_MS : ms);
            default -> channel.responseTimeoutMs(ms <= 0 ? RESPONSE_MS : ms);
        }
    }

    private static char kind(String which) {
        var word = which.strip().toLowerCase(Locale.ROOT);
        var first = word.isEmpty() ? ' ' : word.charAt(0);
        if (first != 'a' && first != 'd' && first != 'r') {
            throw new DialplanException("has absolute, digit and response, not \"" + which + "\"");
        }
        return first;
    }

    private static long millis(String value) {
        var text = value.strip();
        if (!text.matches("-?[0-9]{0,12}(\\.[0-9]{0,9})?") || !text.matches(".*[0-9].*")) {
            throw new DialplanException("\"" + value + "\" is no number of seconds");
        }
        return new BigDecimal(text).min(MOST_SECONDS).movePointRight(3).longValue();
    }

    private static String seconds(long ms) {
        return BigDecimal.valueOf(ms, 3).toPlainString();
    }

    private static final long DIGIT_MS = 5_000;
    private static final long RESPONSE_MS = 10_000;
}
