package io.allo.io.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with a small file for each recording under way, so that the next start finds what a crash left, wherever it lies.
 * A board: any thread.
 */
final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String NOTE = ".note";

    private final Path directory;
    private final AtomicLong next = new AtomicLong();

    Journal(Path directory) {
        this.directory = directory;
    }

    /** A name no other note of this run has; notes of former runs are gone before the first is written. */
    String nextName() {
        return ProcessHandle.current().pid() + "-" + next.incrementAndGet();
    }

    void put(RecordingNote note) throws IOException {
        Files.createDirectories(directory);
        var aside = directory.resolve(note.name() + ".new");
        try (var out = Files.newBufferedWriter(aside)) {
            note.properties().store(out, null);
        }
        Files.move(aside, directory.resolve(note.name() + NOTE), StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(RecordingNote note) throws IOException {
        Files.deleteIfExists(directory.resolve(note.name() + NOTE));
    }

    /** What was left. */
    List<RecordingNote> all() throws IOException {
        var notes = new ArrayList<RecordingNote>();
        if (!Files.isDirectory(directory)) {
            return notes;
        }
        try (var files = Files.newDirectoryStream(directory, "*" + NOTE)) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                var all = new Properties();
                try (var in = Files.newBufferedReader(file)) {
                    all.load(in);
                    notes.add(RecordingNote.of(name.substring(0, name.length() - NOTE.length()), all));
                } catch (IOException | IllegalArgumentException broken) {
                    LOG.warn("{} can't be read: {}", file, broken.toString());
                }
            }
        }
        return notes;
    }
}
