package io.allo.io.speech;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was spoken, as files named by a hash of all that makes the sound: engine, voice, speed, format and text. What was asked
 * for longest ago leaves first when there is too much. A board of its lock.
 */
final class SpeechCache {

    private static final Logger LOG = LoggerFactory.getLogger(SpeechCache.class);
    private static final String ENDING = ".wav";

    /** A file that is in use now must not leave: a prompt is read right after it was found. */
    private static final long SAFE_SECONDS = 60;

    private final Path directory;
    private final Object lock = new Object();
    private long bytes = -1;

    SpeechCache(Path directory) {
        this.directory = directory;
    }

    /** Where the sound of this description is or will be, without its ending. */
    Path place(String... description) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\0", description).getBytes(StandardCharsets.UTF_8));
            var name = HexFormat.of().formatHex(hash);
            return directory.resolve(name.substring(0, 2)).resolve(name);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path file(Path place) {
        return place.resolveSibling(place.getFileName() + ENDING);
    }

    /** The place, if its sound is there; from now on it is the newest. */
    Optional<Path> find(Path place) {
        var file = file(place);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Files.setAttribute(file, "lastAccessTime", FileTime.from(Instant.now()));
        } catch (IOException unimportant) {
            LOG.debug("{} stays as old as it is: {}", file, unimportant.getMessage());
        }
        return Optional.of(place);
    }

    /** Takes a finished file, and lets old ones go until all are below the limit. */
    void put(Path made, Path place, long mostBytes) throws IOException {
        var file = file(place);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        synchronized (lock) {
            if (bytes < 0) {
                bytes = files().stream().mapToLong(Kept::size).sum();
            } else {
                bytes += Files.size(file);
            }
            if (bytes > mostBytes) {
                shrink(mostBytes - mostBytes / 10);
            }
        }
    }

    private void shrink(long wanted) throws IOException {
        var files = files();
        bytes = files.stream().mapToLong(Kept::size).sum();
        var safe = Instant.now().minusSeconds(SAFE_SECONDS);
        for (var kept : files) {
            if (bytes <= wanted || kept.used().isAfter(safe)) {
                break;
            }
            Files.deleteIfExists(kept.file());
            bytes -= kept.size();
        }
    }

    private record Kept(Path file, long size, Instant used) {}

    /** Those that are there, the longest unused first. */
    private List<Kept> files() throws IOException {
        var found = new ArrayList<Kept>();
        try (var all = Files.walk(directory, 2)) {
            for (var file : (Iterable<Path>) all::iterator) {
                if (file.toString().endsWith(ENDING)) {
                    var used = (FileTime) Files.getAttribute(file, "lastAccessTime");
                    found.add(new Kept(file, Files.size(file), used.toInstant()));
                }
            }
        }
        found.sort(Comparator.comparing(Kept::used));
        return found;
    }
}
