package io.allo.pbx.app.voicemail;

import io.allo.pbx.voicemail.Folder;
import io.allo.pbx.voicemail.MailboxCounts;
import java.util.ArrayList;
import java.util.List;

/** Folders and counts in words, with the order of English and of French. No state. */
final class FolderWords {

    private FolderWords() {}

    /** "New messages"; in French the folders that are named by a noun come behind: "messages famille". */
    static List<String> folder(Conversation talk, Folder folder) {
        var name = "vm-" + folder.directory();
        var adjective = folder == Folder.INBOX || folder == Folder.OLD;
        return talk.isFrench() && !adjective ? List.of("vm-messages", name) : List.of(name, "vm-messages");
    }

    /** "You have two new and three old messages", "vous avez deux nouveaux et trois messages anciens". */
    static List<String> counts(Conversation talk, MailboxCounts counts) {
        var words = new ArrayList<String>();
        words.add("vm-youhave");
        if (counts.waiting() + counts.old() == 0) {
            words.add("vm-no");
            words.add("vm-messages");
            return words;
        }
        part(talk, words, counts.urgent(), "vm-Urgent", counts.fresh() + counts.old() > 0);
        part(talk, words, counts.fresh(), "vm-INBOX", counts.old() > 0);
        part(talk, words, counts.old(), "vm-Old", false);
        return words;
    }

    private static void part(Conversation talk, List<String> words, int count, String kind, boolean more) {
        if (count == 0) {
            return;
        }
        words.addAll(talk.number(count));
        var noun = count == 1 ? "vm-message" : "vm-messages";
        if (more) {
            words.add(kind);
            words.add("vm-and");
        } else if (talk.isFrench() && !kind.equals("vm-INBOX")) {
            words.add(noun);
            words.add(kind);
        } else {
            words.add(kind);
            words.add(noun);
        }
    }
}
