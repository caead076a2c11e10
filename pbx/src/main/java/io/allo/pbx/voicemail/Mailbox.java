package io.allo.pbx.voicemail;

import io.allo.media.audio.SoundFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The messages and greetings of one mailbox on the disk, in Asterisk's layout. A board: any call's thread; two sessions in one mailbox find
 * messages by their identity, not by their number, so that neither deletes or moves the other's. Who waits is told after each change.
 */
public final class Mailbox {

    private final MailboxName name;
    private final Path directory;
    private final VoiceCopies copies;
    private final Consumer<MailboxName> changed;
    private final ReentrantLock lock = new ReentrantLock();

    Mailbox(MailboxName name, Path directory, VoiceCopies copies, Consumer<MailboxName> changed) {
        this.name = name;
        this.directory = directory;
        this.copies = copies;
        this.changed = changed;
    }

    /** Its name. */
    public MailboxName name() {
        return name;
    }

    /** Its directory, which may not be there yet. */
    public Path directory() {
        return directory;
    }

    private Path path(Folder folder) {
        return directory.resolve(folder.directory());
    }

    /** How many messages a folder has. */
    public int count(Folder folder) throws IOException {
        return SpoolFiles.numbers(path(folder)).size();
    }

    /** How many new, heard and urgent messages there are. */
    public MailboxCounts counts() throws IOException {
        return new MailboxCounts(count(Folder.INBOX), count(Folder.OLD), count(Folder.URGENT));
    }

    /** The messages of a folder in order. */
    public List<StoredMessage> messages(Folder folder) throws IOException {
        lock.lock();
        try {
            var found = new ArrayList<StoredMessage>();
            for (var entry : SpoolFiles.numbers(path(folder)).entrySet()) {
                found.add(new StoredMessage(
                        folder,
                        entry.getKey(),
                        SpoolFiles.base(path(folder), entry.getKey()),
                        copies.info(entry.getValue())));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** A message as it lies now, wherever it was seen before; empty if it has gone. */
    public Optional<StoredMessage> find(Folder folder, String identity) throws IOException {
        return messages(folder).stream()
                .filter(message -> message.info().identity().equals(identity))
                .findFirst();
    }

    /**
     * Puts a message behind the last of a folder. Its files ({@code base}.*) are moved there.
     *
     * @return where it is; empty if the folder has {@code most} already
     */
    public Optional<StoredMessage> deliver(Folder folder, Path base, MessageInfo info, int most) throws IOException {
        return put(folder, info, most, to -> {
            write(base, info);
            SpoolFiles.rename(base, to);
        });
    }

    /** Puts a copy of another mailbox's message behind the last of a folder. */
    public Optional<StoredMessage> copy(Folder folder, Path base, MessageInfo info, int most) throws IOException {
        return put(folder, info, most, to -> {
            SpoolFiles.copySounds(base, to);
            write(to, info);
        });
    }

    /** Writes a message's text. */
    private void write(Path base, MessageInfo info) throws IOException {
        var file = base.resolveSibling(base.getFileName() + ".txt");
        SpoolFiles.write(file, copies.text(info, file));
    }

    private interface Placing {
        void at(Path base) throws IOException;
    }

    private Optional<StoredMessage> put(Folder folder, MessageInfo info, int most, Placing placing) throws IOException {
        StoredMessage put;
        lock.lock();
        try {
            Files.createDirectories(path(folder));
            if (count(folder) >= most) {
                return Optional.empty();
            }
            var number = SpoolFiles.free(path(folder));
            var to = SpoolFiles.base(path(folder), number);
            SpoolFiles.delete(to); // sounds that no text names
            placing.at(to);
            SpoolFiles.forceDirectory(path(folder));
            put = new StoredMessage(folder, number, to, info);
        } finally {
            lock.unlock();
        }
        changed.accept(name);
        return Optional.of(put);
    }

    /** Moves a message to another folder. False if that has {@code most} already, or the message has gone. */
    public boolean move(Folder from, String identity, Folder to, int most) throws IOException {
        lock.lock();
        try {
            var found = find(from, identity);
            if (from == to || found.isEmpty()) {
                return from == to && found.isPresent();
            }
            if (count(to) >= most) {
                return false;
            }
            Files.createDirectories(path(to));
            SpoolFiles.rename(found.get().base(), SpoolFiles.base(path(to), SpoolFiles.free(path(to))));
            SpoolFiles.renumber(path(from));
        } finally {
            lock.unlock();
        }
        changed.accept(name);
        return true;
    }

    /** Deletes a message; of those in the folder Deleted {@code kept} stay, the oldest go first. */
    public void delete(Folder folder, String identity, int kept) throws IOException {
        lock.lock();
        try {
            var found = find(folder, identity);
            if (found.isEmpty()) {
                return;
            }
            if (kept > 0 && folder != Folder.DELETED) {
                var bin = path(Folder.DELETED);
                Files.createDirectories(bin);
                for (var number : List.copyOf(SpoolFiles.numbers(bin).keySet())) {
                    if (count(Folder.DELETED) >= kept) {
                        SpoolFiles.delete(SpoolFiles.base(bin, number));
                    }
                }
                SpoolFiles.renumber(bin);
                SpoolFiles.rename(found.get().base(), SpoolFiles.base(bin, SpoolFiles.free(bin)));
            } else {
                SpoolFiles.delete(found.get().base());
            }
            SpoolFiles.renumber(path(folder));
        } finally {
            lock.unlock();
        }
        changed.accept(name);
    }

    /** Changes what is written about a message, e.g. that it is urgent. */
    public void update(Folder folder, String identity, String field, String value) throws IOException {
        lock.lock();
        try {
            var found = find(folder, identity);
            if (found.isPresent()) {
                write(found.get().base(), found.get().info().with(field, value));
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- greetings

    /** The path of a greeting without its ending, if it was recorded. */
    public Optional<Path> greeting(Greeting greeting) {
        var base = directory.resolve(greeting.file());
        return VoiceCopies.of(base).isEmpty() ? Optional.empty() : Optional.of(base);
    }

    /** Puts a greeting in place of the one before. */
    public void greet(Greeting greeting, Path recorded, long lengthMs, List<SoundFormat> formats) throws IOException {
        lock.lock();
        try {
            Files.createDirectories(directory);
            var base = directory.resolve(greeting.file());
            var before = VoiceCopies.of(base);
            copies.write(List.of(recorded), lengthMs, 0, base, formats);
            for (var file : before) {
                if (formats.stream()
                        .noneMatch(format -> file.toString()
                                .endsWith("." + format.extensions().getFirst()))) {
                    Files.delete(file);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a greeting away. */
    public void ungreet(Greeting greeting) throws IOException {
        lock.lock();
        try {
            for (var file : VoiceCopies.of(directory.resolve(greeting.file()))) {
                Files.delete(file);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A base name in {@code tmp} that nothing has. */
    public Path draft(String id) throws IOException {
        var tmp = directory.resolve("tmp");
        Files.createDirectories(tmp);
        return tmp.resolve(Spool.DRAFT + id);
    }
}
