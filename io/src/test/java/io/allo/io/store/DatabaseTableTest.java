package io.allo.io.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTableTest {

    @TempDir
    Path directory;

    private Store store;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(directory.resolve("allo.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aValueIsSeenAtOnceAndAfterReopening() throws Exception {
        assertTrue(store.database().put("cidname", "101", "Zoé, \"Accueil\""));
        assertEquals(Optional.of("Zoé, \"Accueil\""), store.database().get("cidname", "101"));
        store.close();
        open();
        assertEquals(Optional.of("Zoé, \"Accueil\""), store.database().get("cidname", "101"));
    }

    @Test
    void aDeletedKeyIsGoneAlsoAfterReopening() throws Exception {
        store.database().put("f", "k", "1");
        store.database().put("f", "k", "2");
        assertEquals(Optional.of("2"), store.database().delete("f", "k"));
        assertEquals(Optional.empty(), store.database().delete("f", "k"));
        store.close();
        open();
        assertEquals(Optional.empty(), store.database().get("f", "k"));
    }

    @Test
    void aTreeIsDeletedWithItsRootAndNothingBesideIt() {
        var table = store.database();
        for (var key : List.of("a", "a/b", "a/b/c", "ab", "a0", "b")) {
            table.put("f", key, "x");
        }
        table.put("f2", "a", "x");
        assertEquals(3, table.deleteTree("f", "a"));
        assertEquals(
                List.of("/f/a0", "/f/ab", "/f/b", "/f2/a"),
                List.copyOf(table.all().keySet()));
        assertEquals(3, table.deleteTree("f", ""));
        assertEquals(Map.of("/f2/a", "x"), table.all());
    }

    @Test
    void keysAreTheNamesOneLevelBelow() {
        var table = store.database();
        table.put("cidname", "102", "x");
        table.put("cidname", "101", "x");
        table.put("cidname", "101/home", "x");
        table.put("cidnames", "1", "x");
        assertEquals(List.of("cidname", "cidnames"), table.keys(""));
        assertEquals(List.of("101", "102"), table.keys("cidname"));
        assertEquals(List.of("home"), table.keys("/cidname/101/"));
        assertEquals(List.of(), table.keys("none"));
    }
}
