package io.allo.sip.header;

import io.allo.sip.address.Parameters;

/** Numbers that are never an error: expiry in seconds and preferences. RFC 3261 sections 10.2.1.1, 20.10 and 20.19. */
public final class ExpiresValue {
    /** What a malformed expiry counts as, in seconds. RFC 3261 section 10.3 step 7. */
    public static final long MALFORMED_SECONDS = 3600;

    private static final long MAX_SECONDS = 0xFFFF_FFFFL;

    private ExpiresValue() {}

    /** Seconds in the text; malformed counts as 3600, too large as 2^32-1. */
    public static long seconds(String text) {
        long seconds = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return MALFORMED_SECONDS;
            }
            seconds = Math.min(MAX_SECONDS, seconds * 10 + digit);
        }
        return text.isEmpty() ? MALFORMED_SECONDS : seconds;
    }

    /** The {@code q} parameter in thousandths; 1000 where it is missing or malformed. */
    public static int thousandths(Parameters parameters) {
        String q = parameters.value("q");
        if (q == null || !q.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")) {
            return 1000;
        }
        return (int) Math.round(Double.parseDouble(q) * 1000);
    }
}
