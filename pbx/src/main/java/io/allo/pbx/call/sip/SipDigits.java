package io.allo.pbx.call.sip;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Digits in INFO bodies: application/dtmf-relay ("Signal=5", "Duration=160") and application/dtmf ("5"). Stateless. */
final class SipDigits {

    static final String RELAY = "application/dtmf-relay";
    private static final int USUAL_MS = 160;
    private static final int LONGEST_MS = 10_000;

    private SipDigits() {}

    /** A digit and how long it lasts. */
    record InfoDigit(char digit, int durationMs) {}

    /** What a body says, null if no digit. */
    static @Nullable InfoDigit parse(String contentType, byte[] body) {
        var type = contentType.toLowerCase(Locale.ROOT);
        var text = new String(body, StandardCharsets.UTF_8).strip();
        if (type.startsWith(RELAY)) {
            char digit = 0;
            var durationMs = USUAL_MS;
            for (var line : text.split("\\R")) {
                var equals = line.indexOf('=');
                var key = equals < 0 ? "" : line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                var value = line.substring(equals + 1).strip();
                if (key.equals("signal")) {
                    digit = digit(value);
                } else if (key.equals("duration") && value.matches("[0-9]{1,6}")) {
                    durationMs = Math.min(LONGEST_MS, Integer.parseInt(value));
                }
            }
            return digit == 0 ? null : new InfoDigit(digit, durationMs);
        }
        if (type.startsWith("application/dtmf")) {
            var digit = digit(text);
            return digit == 0 ? null : new InfoDigit(digit, USUAL_MS);
        }
        return null;
    }

    /** A dtmf-relay body. */
    static byte[] relay(char digit, int durationMs) {
        return ("Signal=" + digit + "\r\nDuration=" + durationMs + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** One of 0-9 * # A-D, also by event number (10 is *, 11 is #); 0 if none. */
    private static char digit(String signal) {
        return switch (signal) {
            case "10" -> '*';
            case "11" -> '#';
            case "12", "13", "14", "15" -> (char) ('A' + Integer.parseInt(signal) - 12);
            default -> {
                var c = signal.length() == 1 ? Character.toUpperCase(signal.charAt(0)) : 0;
                yield "0123456789*#ABCD".indexOf(c) >= 0 && c != 0 ? (char) c : 0;
            }
        };
    }
}
