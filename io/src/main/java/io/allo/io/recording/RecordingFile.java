package io.allo.io.recording;

import io.allo.io.vault.SealedFile;
import io.allo.io.vault.Vault;
import io.allo.media.audio.SoundWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a recording: {@code name.wav.part} while it is written, {@code name.wav} when it is whole. A note in the journal
 * says so until then. A sealed one is so from its first octet on. Owned by its recording.
 */
final class RecordingFile {

    static final String PART = ".part";

    private static final Logger LOG = LoggerFactory.getLogger(RecordingFile.class);
    private static final int MOST_PARTS = 100;

    private final RecordingNote note;
    private final Journal journal;
    private final Vault vault;
    private @Nullable SeekableByteChannel channel;

    private RecordingFile(RecordingNote note, Journal journal, Vault vault) {
        this.note = note;
        this.journal = journal;
        this.vault = vault;
    }

    /** Makes the file aside, with what it is appended to, and notes it. */
    static RecordingFile begin(RecordingPlan plan, Journal journal, Vault vault, long nowMillis) throws IOException {
        var directory = plan.path().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        var part = part(plan, vault);
        var note = new RecordingNote(
                journal.nextName(),
                plan.path(),
                part,
                plan.format().ending(),
                plan.sides().channels(),
                nowMillis,
                plan.facts());
        journal.put(note);
        return new RecordingFile(note, journal, vault);
    }

    /** One that a crash left. */
    static RecordingFile left(RecordingNote note, Journal journal, Vault vault) {
        return new RecordingFile(note, journal, vault);
    }

    private static Path part(RecordingPlan plan, Vault vault) throws IOException {
        var name = String.valueOf(plan.path().getFileName());
        for (var i = 1; i < MOST_PARTS; i++) {
            var part = plan.path().resolveSibling(name + (i == 1 ? "" : "." + i) + PART);
            try {
                create(plan, part, vault);
                return part;
            } catch (FileAlreadyExistsException another) {
                LOG.debug("{} is being written", another.getFile());
            }
        }
        throw new IOException(MOST_PARTS + " recordings of this name are under way");
    }

    private static void create(RecordingPlan plan, Path part, Vault vault) throws IOException {
        var before = plan.append() && Files.exists(plan.path());
        if (before && (plan.sealed() || SealedFile.isSealed(plan.path()))) {
            vault.copy(plan.path(), part, true);
            keepPrivate(part);
            return;
        }
        vault.create(part, plan.sealed()).close();
        keepPrivate(part);
        if (before) {
            Files.copy(plan.path(), part, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void keepPrivate(Path part) throws IOException {
        if (Files.getFileStore(part).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(part, OWNER_AND_GROUP);
        }
    }

    RecordingNote note() {
        return note;
    }

    /** The writer of its sound. */
    SoundWriter open(RecordingFormat format) throws IOException {
        return format.append(channel(), note.channels());
    }

    /** The writer that brings what a crash left to its end. */
    SoundWriter recover(RecordingFormat format) throws IOException {
        return format.recover(channel(), note.channels());
    }

    private SeekableByteChannel channel() throws IOException {
        var opened = vault.reopen(note.part());
        channel = opened;
        return opened;
    }

    /** What its writer has written so far outlives the end of this program. */
    void flush() throws IOException {
        if (channel != null) {
            Vault.flush(channel);
        }
    }

    /** Closes, makes durable, renames, describes; null (and logged) if that fails: the part is left for the next start. */
    @Nullable
    FinishedRecording finish(SoundWriter writer) {
        try {
            writer.close();
            var lengthMs = writer.lengthMs();
            return put(lengthMs, false);
        } catch (IOException failed) {
            LOG.error("the recording {} stays at {}: {}", note.path(), note.part(), failed.toString());
            return null;
        }
    }

    FinishedRecording put(long lengthMs, boolean recovered) throws IOException {
        try (var file = FileChannel.open(note.part(), StandardOpenOption.WRITE)) {
            file.force(true);
        }
        var hash = sha256(note.part());
        var bytes = Files.size(note.part());
        Files.move(note.part(), note.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        journal.remove(note);
        return new FinishedRecording(note.path(), note.startedMillis(), lengthMs, bytes, hash, recovered, note.facts());
    }

    void discard(SoundWriter writer) {
        try {
            writer.close();
            Files.deleteIfExists(note.part());
            journal.remove(note);
        } catch (IOException failed) {
            LOG.error("{} could not be thrown away: {}", note.part(), failed.toString());
        }
    }

    private static String sha256(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static final Set<PosixFilePermission> OWNER_AND_GROUP =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_READ);
}
