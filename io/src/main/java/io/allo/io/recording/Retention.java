package io.allo.io.recording;

import io.allo.core.timer.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes recordings of calls when they have been kept long enough: those below a directory that have a description ({@code .json})
 * beside them, and so were made here. Looks at the start and once a day, on a thread of its own.
 */
public final class Retention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final String SIDECAR = ".json";
    private static final int DEEPEST = 10;

    private final Supplier<Path> directory;
    private final IntSupplier keepDays;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** In this directory, for so many days; 0 for ever. Both are asked each time. */
    public Retention(Supplier<Path> directory, IntSupplier keepDays, Clock clock) {
        this.directory = directory;
        this.keepDays = keepDays;
        this.clock = clock;
    }

    /** Begins to look. */
    public void start() {
        Thread.ofVirtual().name("retention").start(() -> {
            try {
                do {
                    deleteOld();
                } while (!closed.await(1, TimeUnit.DAYS));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Deletes what is too old; how many recordings that were. */
    int deleteOld() {
        var days = keepDays.getAsInt();
        var root = directory.get();
        if (days <= 0 || !Files.isDirectory(root)) {
            return 0;
        }
        var oldest = FileTime.fromMillis(clock.epochMillis() - TimeUnit.DAYS.toMillis(days));
        var deleted = 0;
        try (var files = Files.find(
                root,
                DEEPEST,
                (path, is) -> is.isRegularFile() && path.toString().endsWith(SIDECAR))) {
            for (var sidecar : files.toList()) {
                deleted += deleteOld(sidecar, oldest) ? 1 : 0;
            }
        } catch (IOException unreadable) {
            LOG.error("old recordings below {} can't be looked for: {}", root, unreadable.toString());
        }
        if (deleted > 0) {
            LOG.info("{} recordings were older than {} days and are deleted", deleted, days);
        }
        return deleted;
    }

    private static boolean deleteOld(Path sidecar, FileTime oldest) {
        var name = String.valueOf(sidecar.getFileName());
        var recording = sidecar.resolveSibling(name.substring(0, name.length() - SIDECAR.length()));
        try {
            if (!Files.isRegularFile(recording)
                    || Files.getLastModifiedTime(recording).compareTo(oldest) >= 0) {
                return false;
            }
            Files.delete(recording);
            Files.delete(sidecar);
            return true;
        } catch (IOException refused) {
            LOG.error("{} is too old but can't be deleted: {}", recording, refused.toString());
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
