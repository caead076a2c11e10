package io.allo.pbx.app.voicemail;

import io.allo.pbx.voicemail.Folder;
import io.allo.pbx.voicemail.Mailbox;
import io.allo.pbx.voicemail.StoredMessage;
import io.allo.pbx.voicemail.VoicemailBox;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One visit of an owner in a mailbox: the open folder, where one is in it, what was heard, deleted, put elsewhere. What was decided is done
 * when the folder is closed, so that a deleted message can be called back until then. The urgent messages stand before the new ones.
 * Owned by the call.
 */
final class MailboxSession {

    private final VoicemailBox box;
    private final Mailbox mailbox;
    private final boolean readOnly;
    private final Set<String> heard = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private final Map<String, Folder> moved = new HashMap<>();
    private List<StoredMessage> messages = List.of();
    private Folder folder = Folder.INBOX;
    private int current;
    private boolean starting = true;

    MailboxSession(VoicemailBox box, Mailbox mailbox, boolean readOnly) {
        this.box = box;
        this.mailbox = mailbox;
        this.readOnly = readOnly;
    }

    VoicemailBox box() {
        return box;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    // ---- folders

    void open(Folder opened) throws IOException {
        folder = opened;
        current = 0;
        starting = true;
        var found = new ArrayList<StoredMessage>();
        if (opened == Folder.INBOX) {
            found.addAll(mailbox.messages(Folder.URGENT));
        }
        found.addAll(mailbox.messages(opened));
        messages = found;
    }

    /** Does what was decided about the messages of the open folder. */
    void close() throws IOException {
        for (var message : messages) {
            var id = message.info().identity();
            var to = moved.get(id);
            if (readOnly) {
                continue;
            }
            if (to != null) {
                mailbox.move(message.folder(), id, to, most());
            } else if (deleted.contains(id)) {
                mailbox.delete(message.folder(), id, box.keptDeleted());
            } else if (heard.contains(id)
                    && folder == Folder.INBOX
                    && box.options().yes(VoicemailOption.MOVEHEARD)) {
                mailbox.move(message.folder(), id, Folder.OLD, most());
            }
        }
        heard.clear();
        deleted.clear();
        moved.clear();
        messages = List.of();
    }

    private int most() {
        return box.options().number(VoicemailOption.MAXMSG);
    }

    Folder folder() {
        return folder;
    }

    int size() {
        return messages.size();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Nothing of the folder was played yet. */
    boolean isStarting() {
        return starting;
    }

    void started() {
        starting = false;
    }

    // ---- messages

    int current() {
        return current;
    }

    boolean isFirst() {
        return current == 0;
    }

    boolean isLast() {
        return current == messages.size() - 1;
    }

    void first() {
        current = 0;
    }

    /** One on; false at the end. */
    boolean next() {
        if (current + 1 < messages.size()) {
            current++;
            return true;
        }
        if (box.options().yes(VoicemailOption.MESSAGEWRAP) && messages.size() > 1) {
            current = 0;
            return true;
        }
        return false;
    }

    /** One back; false at the beginning. */
    boolean previous() {
        if (current > 0) {
            current--;
            return true;
        }
        if (box.options().yes(VoicemailOption.MESSAGEWRAP) && messages.size() > 1) {
            current = messages.size() - 1;
            return true;
        }
        return false;
    }

    /** The message one is at. */
    StoredMessage message() {
        return messages.get(current);
    }

    /** The same where it lies now; empty if another session has taken it away. */
    Optional<StoredMessage> fresh() throws IOException {
        var seen = message();
        var here = mailbox.find(seen.folder(), seen.info().identity());
        if (here.isPresent()) {
            return here;
        }
        for (var elsewhere : Folder.values()) {
            var found = mailbox.find(elsewhere, seen.info().identity());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private String id() {
        return message().info().identity();
    }

    void hear() {
        heard.add(id());
    }

    boolean isDeleted() {
        return deleted.contains(id());
    }

    /** Deletes it, or calls it back. */
    void toggleDeleted() {
        if (!deleted.remove(id())) {
            deleted.add(id());
            moved.remove(id());
        }
    }

    /** Puts it into another folder; false if that is full. */
    boolean save(Folder to) throws IOException {
        var waiting = moved.values().stream().filter(to::equals).count();
        if (to != message().folder() && mailbox.count(to) + waiting >= most()) {
            return false;
        }
        deleted.remove(id());
        moved.put(id(), to);
        return true;
    }
}
