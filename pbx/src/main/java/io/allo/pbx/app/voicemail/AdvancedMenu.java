package io.allo.pbx.app.voicemail;

import static io.allo.pbx.app.voicemail.Conversation.NO_KEY;

import io.allo.pbx.call.CallMoved;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Behind key 3: 1 reply, 2 call back, 3 envelope, 4 call out, 5 leave a message. What the mailbox does not allow is not offered. Owned by
 * the call.
 */
final class AdvancedMenu {

    private static final int MOST_SILENT_MENUS = 3;
    private static final int MOST_DIGITS = 40;

    private final DialplanRunner runner;
    private final Conversation talk;
    private final MailboxSession session;
    private final MessagePlayer player;
    private final Sending sending;

    AdvancedMenu(
            DialplanRunner runner, Conversation talk, MailboxSession session, MessagePlayer player, Sending sending) {
        this.runner = runner;
        this.talk = talk;
        this.session = session;
        this.player = player;
        this.sending = sending;
    }

    char run() throws IOException {
        for (var silent = 0; silent < MOST_SILENT_MENUS; silent++) {
            var key = talk.ask(choices());
            switch (key) {
                case NO_KEY -> {}
                case '1' -> {
                    return hasMessage() ? sending.reply() : talk.say("vm-sorry");
                }
                case '2' -> {
                    return hasMessage() ? callBack() : talk.say("vm-sorry");
                }
                case '3' -> {
                    return hasMessage() ? envelope() : talk.say("vm-sorry");
                }
                case '4' -> {
                    return option(VoicemailOption.DIALOUT).isEmpty() ? talk.say("vm-sorry") : callOut();
                }
                case '5' -> {
                    return canSend() ? sending.leave() : talk.say("vm-sorry");
                }
                case '*', '#' -> {
                    return NO_KEY;
                }
                default -> talk.say("vm-sorry");
            }
        }
        return NO_KEY;
    }

    private boolean hasMessage() {
        return !session.isStarting() && !session.isEmpty();
    }

    private boolean canSend() {
        return session.box().options().yes(VoicemailOption.SENDVOICEMAIL);
    }

    private String option(VoicemailOption option) {
        return session.box().options().text(option);
    }

    private List<String> choices() {
        var words = new ArrayList<String>();
        if (hasMessage()) {
            words.add("vm-toreply");
            if (!option(VoicemailOption.CALLBACK).isEmpty()) {
                words.add("vm-tocallback");
            }
            words.add("vm-tohearenv");
        }
        if (!option(VoicemailOption.DIALOUT).isEmpty()) {
            words.add("vm-tomakecall");
        }
        if (canSend()) {
            words.add("vm-leavemsg");
        }
        words.add("vm-starmain");
        return words;
    }

    private char envelope() throws IOException {
        var message = session.fresh();
        return message.isEmpty() ? talk.say("vm-nomore") : talk.say(player.envelope(session.box(), message.get()));
    }

    private char callBack() {
        var context = option(VoicemailOption.CALLBACK);
        if (context.isEmpty()) {
            return talk.say("vm-sorry");
        }
        var number = session.message().info().callerNumber();
        if (number.isEmpty()) {
            return talk.say("vm-nonumber");
        }
        var words = new ArrayList<String>();
        words.add("vm-num-i-have");
        words.addAll(talk.words().digits(number.get()));
        words.add("vm-tocallnum");
        words.add("vm-star-cancel");
        return talk.ask(words) == '1' ? dial(context, number.get()) : NO_KEY;
    }

    private char callOut() {
        var number = talk.digits(MOST_DIGITS, "vm-enter-num-to-call", "vm-then-pound");
        if (number.isEmpty() || number.equals("*")) {
            return NO_KEY;
        }
        return dial(option(VoicemailOption.DIALOUT), number);
    }

    /** Goes to the number in the dialplan; the visit ends here. */
    private char dial(String context, String number) {
        var place = new DialplanLocation(context, number, 1);
        if (!runner.exists(talk.call(), place)) {
            return talk.say("pbx-invalid");
        }
        talk.sayUntil("", List.of("vm-dialout"));
        throw new CallMoved(place);
    }
}
