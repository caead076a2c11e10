package io.allo.pbx.app.voicemail;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.VoicemailBox;
import io.allo.pbx.voicemail.VoicemailOption;
import java.util.List;
import java.util.Optional;

/** Asks who somebody is: mailbox and PIN, as often as {@code maxlogins} says; wrong answers come later each time. No state. */
final class Login {

    private static final int MOST_DIGITS = 80;

    private final VoicemailWorld world;

    Login(VoicemailWorld world) {
        this.world = world;
    }

    /**
     * What the dialplan wants.
     *
     * @param box empty: the caller is asked
     * @param isPrefix the caller types the rest of the number
     * @param skipsPin no PIN is asked for a mailbox that the dialplan names
     */
    record Wish(String box, String context, boolean isPrefix, boolean skipsPin) {}

    /** Who it was. */
    record Entered(VoicemailBox box, String pin) {}

    /** How it came out: somebody entered, the star was pressed, or nobody entered. */
    record Outcome(Optional<Entered> entered, boolean star) {}

    private static final Outcome NOBODY = new Outcome(Optional.empty(), false);

    Outcome login(Conversation talk, Wish wish) {
        var known = !wish.box().isEmpty() && !wish.isPrefix();
        if (known && wish.skipsPin()) {
            var box = world.settings().get().box(new MailboxName(wish.box(), wish.context()));
            if (box.isEmpty()) {
                missing(talk.call(), new MailboxName(wish.box(), wish.context()));
                talk.sayUntil("", List.of("pbx-invalid"));
            }
            return new Outcome(box.map(found -> new Entered(found, found.pin())), false);
        }
        var left = world.settings().get().general().number(VoicemailOption.MAXLOGINS);
        var first = true;
        while (left-- > 0) {
            var number = known ? wish.box() : talk.digits(MOST_DIGITS, first ? "vm-login" : "vm-incorrect-mailbox");
            if (number.equals("*")) {
                return new Outcome(Optional.empty(), true);
            }
            if (!number.isEmpty()) {
                var name = MailboxName.parse(wish.isPrefix() ? wish.box() + number : number, wish.context());
                var outcome = tried(talk, name, known && !first);
                if (outcome.entered().isPresent() || outcome.star()) {
                    return outcome;
                }
            }
            first = false;
        }
        talk.sayUntil("", List.of("vm-incorrect"));
        return NOBODY;
    }

    private Outcome tried(Conversation talk, MailboxName name, boolean again) {
        var call = talk.call();
        var box = world.settings().get().box(name);
        if (box.isPresent() && !world.pins().isAsked(box.get())) {
            return new Outcome(Optional.of(new Entered(box.get(), "")), false);
        }
        var pin = again
                ? talk.digits(MOST_DIGITS, "vm-incorrect", "vm-password")
                : talk.digits(MOST_DIGITS, "vm-password");
        if (pin.equals("*")) {
            return new Outcome(Optional.empty(), true);
        }
        call.pause(world.pins().delayMs(name));
        if (box.isPresent() && world.pins().matches(box.get(), pin)) {
            return new Outcome(Optional.of(new Entered(box.get(), pin)), false);
        }
        if (box.isEmpty()) {
            world.pins().failed(name);
            missing(call, name);
        } else {
            call.problem(
                    "voicemail-pin",
                    call.channel().name() + " has typed a wrong PIN for the mailbox " + name,
                    call.channel().name() + " a composé un code faux pour la boîte " + name);
        }
        return NOBODY;
    }

    private static void missing(Call call, MailboxName name) {
        call.problem(
                "voicemail-no-box",
                "there is no mailbox " + name + " in voicemail.conf",
                "il n'y a pas de boîte " + name + " dans voicemail.conf");
    }

    /** Takes {@code box@context} or {@code @context} apart. */
    static Wish wish(String written, boolean isPrefix, boolean skipsPin) {
        var name = MailboxName.parse(written.strip());
        if (name.box().indexOf('&') >= 0) {
            throw new DialplanException("one mailbox, not: " + written);
        }
        return new Wish(name.box(), name.context(), isPrefix, skipsPin);
    }
}
