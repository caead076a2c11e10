package io.allo.io.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The tables, made step by step: step n is the resource {@code schema/n.sql}, and the file remembers in {@code user_version} which was the
 * last. A step is applied whole or not at all. Run by whoever opens the store.
 */
final class Schema {

    /** The last step. */
    static final int VERSION = 4;

    private Schema() {}

    /** Brings the database up to {@link #VERSION}. */
    static void bringUp(Connection connection, String file) throws SQLException, StoreException {
        var found = version(connection);
        if (found > VERSION) {
            throw new StoreException(file + " was written by a newer allo (its tables are of version " + found
                    + ", this allo knows " + VERSION + "): use that one, or another --state directory");
        }
        connection.setAutoCommit(false);
        try {
            for (var step = found + 1; step <= VERSION; step++) {
                apply(connection, step);
            }
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA user_version")) {
            return rows.getInt(1);
        }
    }

    private static void apply(Connection connection, int step) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : text(step).split(";\\s*\\n")) {
                if (!sql.isBlank()) {
                    statement.executeUpdate(sql);
                }
            }
            statement.execute("PRAGMA user_version = " + step);
        }
        connection.commit();
    }

    private static String text(int step) {
        var name = "schema/" + step + ".sql";
        try (var in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
