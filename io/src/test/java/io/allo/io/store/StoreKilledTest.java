package io.allo.io.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed (SIGKILL) while it does. */
final class StoreKilledTest {

    @TempDir
    Path directory;

    @Test
    void whatWasWrittenBeforeTheProcessWasKilledIsThere() throws Exception {
        var file = directory.resolve("allo.db");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreKilledTest.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var last = -1;
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null && last < 40; line = lines.readLine()) {
                last = Integer.parseInt(line);
            }
            process.destroyForcibly().waitFor();
        }
        assertTrue(last >= 40, "the other process wrote " + last);
        try (var store = Store.open(file)) {
            var ids = store.bindings().stream().map(b -> b.id()).collect(Collectors.toSet());
            var records =
                    store.newestRecords(100_000).stream().map(CdrRow::uniqueid).collect(Collectors.toSet());
            for (var i = 0; i <= last; i++) {
                assertTrue(ids.contains("b" + i), "binding " + i);
                assertTrue(records.contains("u" + i), "record " + i);
                assertEquals("v" + i, store.database().get("f", "k" + i).orElse("none"));
            }
        }
    }

    /** The process to be killed: writes on and on, and says what has been on the disk for certain. */
    public static void main(String[] arguments) throws Exception {
        var store = Store.open(Path.of(arguments[0]));
        for (var i = 0; ; i++) {
            store.put(Bindings.of("b" + i, 1_900_000_000_000L));
            store.add(CdrRows.answered("u" + i));
            store.database().put("f", "k" + i, "v" + i);
            if (store.flush(10_000)) {
                System.out.println(i);
            }
        }
    }
}
