package io.allo.pbx.app.voicemail;

import static io.allo.pbx.app.voicemail.Conversation.NO_KEY;

import io.allo.pbx.voicemail.Greeting;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Behind key 0: 1 unavailable, 2 busy, 3 name, 4 temporary greeting, 5 PIN. Owned by the call. */
final class GreetingMenu {

    private static final int MOST_SILENT_MENUS = 3;
    private static final int MOST_DIGITS = 80;

    private final VoicemailWorld world;
    private final Conversation talk;
    private final MailboxSession session;

    GreetingMenu(VoicemailWorld world, Conversation talk, MailboxSession session) {
        this.world = world;
        this.talk = talk;
        this.session = session;
    }

    char run() throws IOException {
        if (session.isReadOnly()) {
            return talk.say("vm-sorry");
        }
        var silent = 0;
        while (silent < MOST_SILENT_MENUS) {
            var key = talk.ask(choices());
            switch (key) {
                case NO_KEY -> silent++;
                case '1' -> record(Greeting.UNAVAILABLE);
                case '2' -> record(Greeting.BUSY);
                case '3' -> record(Greeting.NAME);
                case '4' -> temporary();
                case '5' -> changePin();
                case '*', '#' -> {
                    return NO_KEY;
                }
                default -> talk.say("vm-sorry");
            }
        }
        return NO_KEY;
    }

    private List<String> choices() {
        var words = new ArrayList<String>();
        if (session.mailbox().greeting(Greeting.TEMPORARY).isPresent()) {
            words.add("vm-tmpexists");
        }
        words.add("vm-options");
        return words;
    }

    /** What a new owner is led through. */
    void firstSteps() throws IOException {
        var options = session.box().options();
        talk.say("vm-newuser");
        if (changePin()) {
            if (options.yes(VoicemailOption.FORCENAME)) {
                record(Greeting.NAME);
            }
            if (options.yes(VoicemailOption.FORCEGREETINGS)) {
                record(Greeting.UNAVAILABLE);
                record(Greeting.BUSY);
            }
        }
    }

    private void temporary() throws IOException {
        if (session.mailbox().greeting(Greeting.TEMPORARY).isEmpty()) {
            record(Greeting.TEMPORARY);
            return;
        }
        for (var silent = 0; silent < MOST_SILENT_MENUS; silent++) {
            switch (talk.ask(List.of("vm-tempgreeting2"))) {
                case '1' -> {
                    record(Greeting.TEMPORARY);
                    return;
                }
                case '2' -> {
                    session.mailbox().ungreet(Greeting.TEMPORARY);
                    talk.say("vm-tempremoved");
                    return;
                }
                case '*', '#' -> {
                    return;
                }
                default -> {}
            }
        }
    }

    /** Records and reviews; what stood before stays if nothing is accepted or the owner hangs up before. */
    private void record(Greeting greeting) throws IOException {
        talk.sayUntil("#", List.of(greeting.prompt()));
        var general = world.settings().get().general();
        var orders = new Recordist.Orders(
                new Dictaphone.Rules(
                        TimeUnit.SECONDS.toMillis(general.number(VoicemailOption.MAXGREET)),
                        TimeUnit.SECONDS.toMillis(general.number(VoicemailOption.MAXSILENCE)),
                        ""),
                true,
                false,
                false,
                1,
                "beep",
                "");
        var draft = session.mailbox().draft(world.spool().newId(world.clock().epochMillis()));
        try {
            var take = new Recordist(talk, world, orders, false).record(draft, said -> {});
            if (take.isPresent()) {
                keep(greeting, take.get());
            }
        } finally {
            Drafts.delete(Path.of(draft + io.allo.pbx.voicemail.Spool.DRAFT_ENDING));
        }
    }

    private void keep(Greeting greeting, Take take) {
        try {
            session.mailbox()
                    .greet(
                            greeting,
                            take.sound(),
                            take.lengthMs(),
                            world.settings().get().formats());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Asks for a new PIN twice. False if there is none. */
    private boolean changePin() {
        if (session.box().isPinFixed()) {
            talk.say("vm-no");
            return false;
        }
        var least = Math.max(1, world.settings().get().general().number(VoicemailOption.MINPASSWORD));
        for (var attempt = 0; attempt < MOST_SILENT_MENUS; attempt++) {
            var pin = talk.digits(MOST_DIGITS, "vm-newpassword");
            if (pin.equals("*") || pin.isEmpty()) {
                return false;
            }
            if (pin.length() < least || isTrivial(pin)) {
                talk.sayUntil("", List.of("vm-invalid-password"));
                continue;
            }
            var again = talk.digits(MOST_DIGITS, "vm-reenterpassword");
            if (again.equals("*")) {
                return false;
            }
            if (!again.equals(pin)) {
                talk.sayUntil("", List.of("vm-mismatch"));
                continue;
            }
            world.pins().change(session.box(), pin);
            talk.say("vm-passchanged");
            return true;
        }
        return false;
    }

    /** The mailbox's own number, or one digit all along. */
    private boolean isTrivial(String pin) {
        return pin.equals(session.box().name().box())
                || pin.length() > 1 && pin.chars().distinct().count() == 1;
    }
}
