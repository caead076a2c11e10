package io.allo.pbx.voicemail;

/**
 * How many messages a mailbox has. Immutable.
 *
 * @param fresh new ones, the urgent not counted
 * @param old heard ones
 * @param urgent new and urgent ones
 */
public record MailboxCounts(int fresh, int old, int urgent) {

    /** An empty mailbox. */
    public static final MailboxCounts NONE = new MailboxCounts(0, 0, 0);

    /** All that wait to be heard. */
    public int waiting() {
        return fresh + urgent;
    }
}
