package io.allo.io.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LineLogTest {

    @TempDir
    Path directory;

    @Test
    void linesAreAppendedToEveryFileWhichOthersMayRead() throws Exception {
        var one = directory.resolve("log/security");
        var two = directory.resolve("log/full");
        try (var log = new LineLog("test", List.of(one, two))) {
            log.add("a");
            log.add("b");
            assertTrue(log.flush(5_000));
        }
        assertEquals(List.of("a", "b"), Files.readAllLines(one));
        assertEquals(List.of("a", "b"), Files.readAllLines(two));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
    }

    @Test
    void aFileThatIsMovedAwayIsBegunAnew() throws Exception {
        var file = directory.resolve("security");
        try (var log = new LineLog("test", List.of(file))) {
            log.add("a");
            assertTrue(log.flush(5_000));
            Files.move(file, directory.resolve("elsewhere"));
            log.add("b");
            assertTrue(log.flush(5_000));
            assertEquals(List.of(directory.resolve("security.1")), log.rotate());
            log.add("c");
            assertTrue(log.flush(5_000));
            assertEquals(List.of(directory.resolve("security.2")), log.rotate());
        }
        assertEquals(List.of("a"), Files.readAllLines(directory.resolve("elsewhere")));
        assertEquals(List.of("b"), Files.readAllLines(directory.resolve("security.1")));
        assertEquals(List.of("c"), Files.readAllLines(directory.resolve("security.2")));
    }

    @Test
    void aFileThatHasGrownTooLargeIsMovedAwayByItself() throws Exception {
        var file = directory.resolve("security");
        try (var log = new LineLog("test", List.of(file), 10)) {
            log.add("0123456789");
            assertTrue(log.flush(5_000));
            log.add("next");
            assertTrue(log.flush(5_000));
        }
        assertEquals(List.of("next"), Files.readAllLines(file));
        assertEquals(List.of("0123456789"), Files.readAllLines(directory.resolve("security.1")));
    }
}
