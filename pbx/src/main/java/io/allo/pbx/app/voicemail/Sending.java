package io.allo.pbx.app.voicemail;

import static io.allo.pbx.app.voicemail.Conversation.NO_KEY;

import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.MessageInfo;
import io.allo.pbx.voicemail.StoredMessage;
import io.allo.pbx.voicemail.VoiceCopies;
import io.allo.pbx.voicemail.VoicemailBox;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Messages that the owner of a mailbox sends: forwarded ones, answers, new ones. Owned by the call. */
final class Sending {

    private static final int MOST_ATTEMPTS = 3;
    private static final int MOST_DIGITS = 20;

    private final VoicemailWorld world;
    private final Conversation talk;
    private final MailboxSession session;
    private final Delivery delivery;

    Sending(VoicemailWorld world, Conversation talk, MailboxSession session) {
        this.world = world;
        this.talk = talk;
        this.session = session;
        this.delivery = new Delivery(world);
    }

    /** Key 8: the message goes to other mailboxes, as it is or behind some words. */
    char forward() throws IOException {
        if (session.isReadOnly()) {
            return talk.say("vm-sorry");
        }
        var message = session.fresh();
        if (message.isEmpty()) {
            return talk.say("vm-nomore");
        }
        var boxes = recipients();
        if (boxes.isEmpty()) {
            return NO_KEY;
        }
        for (var attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            switch (talk.ask(List.of("vm-forwardoptions"))) {
                case '1' -> {
                    talk.sayUntil("#", List.of("vm-record-prepend"));
                    return sent(record(boxes, message.get()), "vm-msgforwarded");
                }
                case '2' -> {
                    return sent(copies(boxes, message.get()), "vm-msgforwarded");
                }
                case '*', '#' -> {
                    return NO_KEY;
                }
                default -> {}
            }
        }
        return NO_KEY;
    }

    /** An answer to who left the message. */
    char reply() throws IOException {
        var number = session.message().info().callerNumber();
        var name = number.map(
                digits -> new MailboxName(digits, session.box().name().context()));
        var box = name.filter(MailboxName::isSafe).flatMap(world.settings().get()::box);
        if (box.isEmpty()) {
            return talk.say("vm-nobox");
        }
        talk.sayUntil("#", List.of("vm-intro"));
        return sent(record(List.of(box.get()), null), "vm-msgsaved");
    }

    /** A new message to other mailboxes. */
    char leave() throws IOException {
        var boxes = recipients();
        if (boxes.isEmpty()) {
            return NO_KEY;
        }
        talk.sayUntil("#", List.of("vm-intro"));
        return sent(record(boxes, null), "vm-msgsaved");
    }

    private char sent(int delivered, String words) {
        return delivered > 0 ? talk.say(words) : NO_KEY;
    }

    /** Asks for mailboxes until the owner has said them all. */
    private List<VoicemailBox> recipients() throws IOException {
        var found = new ArrayList<VoicemailBox>();
        var attempts = 0;
        while (attempts < MOST_ATTEMPTS) {
            var number = talk.digits(MOST_DIGITS, "vm-extension", "vm-then-pound");
            if (number.equals("*")) {
                return List.of();
            }
            var name = new MailboxName(number, session.box().name().context());
            var box = name.isSafe() ? world.settings().get().box(name) : Optional.<VoicemailBox>empty();
            if (number.isEmpty() || box.isEmpty()) {
                attempts++;
                talk.sayUntil("", List.of("pbx-invalid"));
            } else if (delivery.isFull(box.get())) {
                attempts++;
                Delivery.full(talk.call(), box.get());
                talk.sayUntil("", List.of("vm-mailboxfull"));
            } else {
                if (!found.contains(box.get())) {
                    found.add(box.get());
                }
                if (talk.ask(List.of("vm-forward-multiple")) != '2') {
                    return found;
                }
            }
        }
        return found;
    }

    private int copies(List<VoicemailBox> boxes, StoredMessage message) throws IOException {
        var delivered = 0;
        for (var box : boxes) {
            var put = delivery.copy(box, message, message.info());
            if (put.isPresent()) {
                delivery.told(talk.call(), box, put.get());
                delivered++;
            } else {
                Delivery.full(talk.call(), box);
            }
        }
        return delivered;
    }

    /** Records what goes to the mailboxes, before a message if there is one. How many have it. */
    private int record(List<VoicemailBox> boxes, @Nullable StoredMessage behind) throws IOException {
        var call = talk.call();
        var first = boxes.getFirst();
        var own = delivery.info(call, first, "");
        var info = behind == null ? own : behind.info().with("msg_id", own.field("msg_id"));
        var draft = delivery.begin(first, info);
        var tried = new AtomicBoolean();
        try {
            var take = new Recordist(talk, world, orders(first), false).record(draft, said -> {
                if (behind == null) {
                    tried.set(true);
                    keep(draft, info, said, null, boxes);
                }
            });
            if (take.isEmpty() || take.get().lengthMs() == 0) {
                return 0;
            }
            tried.set(true);
            return keep(draft, info, take.get(), behind, boxes);
        } finally {
            if (!tried.get()) {
                delivery.discard(draft);
            }
        }
    }

    private int keep(
            Path draft, MessageInfo info, Take take, @Nullable StoredMessage behind, List<VoicemailBox> boxes) {
        try {
            var sounds = new ArrayList<Path>();
            sounds.add(take.sound());
            var length = take.lengthMs();
            if (behind != null) {
                var copies = VoiceCopies.of(behind.base());
                if (!copies.isEmpty()) {
                    sounds.add(copies.getFirst());
                    length = world.spool().copies().lengthMs(copies.getFirst());
                }
            }
            var whole = new Take(take.sound(), length, take.urgent(), take.leftBy());
            return delivery.keep(talk.call(), draft, info, sounds, whole, 0, boxes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Recordist.Orders orders(VoicemailBox box) {
        return new Recordist.Orders(
                new Dictaphone.Rules(
                        TimeUnit.SECONDS.toMillis(box.options().number(VoicemailOption.MAXSECS)),
                        TimeUnit.SECONDS.toMillis(
                                world.settings().get().general().number(VoicemailOption.MAXSILENCE)),
                        ""),
                true,
                true,
                false,
                1,
                "beep",
                "");
    }
}
