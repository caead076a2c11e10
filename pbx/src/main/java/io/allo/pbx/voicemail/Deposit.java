package io.allo.pbx.voicemail;

import io.allo.core.timer.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts sound that was recorded elsewhere, a call's, into mailboxes, in each as a message of its own. Any thread; waits for the disk. */
public final class Deposit {

    private static final Logger LOG = LoggerFactory.getLogger(Deposit.class);
    private static final DateTimeFormatter ORIGIN = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd hh:mm:ss a 'UTC' yyyy", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Spool spool;
    private final Supplier<VoicemailSettings> settings;
    private final Consumer<NewMessage> post;
    private final Clock clock;

    /** Into these mailboxes; {@code post} is told of each message. */
    public Deposit(Spool spool, Supplier<VoicemailSettings> settings, Consumer<NewMessage> post, Clock clock) {
        this.spool = spool;
        this.settings = settings;
        this.post = post;
        this.clock = clock;
    }

    /**
     * What the message says of its call. Immutable.
     *
     * @param callerId {@code "name" <number>}, or Unknown
     * @param language of the mail, where the mailbox has none
     */
    public record Origin(
            String context, String extension, int priority, String channel, String callerId, String language) {}

    /** A mailbox with the folder for it. Immutable. */
    public record Address(MailboxName mailbox, Folder folder) {

        /** Reads {@code 101@default/Work,102}; a folder that is none is the INBOX. */
        public static List<Address> list(String text) {
            var found = new ArrayList<Address>();
            for (var each : text.split("[,&]", -1)) {
                if (!each.isBlank()) {
                    var slash = each.indexOf('/');
                    var folder = slash < 0 ? "" : each.substring(slash + 1);
                    found.add(new Address(
                            MailboxName.parse(slash < 0 ? each : each.substring(0, slash)),
                            Folder.named(folder).orElse(Folder.INBOX)));
                }
            }
            return found;
        }
    }

    /** Whether there is such a mailbox. */
    public boolean has(MailboxName name) {
        return name.isSafe() && settings.get().box(name).isPresent();
    }

    /** Puts it into each; false (and logged) where one could not be: it is full, not there, or the disk is. */
    public boolean put(List<Address> addresses, Path sound, long lengthMs, Origin origin) {
        var all = true;
        for (var address : addresses) {
            all &= put(address, sound, lengthMs, origin);
        }
        return all;
    }

    private boolean put(Address address, Path sound, long lengthMs, Origin origin) {
        var box = address.mailbox().isSafe() ? settings.get().box(address.mailbox()) : Optional.<VoicemailBox>empty();
        if (box.isEmpty()) {
            LOG.warn("{} is not put into the mailbox {}, which is not there", sound, address.mailbox());
            return false;
        }
        var name = box.get().name();
        var info = info(name, lengthMs, origin);
        try {
            var mailbox = spool.mailbox(name);
            var draft = mailbox.draft(info.field("msg_id"));
            spool.copies()
                    .write(List.of(sound), lengthMs, 0, draft, settings.get().formats());
            var most = box.get().options().number(VoicemailOption.MAXMSG);
            var put = mailbox.deliver(address.folder(), draft, info, most);
            if (put.isEmpty()) {
                SpoolFiles.delete(draft);
                LOG.warn("{} is not put into the mailbox {}, which is full", sound, name);
                return false;
            }
            post.accept(new NewMessage(box.get(), put.get(), origin.language()));
            return true;
        } catch (IOException broken) {
            LOG.error("{} can't be put into the mailbox {}: {}", sound, name, broken.toString());
            return false;
        }
    }

    private MessageInfo info(MailboxName name, long lengthMs, Origin origin) {
        var now = clock.epochMillis();
        var fields = new LinkedHashMap<String, String>();
        fields.put("origmailbox", name.box());
        fields.put("context", origin.context());
        fields.put("macrocontext", "");
        fields.put("exten", origin.extension());
        fields.put("rdnis", "unknown");
        fields.put("priority", String.valueOf(origin.priority()));
        fields.put("callerchan", origin.channel());
        fields.put("callerid", origin.callerId());
        fields.put("origdate", ORIGIN.format(Instant.ofEpochMilli(now)));
        fields.put("origtime", String.valueOf(now / 1000));
        fields.put("category", "");
        fields.put("msg_id", spool.newId(now));
        fields.put("flag", "");
        fields.put("duration", String.valueOf(lengthMs / 1000));
        return new MessageInfo(fields);
    }
}
