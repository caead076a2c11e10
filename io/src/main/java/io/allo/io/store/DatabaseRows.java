package io.allo.io.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeMap;

/** The rows of {@link DatabaseTable}. Used under the owner's lock or thread. */
final class DatabaseRows {

    private DatabaseRows() {}

    static void put(Connection connection, String path, String value) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT OR REPLACE INTO astdb (path, value) VALUES (?, ?)")) {
            statement.setString(1, path);
            statement.setString(2, value);
            statement.executeUpdate();
        }
    }

    static void remove(Connection connection, String path) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM astdb WHERE path = ?")) {
            statement.setString(1, path);
            statement.executeUpdate();
        }
    }

    static TreeMap<String, String> all(Connection connection) throws SQLException {
        var found = new TreeMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT path, value FROM astdb")) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        }
        return found;
    }
}
