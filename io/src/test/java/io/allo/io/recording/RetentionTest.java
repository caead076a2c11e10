package io.allo.io.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.timer.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is older than the limit goes, by a clock of the test's. */
class RetentionTest {
    private static final long NOON = 1_795_262_400_000L;

    @TempDir
    Path directory;

    private long nowMillis = NOON;
    private int keepDays = 180;
    private final Retention retention = new Retention(() -> directory, () -> keepDays, new Clock() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long epochMillis() {
            return nowMillis;
        }
    });

    private Path recorded(String name, long ageMs, boolean described) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "RIFF");
        if (described) {
            Files.writeString(file.resolveSibling(file.getFileName() + ".json"), "{}");
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(NOON - ageMs));
        return file;
    }

    private static long days(int days) {
        return TimeUnit.DAYS.toMillis(days);
    }

    @Test
    void whatIsOlderThanTheLimitGoesWithItsDescriptionAndTheRestStays() throws IOException {
        var old = recorded("2026/05/old.wav", days(180) + 1, true);
        var young = recorded("young.wav", days(180) - 1, true);
        var theirs = recorded("theirs.wav", days(400), false);
        var underWay = recorded("x.wav.part", days(400), false);
        assertEquals(1, retention.deleteOld());
        assertFalse(Files.exists(old));
        assertFalse(Files.exists(directory.resolve("2026/05/old.wav.json")));
        assertTrue(Files.exists(young) && Files.exists(directory.resolve("young.wav.json")));
        assertTrue(Files.exists(theirs), "what has no description was not made here");
        assertTrue(Files.exists(underWay));
        nowMillis += 2;
        assertEquals(1, retention.deleteOld());
        assertFalse(Files.exists(young));
        assertEquals(0, retention.deleteOld());
    }

    @Test
    void withZeroEverythingStays() throws IOException {
        keepDays = 0;
        var old = recorded("old.wav", days(4_000), true);
        assertEquals(0, retention.deleteOld());
        assertTrue(Files.exists(old));
        keepDays = 1;
        assertEquals(1, retention.deleteOld(), "the limit is asked each time");
    }

    @Test
    void aDirectoryThatIsNotThereAndALonelyDescriptionDoNoHarm() throws IOException {
        Files.writeString(directory.resolve("lonely.wav.json"), "{}");
        assertEquals(0, retention.deleteOld());
        assertTrue(Files.exists(directory.resolve("lonely.wav.json")));
        var nowhere = new Retention(() -> directory.resolve("none"), () -> 1, new Clock() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public long epochMillis() {
                return NOON;
            }
        });
        assertEquals(0, nowhere.deleteOld());
    }
}
