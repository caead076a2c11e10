package io.allo.pbx.app.voicemail;

import static io.allo.pbx.app.voicemail.Conversation.NO_KEY;

import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.voicemail.Greeting;
import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.MessageInfo;
import io.allo.pbx.voicemail.VoicemailBox;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * VoiceMail(box[@context][&box...],[options]): a greeting, and what the caller says becomes a message of all these mailboxes. Options: u b
 * which greeting, s S no instructions, e greets before answering, d(context) digits lead to extensions, g(dB) louder, t(sound) instead of the
 * beep, U urgent, P priority. Sets VMSTATUS to SUCCESS, USEREXIT or FAILED, and VM_MESSAGEFILE. Any thread.
 */
final class LeaveMessage {

    private final DialplanRunner runner;
    private final VoicemailWorld world;
    private final Delivery delivery;

    LeaveMessage(DialplanRunner runner, VoicemailWorld world) {
        this.runner = runner;
        this.world = world;
        this.delivery = new Delivery(world);
    }

    void leave(Call call, String data) {
        var arguments = Arguments.of(data);
        var options = OptionLetters.parse(arguments.get(1));
        var visit = new Visit(call, new Conversation(call, world.prompts()), options);
        runner.assign(call, "VMSTATUS", "FAILED");
        try {
            if (!call.channel().isUp() && !options.has('e') && !world.prompts().answer(call)) {
                return;
            }
            var boxes = boxes(visit, arguments.get(0));
            if (!boxes.isEmpty()) {
                leave(visit, boxes);
            }
        } catch (IOException | UncheckedIOException broken) {
            call.problem(
                    "voicemail-disk",
                    "the message can't be kept: " + broken.getMessage(),
                    "le message ne peut pas être gardé : " + broken.getMessage());
        }
    }

    private record Visit(Call call, Conversation talk, OptionLetters options) {}

    // ---- which mailboxes

    private List<VoicemailBox> boxes(Visit visit, String written) {
        var names = written;
        if (names.isBlank()) {
            if (!visit.call().channel().isUp() && !world.prompts().answer(visit.call())) {
                return List.of();
            }
            names = visit.talk().digits(20, "vm-whichbox");
            if (names.isEmpty() || names.equals("*")) {
                return List.of();
            }
        }
        var found = new ArrayList<VoicemailBox>();
        for (var name : Arguments.split(names, '&', Arguments.MAX_COUNT)) {
            if (!name.isBlank()) {
                box(visit.call(), name, found);
            }
        }
        if (found.isEmpty() && names.isBlank()) {
            throw new DialplanException("VoiceMail needs a mailbox");
        }
        if (found.isEmpty()) {
            if (!visit.call().channel().isUp()) {
                world.prompts().answer(visit.call());
            }
            visit.talk().sayUntil("", List.of("pbx-invalid"));
        }
        return found;
    }

    private void box(Call call, String written, List<VoicemailBox> found) {
        var name = MailboxName.parse(written.strip());
        var box = world.settings().get().box(name);
        if (box.isPresent()) {
            found.add(box.get());
        } else {
            call.problem(
                    "voicemail-no-box",
                    "there is no mailbox " + name + " in voicemail.conf",
                    "il n'y a pas de boîte " + name + " dans voicemail.conf");
        }
    }

    // ---- greeting

    private void leave(Visit visit, List<VoicemailBox> boxes) throws IOException {
        var box = boxes.getFirst();
        var call = visit.call();
        var exits = new Exits(runner, call, box, digitContext(visit));
        var keys = exits.keys() + "#";
        var played = greet(visit, box, keys);
        var key = played.key();
        if (delivery.isFull(box) && (key == NO_KEY || key == '#')) {
            Delivery.full(call, box);
            key = visit.talk().sayUntil(exits.keys(), List.of("vm-mailboxfull"));
            if (key != NO_KEY) {
                exit(call, exits, key);
            }
            return;
        }
        if (key == NO_KEY && !isSilent(visit.options(), played.recorded())) {
            key = visit.talk().sayUntil(keys, List.of("vm-intro"));
        }
        if (key != NO_KEY && key != '#') {
            exit(call, exits, key);
            return;
        }
        if (!call.channel().isUp() && !world.prompts().answer(call)) {
            return;
        }
        record(visit, boxes, exits);
    }

    private static String digitContext(Visit visit) {
        if (!visit.options().has('d')) {
            return "";
        }
        var context = visit.options().argument('d', "").strip();
        return context.isEmpty() ? visit.call().channel().location().context() : context;
    }

    private static boolean isSilent(OptionLetters options, boolean greetingRecorded) {
        return options.has('s') || options.has('S') && greetingRecorded;
    }

    private void exit(Call call, Exits exits, char key) {
        runner.assign(call, "VMSTATUS", "USEREXIT");
        exits.leave(key);
    }

    private record Greeted(char key, boolean recorded) {}

    private Greeted greet(Visit visit, VoicemailBox box, String keys) {
        var mailbox = world.spool().mailbox(box.name());
        var wanted = visit.options().has('b') ? Greeting.BUSY : visit.options().has('u') ? Greeting.UNAVAILABLE : null;
        var temporary = mailbox.greeting(Greeting.TEMPORARY);
        if (temporary.isPresent()) {
            return new Greeted(
                    visit.talk().sayUntil(keys, List.of(temporary.get().toString())), true);
        }
        if (wanted == null) {
            return new Greeted(NO_KEY, false);
        }
        var own = mailbox.greeting(wanted);
        if (own.isPresent()) {
            return new Greeted(visit.talk().sayUntil(keys, List.of(own.get().toString())), true);
        }
        var words = new ArrayList<String>();
        mailbox.greeting(Greeting.NAME).ifPresentOrElse(name -> words.add(name.toString()), () -> {
            words.add("vm-theperson");
            words.addAll(visit.talk().words().digits(box.name().box()));
        });
        words.add(wanted == Greeting.BUSY ? "vm-isonphone" : "vm-isunavail");
        return new Greeted(visit.talk().sayUntil(keys, words), false);
    }

    // ---- the message

    private void record(Visit visit, List<VoicemailBox> boxes, Exits exits) throws IOException {
        var call = visit.call();
        var box = boxes.getFirst();
        var options = visit.options();
        var info = delivery.info(call, box, options.has('U') ? MessageInfo.URGENT : options.has('P') ? "PRIORITY" : "");
        var draft = delivery.begin(box, info);
        var recordist = new Recordist(visit.talk(), world, orders(box, options, exits), options.has('U'));
        var tried = new AtomicBoolean(); // from then on the draft is for the recovery at the next start
        try {
            var take = recordist.record(draft, said -> {
                tried.set(true);
                keep(visit, boxes, info, draft, said);
            });
            if (take.isPresent() && take.get().lengthMs() > 0) {
                tried.set(true);
                keep(visit, boxes, info, draft, take.get());
            }
            if (take.isPresent() && take.get().leftBy() != NO_KEY) {
                if (!tried.get()) {
                    runner.assign(call, "VMSTATUS", "USEREXIT");
                }
                exits.leave(take.get().leftBy());
            }
        } finally {
            if (!tried.get()) {
                delivery.discard(draft);
            }
        }
    }

    private Recordist.Orders orders(VoicemailBox box, OptionLetters options, Exits exits) {
        return new Recordist.Orders(
                new Dictaphone.Rules(
                        TimeUnit.SECONDS.toMillis(box.options().number(VoicemailOption.MAXSECS)),
                        TimeUnit.SECONDS.toMillis(
                                world.settings().get().general().number(VoicemailOption.MAXSILENCE)),
                        ""),
                box.options().yes(VoicemailOption.REVIEW),
                true,
                exits.hasOperator(),
                TimeUnit.SECONDS.toMillis(box.options().number(VoicemailOption.MINSECS)),
                options.has('t') ? options.argument('t', "").strip() : "beep",
                exits.keys().replaceAll("[1-9]", ""));
    }

    /** Also when the caller has hung up. */
    private void keep(Visit visit, List<VoicemailBox> boxes, MessageInfo info, Path draft, Take take) {
        var call = visit.call();
        try {
            var gain = gainDb(visit.options(), boxes.getFirst());
            var delivered = delivery.keep(call, draft, info, List.of(take.sound()), take, gain, boxes);
            runner.assign(call, "VMSTATUS", delivered > 0 ? "SUCCESS" : "FAILED");
            runner.assign(call, "VM_MESSAGEFILE", draft.toString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static double gainDb(OptionLetters options, VoicemailBox box) {
        var text = options.argument('g', "").strip();
        if (text.isEmpty()) {
            return box.options().decimal(VoicemailOption.VOLGAIN);
        }
        try {
            return Math.clamp(Double.parseDouble(text), -40, 40);
        } catch (NumberFormatException noNumber) {
            throw new DialplanException("VoiceMail: g(decibels) is a number, not: " + text);
        }
    }
}
