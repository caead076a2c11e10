package io.allo.pbx.app.voicemail;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.voicemail.Folder;
import io.allo.pbx.voicemail.MessageInfo;
import io.allo.pbx.voicemail.NewMessage;
import io.allo.pbx.voicemail.Spool;
import io.allo.pbx.voicemail.StoredMessage;
import io.allo.pbx.voicemail.VoiceCopies;
import io.allo.pbx.voicemail.VoicemailBox;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts what callers say into mailboxes, and tells who mails it. One object serves all calls; used on their threads. */
final class Delivery {

    private static final DateTimeFormatter ORIGIN = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd hh:mm:ss a 'UTC' yyyy", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final VoicemailWorld world;

    Delivery(VoicemailWorld world) {
        this.world = world;
    }

    /** What will be written about a message that this caller leaves now. */
    MessageInfo info(Call call, VoicemailBox box, String flag) {
        var channel = call.channel();
        var now = world.clock().epochMillis();
        var caller = channel.callerId();
        var known = caller.presentation().isAllowed() && !caller.number().isEmpty();
        var fields = new LinkedHashMap<String, String>();
        fields.put("origmailbox", box.name().box());
        fields.put("context", channel.location().context());
        fields.put("macrocontext", "");
        fields.put("exten", channel.location().extension());
        fields.put("rdnis", orUnknown(channel.redirecting().number()));
        fields.put("priority", String.valueOf(channel.location().priority()));
        fields.put("callerchan", channel.name());
        fields.put("callerid", known ? caller.full() : named(caller));
        fields.put("origdate", ORIGIN.format(Instant.ofEpochMilli(now)));
        fields.put("origtime", String.valueOf(now / 1000));
        fields.put(
                "category",
                Optional.ofNullable(channel.variables().value("VM_CATEGORY")).orElse(""));
        fields.put("msg_id", world.spool().newId(now));
        fields.put("flag", flag);
        return new MessageInfo(fields);
    }

    private static String orUnknown(String number) {
        return number.isEmpty() ? "unknown" : number;
    }

    private static String named(PartyId caller) {
        return caller.presentation().isAllowed() && !caller.name().isEmpty() ? caller.name() : "Unknown";
    }

    /** Begins a draft in a mailbox: from now on what is said is kept even if allo is killed. */
    Path begin(VoicemailBox box, MessageInfo info) throws IOException {
        var draft = world.spool().mailbox(box.name()).draft(info.field("msg_id"));
        Files.writeString(
                text(draft),
                world.spool().copies().text(info, text(draft)),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        return draft;
    }

    private static Path text(Path draft) {
        return Path.of(draft + ".txt");
    }

    /** Gives up a draft. */
    void discard(Path draft) {
        Drafts.delete(text(draft));
        Drafts.delete(Path.of(draft + Spool.DRAFT_ENDING));
    }

    /**
     * Makes a draft a message of its mailbox, and copies of it messages of the others.
     *
     * @param sounds one after the other what is to be heard
     * @return how many mailboxes have it now
     */
    int keep(
            Call call,
            Path draft,
            MessageInfo info,
            List<Path> sounds,
            Take take,
            double gainDb,
            List<VoicemailBox> boxes)
            throws IOException {
        var flag = take.urgent() ? MessageInfo.URGENT : info.field("flag");
        var total = take.lengthMs();
        for (var before : sounds.subList(0, sounds.size() - 1)) {
            total += world.spool().copies().lengthMs(before);
        }
        var whole = info.with("flag", flag).with("duration", String.valueOf(total / 1000));
        var formats = world.settings().get().formats();
        world.spool().copies().write(sounds, take.lengthMs(), gainDb, draft, formats);
        Drafts.delete(Path.of(draft + Spool.DRAFT_ENDING));
        var delivered = 0;
        StoredMessage first = null;
        for (var box : boxes) {
            var put = first == null ? deliver(box, draft, whole) : copy(box, first, whole);
            if (put.isPresent()) {
                first = first == null ? put.get() : first;
                delivered++;
                told(call, box, put.get());
            } else {
                full(call, box);
            }
        }
        if (first == null) {
            for (var file : VoiceCopies.of(draft)) {
                Drafts.delete(file);
            }
            discard(draft);
        }
        return delivered;
    }

    private static Folder folder(MessageInfo info) {
        return info.isUrgent() ? Folder.URGENT : Folder.INBOX;
    }

    private Optional<StoredMessage> deliver(VoicemailBox box, Path draft, MessageInfo info) throws IOException {
        var most = box.options().number(VoicemailOption.MAXMSG);
        return world.spool().mailbox(box.name()).deliver(folder(info), draft, info, most);
    }

    /** Puts a copy of a message that is in some mailbox into this one. */
    Optional<StoredMessage> copy(VoicemailBox box, StoredMessage message, MessageInfo info) throws IOException {
        var most = box.options().number(VoicemailOption.MAXMSG);
        var own = info.with("origmailbox", box.name().box())
                .with("msg_id", world.spool().newId(world.clock().epochMillis()));
        return world.spool().mailbox(box.name()).copy(folder(info), message.base(), own, most);
    }

    void told(Call call, VoicemailBox box, StoredMessage message) {
        world.post().accept(new NewMessage(box, message, call.channel().language()));
    }

    /** Says in the log that a mailbox takes no more. */
    static void full(Call call, VoicemailBox box) {
        call.problem(
                "voicemail-full",
                "the mailbox " + box.name() + " is full: it has "
                        + box.options().number(VoicemailOption.MAXMSG) + " messages (maxmsg)",
                "la boîte " + box.name() + " est pleine : elle a "
                        + box.options().number(VoicemailOption.MAXMSG) + " messages (maxmsg)");
    }

    boolean isFull(VoicemailBox box) throws IOException {
        return world.spool().mailbox(box.name()).count(Folder.INBOX)
                >= box.options().number(VoicemailOption.MAXMSG);
    }
}
