package io.allo.media.sdp;

import java.util.OptionalInt;

/** Numbers as SDP writes them: decimal digits and nothing else. Pure functions. */
final class SdpNumbers {

    private SdpNumbers() {}

    /** The number in {@code text}; empty unless it is 1 to 6 digits and at most {@code max}. */
    static OptionalInt number(String text, int max) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return OptionalInt.empty();
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalInt.empty();
            }
            number = number * 10 + (c - '0');
        }
        return number <= max ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** A payload type, 0 to 127, written as one: {@code 08} is another format that nobody knows. */
    static OptionalInt payloadType(String format) {
        return format.length() > 1 && format.startsWith("0")
                ? OptionalInt.empty()
                : number(format, RtpMap.MAX_PAYLOAD_TYPE);
    }

    /** The digits at the start of {@code text}: phones write {@code ptime:20.0} and {@code ptime:20 ms} too. */
    static OptionalInt leadingNumber(String text) {
        String trimmed = text.strip();
        int end = 0;
        while (end < trimmed.length() && trimmed.charAt(end) >= '0' && trimmed.charAt(end) <= '9') {
            end++;
        }
        return number(trimmed.substring(0, end), Integer.MAX_VALUE);
    }

    private static final int MAX_DIGITS = 6;
}
