package io.allo.pbx.app.voicemail;

import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.voicemail.Folder;
import io.allo.pbx.voicemail.Mailbox;
import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * VoiceMailMain([box][@context],[options]): the owner's visit. Options: s no PIN, p the box is only the beginning of the number, a(folder)
 * plays that folder at once, r nothing is changed, g is taken. VMAuthenticate(box[@context],[s]): only asks for the PIN, sets AUTH_MAILBOX and
 * AUTH_CONTEXT, and goes to the extension a with the star. VoiceMailPlayMsg(box[@context],msg_id): plays one message. Any thread.
 */
final class VisitMailbox {

    private final DialplanRunner runner;
    private final VoicemailWorld world;
    private final Login login;

    VisitMailbox(DialplanRunner runner, VoicemailWorld world) {
        this.runner = runner;
        this.world = world;
        this.login = new Login(world);
    }

    void main(Call call, String data) {
        var arguments = Arguments.of(data);
        var options = OptionLetters.parse(arguments.get(1));
        var folder = folder(options);
        if (!call.channel().isUp() && !world.prompts().answer(call)) {
            return;
        }
        var talk = new Conversation(call, world.prompts());
        var wish = Login.wish(arguments.get(0), options.has('p'), options.has('s'));
        var outcome = login.login(talk, wish);
        if (outcome.entered().isEmpty()) {
            notEntered(talk, outcome);
            return;
        }
        var entered = outcome.entered().get();
        var mailbox = world.spool().mailbox(entered.box().name());
        var session = new MailboxSession(entered.box(), mailbox, options.has('r'));
        try {
            visit(talk, session, entered, options.has('a') ? folder : null);
        } catch (IOException | UncheckedIOException broken) {
            call.problem(
                    "voicemail-disk",
                    "the mailbox " + entered.box().name() + " can't be read or changed: " + broken.getMessage(),
                    "la boîte " + entered.box().name() + " ne peut pas être lue ou modifiée : " + broken.getMessage());
        }
    }

    private static Folder folder(OptionLetters options) {
        var text = options.argument('a', "").strip();
        if (text.isEmpty()) {
            return Folder.INBOX;
        }
        return Folder.named(text)
                .orElseThrow(() ->
                        new DialplanException("VoiceMailMain: a(" + text + ") is no folder: a number from 0 to 11"));
    }

    private void visit(Conversation talk, MailboxSession session, Login.Entered entered, @Nullable Folder wanted)
            throws IOException {
        var options = entered.box().options();
        var setUp = options.yes(VoicemailOption.FORCENAME) || options.yes(VoicemailOption.FORCEGREETINGS);
        if (setUp && world.pins().isNew(entered.box(), entered.pin()) && !session.isReadOnly()) {
            new GreetingMenu(world, talk, session).firstSteps();
        }
        var counts = session.mailbox().counts();
        var first = wanted != null ? wanted : counts.waiting() == 0 && counts.old() > 0 ? Folder.OLD : Folder.INBOX;
        new MailboxMenu(runner, world, talk, session).run(first, wanted != null, wanted == null);
    }

    private void notEntered(Conversation talk, Login.Outcome outcome) {
        var here = talk.call().channel().location();
        var away = new DialplanLocation(here.context(), "a", 1);
        if (outcome.star() && runner.exists(talk.call(), away)) {
            talk.call().channel().location(away);
        } else {
            talk.sayUntil("", List.of("vm-goodbye"));
        }
    }

    void authenticate(Call call, String data) {
        var arguments = Arguments.of(data);
        var talk = new Conversation(call, world.prompts());
        if (!call.channel().isUp() && !world.prompts().answer(call)) {
            return;
        }
        var outcome = login.login(talk, Login.wish(arguments.get(0), false, false));
        if (outcome.entered().isPresent()) {
            var name = outcome.entered().get().box().name();
            runner.assign(call, "AUTH_MAILBOX", name.box());
            runner.assign(call, "AUTH_CONTEXT", name.context());
            if (!OptionLetters.parse(arguments.get(1)).has('s')) {
                talk.sayUntil("", List.of("auth-thankyou"));
            }
            return;
        }
        notEntered(talk, outcome);
        var here = call.channel().location();
        if (!outcome.star() || !here.extension().equals("a")) {
            throw call.hangUp(io.allo.pbx.call.HangupCause.NORMAL_CLEARING);
        }
    }

    /** Sets VOICEMAIL_PLAYBACKSTATUS to SUCCESS or FAILED. */
    void playOne(Call call, String data) {
        var arguments = Arguments.of(data);
        var name = MailboxName.parse(arguments.get(0));
        var id = arguments.get(1).strip();
        var played = false;
        try {
            var found = world.settings().get().box(name);
            if (found.isEmpty()) {
                throw new DialplanException("VoiceMailPlayMsg: there is no mailbox " + name);
            }
            if (call.channel().isUp() || world.prompts().answer(call)) {
                played = play(call, world.spool().mailbox(found.get().name()), id);
            }
        } catch (IOException broken) {
            call.problem(
                    "voicemail-disk",
                    "the mailbox " + name + " can't be read: " + broken.getMessage(),
                    "la boîte " + name + " ne peut pas être lue : " + broken.getMessage());
        } finally {
            runner.assign(call, "VOICEMAIL_PLAYBACKSTATUS", played ? "SUCCESS" : "FAILED");
        }
    }

    private boolean play(Call call, Mailbox mailbox, String id) throws IOException {
        for (var folder : Folder.values()) {
            var message = mailbox.find(folder, id);
            if (message.isPresent()) {
                new MessagePlayer(runner, world, new Conversation(call, world.prompts())).sound(message.get());
                return true;
            }
        }
        return false;
    }
}
