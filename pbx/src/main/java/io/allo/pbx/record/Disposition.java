package io.allo.pbx.record;

/** How a call ended, in the words of Asterisk's column {@code disposition}. */
public enum Disposition {
    /** Nobody answered in time, or the caller gave up. */
    NO_ANSWER("NO ANSWER"),
    /** The called side could not be reached. */
    FAILED("FAILED"),
    /** The called side was busy. */
    BUSY("BUSY"),
    /** Answered. */
    ANSWERED("ANSWERED"),
    /** No circuit or no capacity; FAILED unless cdr.conf says {@code congestion=yes}. */
    CONGESTION("CONGESTION");

    private final String words;

    Disposition(String words) {
        this.words = words;
    }

    /** As it stands in the record. */
    public String words() {
        return words;
    }

    static Disposition ofDial(String dialStatus, boolean congestion) {
        return switch (dialStatus) {
            case "ANSWER" -> ANSWERED;
            case "BUSY" -> BUSY;
            case "CANCEL", "NOANSWER" -> NO_ANSWER;
            case "CONGESTION" -> congestion ? CONGESTION : FAILED;
            default -> FAILED;
        };
    }

    /** Of a channel that never was answered and dialed nobody. Causes by ITU-T Q.850. */
    static Disposition ofCause(int cause, boolean congestion) {
        return switch (cause) {
            case 17 -> BUSY;
            case 34, 42 -> congestion ? CONGESTION : FAILED;
            case 1, 2, 3, 20, 27, 28, 38, 41, 58, 65, 88, 111, 127 -> FAILED;
            default -> NO_ANSWER;
        };
    }
}
