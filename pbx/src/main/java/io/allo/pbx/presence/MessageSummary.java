package io.allo.pbx.presence;

import io.allo.pbx.voicemail.MailboxCounts;
import java.nio.charset.StandardCharsets;

/** The body that lights a message lamp: application/simple-message-summary, RFC 3842 section 5. No state. */
final class MessageSummary {

    /** Its media type. */
    static final String TYPE = "application/simple-message-summary";

    /** The event package. */
    static final String EVENT = "message-summary";

    private MessageSummary() {}

    static byte[] of(MailboxCounts counts) {
        return ("Messages-Waiting: " + (counts.waiting() > 0 ? "yes" : "no") + "\r\n" + "Voice-Message: "
                        + counts.waiting() + "/" + counts.old() + " (" + counts.urgent() + "/0)\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
