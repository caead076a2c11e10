package io.allo.pbx.app.voicemail;

import static io.allo.pbx.app.voicemail.Conversation.NO_KEY;

import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.voicemail.Folder;
import io.allo.pbx.voicemail.Greeting;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The main menu of a mailbox: 1 or 5 play, 2 folders, 3 more, 4 and 6 back and on, 7 delete, 8 forward, 9 save, 0 greetings and PIN, * what
 * the keys do, # away. Each step's result is the next key, so that what is said can be cut short anywhere. Owned by the call.
 */
final class MailboxMenu {

    private static final int MOST_SILENT_MENUS = 3;

    private final DialplanRunner runner;
    private final VoicemailWorld world;
    private final Conversation talk;
    private final MailboxSession session;
    private final MessagePlayer player;
    private final Sending sending;

    MailboxMenu(DialplanRunner runner, VoicemailWorld world, Conversation talk, MailboxSession session) {
        this.runner = runner;
        this.world = world;
        this.talk = talk;
        this.session = session;
        this.player = new MessagePlayer(runner, world, talk);
        this.sending = new Sending(world, talk, session);
    }

    /** Until the owner has had enough; the folder is closed also when the owner hangs up. */
    void run(Folder first, boolean playAtOnce, boolean greet) throws IOException {
        session.open(first);
        try {
            var key = greet ? welcome() : NO_KEY;
            commands(key == NO_KEY && playAtOnce ? '1' : key);
        } finally {
            session.close();
        }
    }

    /** How many messages there are, and that a temporary greeting is on. */
    private char welcome() throws IOException {
        var words = new ArrayList<String>();
        if (session.box().options().yes(VoicemailOption.TEMPGREETWARN)
                && session.mailbox().greeting(Greeting.TEMPORARY).isPresent()) {
            words.add("vm-tempgreetactive");
        }
        words.addAll(FolderWords.counts(talk, session.mailbox().counts()));
        return talk.say(words);
    }

    private void commands(char first) throws IOException {
        var key = first;
        var silent = 0;
        while (key != '#') {
            if (key != NO_KEY) {
                silent = 0;
            }
            key = key == NO_KEY ? talk.say(instructions()) : command(key);
            if (key == NO_KEY) {
                key = talk.await(Conversation.KEY_MS);
                if (key == NO_KEY && ++silent >= MOST_SILENT_MENUS) {
                    key = '#';
                }
            }
        }
        talk.sayUntil("", List.of("vm-goodbye"));
    }

    /** Does what a key says; the next key, if one came. */
    private char command(char key) throws IOException {
        return switch (key) {
            case '1' -> {
                session.first();
                yield play();
            }
            case '5' -> play();
            case '2' -> changeFolder();
            case '3' -> new AdvancedMenu(runner, talk, session, player, sending).run();
            case '4' -> session.isStarting() || !session.previous() ? talk.say("vm-nomore") : play();
            case '6' -> session.isStarting() ? play() : session.next() ? play() : talk.say("vm-nomore");
            case '7' -> delete();
            case '8' -> session.isEmpty() ? talk.say("vm-nomore") : sending.forward();
            case '9' -> save();
            case '0' -> new GreetingMenu(world, talk, session).run();
            case '*' -> NO_KEY;
            default -> talk.say("vm-sorry");
        };
    }

    private char play() throws IOException {
        return session.isEmpty() ? talk.say("vm-nomore") : player.play(session);
    }

    private char changeFolder() throws IOException {
        var folder = chooseFolder("vm-changeto");
        if (folder == null) {
            return NO_KEY;
        }
        session.close();
        session.open(folder);
        return talk.say(FolderWords.folder(talk, folder));
    }

    /** Asks which folder; null if none was chosen. */
    private @Nullable Folder chooseFolder(String question) {
        for (var attempt = 0; attempt < MOST_SILENT_MENUS; attempt++) {
            var words = new ArrayList<String>();
            words.add(question);
            for (var folder : List.of(Folder.INBOX, Folder.OLD, Folder.WORK, Folder.FAMILY, Folder.FRIENDS)) {
                words.add("vm-press");
                words.addAll(talk.number(folder.ordinal()));
                words.add("vm-for");
                words.addAll(FolderWords.folder(talk, folder));
            }
            words.add("vm-tocancel");
            var key = talk.ask(words);
            if (key == '#' || key == '*') {
                return null;
            }
            var chosen = Folder.ofKey(key);
            if (chosen.isPresent()) {
                return chosen.get();
            }
        }
        return null;
    }

    private char delete() throws IOException {
        if (session.isEmpty() || session.isStarting()) {
            return talk.say("vm-nomore");
        }
        if (session.isReadOnly()) {
            return talk.say("vm-sorry");
        }
        session.toggleDeleted();
        var key = talk.say(session.isDeleted() ? "vm-deleted" : "vm-undeleted");
        return key == NO_KEY && session.isDeleted() ? onward() : key;
    }

    private char save() throws IOException {
        if (session.isEmpty() || session.isStarting()) {
            return talk.say("vm-nomore");
        }
        if (session.isReadOnly()) {
            return talk.say("vm-sorry");
        }
        var folder = chooseFolder("vm-savefolder");
        if (folder == null) {
            return NO_KEY;
        }
        if (!session.save(folder)) {
            return talk.say("vm-mailboxfull");
        }
        var words = new ArrayList<String>();
        words.add("vm-message");
        words.addAll(talk.number(session.current() + 1L));
        words.add("vm-savedto");
        words.addAll(FolderWords.folder(talk, folder));
        var key = talk.say(words);
        return key == NO_KEY ? onward() : key;
    }

    /** With nextaftercmd the next message is played after one was dealt with. */
    private char onward() throws IOException {
        if (!session.box().options().yes(VoicemailOption.NEXTAFTERCMD)) {
            return NO_KEY;
        }
        return session.next() ? play() : talk.say("vm-nomore");
    }

    /** What the keys do now. */
    private List<String> instructions() {
        var words = new ArrayList<String>();
        if (session.isStarting()) {
            if (!session.isEmpty()) {
                words.add(talk.isFrench() ? "vm-onefor-full" : "vm-onefor");
                words.addAll(FolderWords.folder(talk, session.folder()));
            }
            words.add("vm-opts");
        } else {
            if (!session.isFirst()) {
                words.add("vm-prev");
            }
            words.add("vm-advopts");
            words.add("vm-repeat");
            if (!session.isLast()) {
                words.add("vm-next");
            }
            if (!session.isReadOnly()) {
                words.add(session.isDeleted() ? "vm-undelete" : "vm-delete");
                words.add("vm-toforward");
                words.add("vm-savemessage");
            }
        }
        words.add("vm-helpexit");
        return words;
    }
}
