package io.allo.io.store;

import io.allo.sip.door.Ban;
import io.allo.sip.door.BanSubject;
import io.allo.sip.registrar.Binding;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteException;

/**
 * The database: one SQLite file, written ahead (WAL) and forced to the disk at every commit (synchronous=FULL), so that what was written
 * survives the end of the process and of the power. Any thread adds, and never waits: a thread of the store's own writes behind, in
 * batches of one transaction; {@link #flush} waits for it. Reading waits for the disk and is not for loops.
 */
public final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** Changes that may wait to be written. */
    public static final int WAITING_LIMIT = 200_000;

    /** A change to one table. */
    private interface Change {
        void apply(Connection connection) throws SQLException;
    }

    private final Path file;
    private final Connection writing;
    private final Connection reading;
    private final WriteBehind<Change> changes;
    private final DatabaseTable database;
    private final LongAdder unwritable = new LongAdder();

    private Store(Path file, Connection writing, Connection reading) throws SQLException {
        this.database = new DatabaseTable(this, DatabaseRows.all(reading));
        this.file = file;
        this.writing = writing;
        this.reading = reading;
        this.changes = new WriteBehind<>("store", WAITING_LIMIT, this::write);
    }

    /** Opens the file, or makes it, readable by its owner alone. Its directory must be there. */
    public static Store open(Path file) throws StoreException {
        try {
            make(file);
            var writing = connect(file);
            try {
                Schema.bringUp(writing, file.toString());
                var reading = connect(file);
                return new Store(file, writing, reading);
            } catch (SQLException | StoreException e) {
                writing.close();
                throw e;
            }
        } catch (SQLException | IOException e) {
            throw e instanceof StoreException known
                    ? known
                    : new StoreException("the database " + file + " can't be opened", e);
        }
    }

    /** SQLite gives the files beside it the permissions of this one. */
    private static void make(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException there) {
            LOG.debug("{} is there", file);
        }
    }

    /** Writes a new contact, at once: a phone that has registered can be called even after a crash. */
    public void put(Binding binding) {
        changes.addHurried(connection -> BindingTable.put(connection, binding));
    }

    /** Writes a contact's new expiry; a crash within a tenth of a second leaves the old one. */
    public void refresh(Binding binding) {
        changes.add(connection -> BindingTable.put(connection, binding));
    }

    /** Takes a contact out, at once. */
    public void remove(Binding binding) {
        var id = binding.id();
        changes.addHurried(connection -> BindingTable.remove(connection, id));
    }

    /** The contacts, those that end first in front. Their flows are none of this process's, their deadlines not set. */
    public List<Binding> bindings() throws StoreException {
        return read(BindingTable::all);
    }

    /** Writes a call detail record. */
    public void add(CdrRow row) {
        changes.add(connection -> CdrTable.add(connection, row));
    }

    /** The newest records, in the order in which they were written. */
    public List<CdrRow> newestRecords(int limit) throws StoreException {
        return read(connection -> CdrTable.newest(connection, limit));
    }

    /** One more than the greatest number of a record there is; 0 without any. */
    public long nextSequence() throws StoreException {
        return read(CdrTable::nextSequence);
    }

    /** Writes what a user has called, at once: a crash gives no new allowance. */
    public void put(SpentRow row) {
        changes.addHurried(connection -> FraudTable.put(connection, row));
    }

    /** What users have called since a day. */
    public List<SpentRow> spent(String sinceDay) throws StoreException {
        return read(connection -> FraudTable.spent(connection, sinceDay));
    }

    /** Writes a one-ring call. */
    public void put(OneRingRow row) {
        changes.add(connection -> FraudTable.put(connection, row));
    }

    /** One-ring calls since a moment. */
    public List<OneRingRow> oneRings(long sinceMs) throws StoreException {
        return read(connection -> FraudTable.oneRings(connection, sinceMs));
    }

    /** Forgets what users called, and one-ring calls, before a day and a moment. */
    public void forgetFraud(String beforeDay, long beforeMs) {
        changes.add(connection -> FraudTable.forget(connection, beforeDay, beforeMs));
    }

    /** Writes a ban, at once. */
    public void put(Ban ban) {
        changes.addHurried(connection -> BanTable.put(connection, ban));
    }

    /** Takes the ban of a subject out, at once. */
    public void remove(BanSubject subject) {
        var text = subject.toString();
        changes.addHurried(connection -> BanTable.remove(connection, text));
    }

    /** The bans, also those that ended after that moment (milliseconds since 1970); older ones are forgotten. The oldest first. */
    public List<Ban> bans(long endedAfterMs) throws StoreException {
        changes.add(connection -> BanTable.forget(connection, endedAfterMs));
        return read(BanTable::all).stream()
                .filter(ban -> ban.untilMs() >= endedAfterMs)
                .toList();
    }

    /** Writes a mailbox's changed PIN, at once. */
    public void put(PinRow row) {
        changes.addHurried(connection -> PinTable.put(connection, row));
    }

    /** The PINs that owners of mailboxes have changed. */
    public List<PinRow> pins() throws StoreException {
        return read(PinTable::all);
    }

    /** What the dialplan keeps with DB(). */
    public DatabaseTable database() {
        return database;
    }

    void putEntry(String path, String value) {
        changes.add(connection -> DatabaseRows.put(connection, path, value));
    }

    void removeEntry(String path) {
        changes.add(connection -> DatabaseRows.remove(connection, path));
    }

    /** Waits until all that was added before is on the disk. Returns whether it is. */
    public boolean flush(long timeoutMs) throws InterruptedException {
        return changes.flush(timeoutMs);
    }

    /** Changes that wait to be written. */
    public long waiting() {
        return changes.waiting();
    }

    /** Changes lost because too many waited, or because the database refuses what they hold. */
    public long lost() {
        return changes.lost() + unwritable.sum();
    }

    /** Writes what waits and closes the file. */
    @Override
    public void close() {
        changes.close();
        for (var connection : List.of(reading, writing)) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warn("{}: closing: {}", file, e.toString());
            }
        }
    }

    private void write(List<Change> batch) throws SQLException {
        try {
            writing.setAutoCommit(false);
            for (var change : batch) {
                apply(change);
            }
            writing.commit();
        } catch (SQLException e) {
            writing.rollback();
            throw e;
        }
    }

    /** A change that can never be written is left out, so that those behind it are; SQLite undoes that statement alone. */
    private void apply(Change change) throws SQLException {
        try {
            change.apply(writing);
        } catch (SQLiteException e) {
            switch (e.getResultCode().code & PRIMARY_CODE) {
                case CONSTRAINT, MISMATCH, TOO_BIG -> {
                    unwritable.increment();
                    LOG.error("{}: a change can't be written and is left out: {}", file, e.toString());
                }
                default -> throw e;
            }
        }
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T read(Query<T> query) throws StoreException {
        synchronized (reading) {
            try {
                return query.run(reading);
            } catch (SQLException e) {
                throw new StoreException("the database " + file + " can't be read", e);
            }
        }
    }

    private static Connection connect(Path file) throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA busy_timeout = 10000");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The low byte of SQLite's extended result codes. */
    private static final int PRIMARY_CODE = 0xff;

    private static final int TOO_BIG = 18;
    private static final int CONSTRAINT = 19;
    private static final int MISMATCH = 20;
}
