package io.allo.pbx.voicemail;

import java.time.ZoneId;
import java.util.List;

/**
 * A mailbox as voicemail.conf has it: {@code box => pin,name,email,pager,options}. Immutable.
 *
 * @param pin as written; empty: nobody is asked for one
 * @param isPinFixed written with a minus: its owner can't change it
 * @param owner the name of who it belongs to, empty if none is given
 * @param emails where a new message is mailed to
 * @param pager where a short mail goes, empty for nowhere
 * @param zone of the times that are said and mailed
 * @param envelopeFormat how a time is said, empty for the language's own way
 * @param options what it does
 */
public record VoicemailBox(
        MailboxName name,
        String pin,
        boolean isPinFixed,
        String owner,
        List<String> emails,
        String pager,
        ZoneId zone,
        String envelopeFormat,
        OptionValues options) {
    public VoicemailBox {
        emails = List.copyOf(emails);
    }

    /** How many deleted messages are kept. */
    public int keptDeleted() {
        var text = options.text(VoicemailOption.BACKUPDELETED).strip();
        if (text.matches("\\d{1,4}")) {
            return Integer.parseInt(text);
        }
        return text.matches("(?i)yes|true|on") ? options.number(VoicemailOption.MAXMSG) : 0;
    }
}
