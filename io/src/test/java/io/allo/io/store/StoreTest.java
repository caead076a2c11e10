package io.allo.io.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.door.Ban;
import io.allo.sip.door.BanSubject;
import io.allo.sip.flow.Flow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreTest {

    @TempDir
    Path directory;

    @Test
    void aBindingComesBackAsItWas() throws Exception {
        var binding = Bindings.of("b1", 1_900_000_000_000L);
        try (var store = open()) {
            store.put(binding);
        }
        try (var store = open()) {
            var found = store.bindings().getFirst();
            assertEquals(binding.id(), found.id());
            assertEquals(binding.aor(), found.aor());
            assertEquals(binding.contact(), found.contact());
            assertEquals(binding.rewritten(), found.rewritten());
            assertEquals(binding.instance(), found.instance());
            assertEquals("0.5", found.parameters().value("q"));
            assertEquals(binding.path(), found.path());
            assertEquals(binding.expiresAtMs(), found.expiresAtMs());
            assertEquals(binding.callId(), found.callId());
            assertEquals(42, found.cseq());
            assertEquals("Phone/1.0", found.userAgent());
            assertEquals(binding.viaAddress(), found.viaAddress());
            assertEquals(Flow.UDP, found.flow().transport());
            assertEquals(binding.flow().remote(), found.flow().remote());
            assertEquals(binding.flow().local(), found.flow().local());
        }
    }

    @Test
    void aRefreshReplacesAndARemovalTakesOut() throws Exception {
        try (var store = open()) {
            store.put(Bindings.of("b1", 1000));
            store.put(Bindings.of("b2", 3000));
            store.put(Bindings.of("b1", 5000));
            store.remove(Bindings.of("b2", 3000));
            assertTrue(store.flush(10_000));
            var found = store.bindings();
            assertEquals(1, found.size());
            assertEquals(5000, found.getFirst().expiresAtMs());
        }
    }

    @Test
    void bansAreKeptUntilTheyAreForgotten() throws Exception {
        var long1 = new Ban(BanSubject.parse("192.0.2.1"), Ban.Reason.FAILURES, "101", 1_000, 9_000, 10, 2);
        var user = new Ban(BanSubject.parse("101@192.0.2.9"), Ban.Reason.SCANNER, "x'\"y", 2_000, 8_000, 1, 1);
        var old = new Ban(BanSubject.parse("2001:db8::/64"), Ban.Reason.OPERATOR, "", 500, 600, 0, 1);
        var lifted = new Ban(BanSubject.parse("102"), Ban.Reason.FAILURES, "", 500, 9_600, 0, 1);
        try (var store = open()) {
            List.of(long1, user, old, lifted).forEach(store::put);
            store.remove(lifted.subject());
        }
        try (var store = open()) {
            assertEquals(List.of(long1, user), store.bans(700));
            assertTrue(store.flush(10_000));
            assertEquals(List.of(long1, user), store.bans(0));
        }
    }

    @Test
    void aBindingWithoutOptionalPartsIsKept() throws Exception {
        var full = Bindings.of("b1", 1000);
        var bare = new io.allo.sip.registrar.Binding(
                "b1",
                full.aor(),
                full.contact(),
                io.allo.sip.address.Parameters.EMPTY,
                null,
                full.flow(),
                List.of(),
                1000,
                0,
                "c",
                1,
                null,
                full.viaAddress());
        try (var store = open()) {
            store.put(bare);
            assertTrue(store.flush(10_000));
            var found = store.bindings().getFirst();
            assertNull(found.rewritten());
            assertNull(found.userAgent());
            assertEquals(List.of(), found.path());
        }
    }

    @Test
    void aRowThatCannotBeReadIsLeftOutAndTheOthersAreFound() throws Exception {
        try (var store = open()) {
            store.put(Bindings.of("b1", 1000));
            store.put(Bindings.of("b2", 2000));
        }
        sql("UPDATE binding SET contact = 'nonsense' WHERE id = 'b1'");
        try (var store = open()) {
            assertEquals(
                    List.of("b2"), store.bindings().stream().map(b -> b.id()).toList());
        }
    }

    @Test
    void recordsComeBackInTheOrderOfWritingNewestOfAll() throws Exception {
        try (var store = open()) {
            for (var i = 0; i < 5; i++) {
                store.add(CdrRows.answered("u" + i));
            }
            assertTrue(store.flush(10_000));
            assertEquals(
                    List.of("u3", "u4"),
                    store.newestRecords(2).stream().map(CdrRow::uniqueid).toList());
            assertEquals(CdrRows.answered("u4"), store.newestRecords(1).getFirst());
        }
    }

    @Test
    void aDatabaseOfANewerAlloIsNotTouched() throws Exception {
        open().close();
        sql("PRAGMA user_version = 99");
        var refused = assertThrows(StoreException.class, this::open);
        assertTrue(refused.getMessage().contains("newer allo"), refused.getMessage());
        assertTrue(refused.getMessage().contains("99"), refused.getMessage());
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithItsName() throws Exception {
        Files.writeString(directory.resolve("allo.db"), "this is a text and no database at all\n".repeat(100));
        var refused = assertThrows(StoreException.class, this::open);
        assertTrue(refused.getMessage().contains("allo.db"), refused.getMessage());
    }

    @Test
    void aChangeTheDatabaseRefusesDoesNotHoldUpTheOnesBehindIt() throws Exception {
        try (var store = open()) {
            sql("CREATE TRIGGER t BEFORE INSERT ON binding WHEN NEW.id = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END");
            store.put(Bindings.of("bad", 1));
            store.put(Bindings.of("good", 2));
            assertTrue(store.flush(10_000));
            assertEquals(
                    List.of("good"), store.bindings().stream().map(b -> b.id()).toList());
            assertEquals(1, store.lost());
        }
    }

    @Test
    void theFilesAreForTheirOwnerAlone() throws Exception {
        try (var store = open()) {
            store.put(Bindings.of("b1", 1));
            assertTrue(store.flush(10_000));
            for (var name : List.of("allo.db", "allo.db-wal", "allo.db-shm")) {
                var mode = Files.getPosixFilePermissions(directory.resolve(name));
                assertEquals("rw-------", java.nio.file.attribute.PosixFilePermissions.toString(mode), name);
            }
        }
    }

    private Store open() throws StoreException {
        return Store.open(directory.resolve("allo.db"));
    }

    private void sql(String text) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("allo.db"));
                var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
