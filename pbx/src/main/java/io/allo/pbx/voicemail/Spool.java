package io.allo.pbx.voicemail;

import io.allo.io.vault.VaultException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All mailboxes on the disk: {@code astspooldir/voicemail/CONTEXT/BOX}. A board: any thread. Whoever subscribes is told the name of a mailbox
 * after each of its changes, on the thread that made it.
 */
public final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** What begins the names of files in {@code tmp} that are being recorded. */
    static final String DRAFT = "allo-";

    /** The ending of a draft's sound: without a header, so that it can be read up to where the power went. */
    public static final String DRAFT_ENDING = ".sln";

    private final Path root;
    private final VoiceCopies copies;
    private final ConcurrentMap<MailboxName, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final List<Consumer<MailboxName>> watchers = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();

    /** The directory {@code voicemail} of the spool; it may not be there yet. */
    public Spool(Path root) {
        this(root, VoiceCopies.PLAIN);
    }

    /** The same; sounds are written and read by these copies. */
    public Spool(Path root, VoiceCopies copies) {
        this.root = root;
        this.copies = copies;
    }

    /** What writes and reads the sounds of messages and greetings. */
    public VoiceCopies copies() {
        return copies;
    }

    /** Tells from now on which mailbox has changed. */
    public void subscribe(Consumer<MailboxName> watcher) {
        watchers.add(watcher);
    }

    /**
     * The mailbox of a name, always the same one.
     *
     * @throws IllegalArgumentException if the name is not {@link MailboxName#isSafe safe}
     */
    public Mailbox mailbox(MailboxName name) {
        if (!name.isSafe()) {
            throw new IllegalArgumentException("no name of a mailbox: " + name);
        }
        return mailboxes.computeIfAbsent(
                name,
                wanted -> new Mailbox(
                        wanted, root.resolve(wanted.context()).resolve(wanted.box()), copies, this::changed));
    }

    private void changed(MailboxName name) {
        watchers.forEach(watcher -> watcher.accept(name));
    }

    /** A new {@code msg_id}, as Asterisk makes them: seconds and a count. */
    public String newId(long epochMillis) {
        return "%d-%08x".formatted(epochMillis / 1000, ids.incrementAndGet());
    }

    /** A message that was being recorded when allo died. */
    public record Recovered(MailboxName mailbox, StoredMessage message) {}

    /**
     * Keeps what was said before a crash: every draft in {@code tmp} becomes a message. To be called before calls come.
     *
     * @param settings the formats to write
     */
    public List<Recovered> recover(VoicemailSettings settings) {
        var recovered = new ArrayList<Recovered>();
        for (var context : directories(root)) {
            for (var box : directories(context)) {
                var name = new MailboxName(
                        box.getFileName().toString(), context.getFileName().toString());
                for (var draft : drafts(box.resolve("tmp"))) {
                    recover(settings, name, draft, recovered);
                }
            }
        }
        return recovered;
    }

    private void recover(VoicemailSettings settings, MailboxName name, Path text, List<Recovered> recovered) {
        var file = text.toString();
        var base = Path.of(file.substring(0, file.length() - ".txt".length()));
        var sounds = VoiceCopies.of(base); // the raw one, or where the crash came a moment later, the copies made of it
        var raw = Path.of(base + DRAFT_ENDING);
        try {
            var sound = Files.isRegularFile(raw) || sounds.isEmpty() ? raw : sounds.getFirst();
            var length = Files.isRegularFile(sound) ? copies.lengthMs(sound) : 0;
            var box = settings.boxes().get(name);
            var least = box == null ? 0 : box.options().number(VoicemailOption.MINSECS);
            if (length > 0 && length >= least * 1000L) {
                var info = copies.info(text).with("duration", String.valueOf(length / 1000));
                if (sound.equals(raw)) {
                    copies.write(List.of(raw), length, 0, base, settings.formats());
                    Files.delete(raw);
                }
                var folder = info.isUrgent() ? Folder.URGENT : Folder.INBOX;
                mailbox(name)
                        .deliver(folder, base, info, Integer.MAX_VALUE)
                        .ifPresent(message -> recovered.add(new Recovered(name, message)));
                LOG.info("the message of {} s for {} that was cut off by a crash is kept", length / 1000, name);
            } else {
                SpoolFiles.delete(base);
            }
        } catch (VaultException sealed) {
            LOG.error("the message {} that was cut off by a crash waits for its key: {}", base, sealed.getMessage());
        } catch (IOException | IllegalArgumentException broken) {
            LOG.error("the message {} that was cut off by a crash can't be kept: {}", base, broken.toString());
        }
    }

    private static List<Path> drafts(Path tmp) {
        return list(tmp).stream()
                .filter(file -> file.getFileName().toString().startsWith(DRAFT)
                        && file.toString().endsWith(".txt"))
                .toList();
    }

    private static List<Path> directories(Path parent) {
        return list(parent).stream().filter(Files::isDirectory).toList();
    }

    private static List<Path> list(Path directory) {
        var found = new ArrayList<Path>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.newDirectoryStream(directory)) {
                files.forEach(found::add);
            } catch (IOException | DirectoryIteratorException unreadable) {
                LOG.error("{} can't be read: {}", directory, unreadable.toString());
            }
        }
        return found;
    }
}
