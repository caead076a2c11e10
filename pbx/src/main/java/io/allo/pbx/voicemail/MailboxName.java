package io.allo.pbx.voicemail;

/**
 * The name of a mailbox, {@code 101@default}. Immutable.
 *
 * @param box its number
 * @param context its section in voicemail.conf
 */
public record MailboxName(String box, String context) {

    /** The context of boxes that name none. */
    public static final String DEFAULT_CONTEXT = "default";

    /** Reads {@code box@context} or {@code box}. */
    public static MailboxName parse(String text) {
        return parse(text, DEFAULT_CONTEXT);
    }

    /** Reads {@code box@context} or {@code box}, then of this context. */
    public static MailboxName parse(String text, String context) {
        var at = text.indexOf('@');
        if (at < 0) {
            return new MailboxName(text.strip(), context);
        }
        var written = text.substring(at + 1).strip();
        return new MailboxName(text.substring(0, at).strip(), written.isEmpty() ? context : written);
    }

    /** Whether both parts can be names of directories, so that a caller's digits never lead out of the spool. */
    public boolean isSafe() {
        return isSafe(box) && isSafe(context);
    }

    private static boolean isSafe(String part) {
        return !part.isEmpty() && part.matches("[A-Za-z0-9_.+-]{1,80}") && !part.matches("\\.+");
    }

    @Override
    public String toString() {
        return box + "@" + context;
    }
}
