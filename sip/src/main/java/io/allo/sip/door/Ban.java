package io.allo.sip.door;

/**
 * A ban. Times are milliseconds since 1970.
 *
 * @param detail what made it: the last user tried, the scanner's name; in the words of a stranger
 * @param attempts failures that led to it
 * @param times how often the subject has been banned within a week, this time included
 */
public record Ban(
        BanSubject subject, Reason reason, String detail, long sinceMs, long untilMs, int attempts, int times) {
    /** Why somebody is banned. */
    public enum Reason {
        /** Too many wrong passwords or users. */
        FAILURES,
        /** A program that looks for victims, by its own name. */
        SCANNER,
        /** An operator said so. */
        OPERATOR
    }

    /** How much of the detail is kept. */
    public static final int DETAIL_LIMIT = 80;

    public Ban {
        detail = detail.length() > DETAIL_LIMIT ? detail.substring(0, DETAIL_LIMIT) : detail;
    }

    /** Whether it holds at that moment. */
    public boolean holds(long nowMs) {
        return nowMs < untilMs;
    }
}
