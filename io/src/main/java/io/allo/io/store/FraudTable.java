package io.allo.io.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The tables of what users have called and of one-ring calls. Used under the owner's lock or thread. */
final class FraudTable {

    private FraudTable() {}

    /** The greater numbers count: rows of one user may be written in another order than they were made. */
    static void put(Connection connection, SpentRow row) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO spent (day, payer, calls, seconds) VALUES (?, ?, ?, ?)
                ON CONFLICT (day, payer) DO UPDATE SET
                    calls = max(calls, excluded.calls), seconds = max(seconds, excluded.seconds)""")) {
            statement.setString(1, row.day());
            statement.setString(2, row.payer());
            statement.setLong(3, row.calls());
            statement.setLong(4, row.seconds());
            statement.executeUpdate();
        }
    }

    static List<SpentRow> spent(Connection connection, String sinceDay) throws SQLException {
        var found = new ArrayList<SpentRow>();
        try (var statement = connection.prepareStatement("SELECT * FROM spent WHERE day >= ? ORDER BY day, payer")) {
            statement.setString(1, sinceDay);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new SpentRow(
                            rows.getString("day"),
                            rows.getString("payer"),
                            rows.getLong("calls"),
                            rows.getLong("seconds")));
                }
            }
        }
        return found;
    }

    static void put(Connection connection, OneRingRow row) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT OR REPLACE INTO one_ring (number, region, at_ms) VALUES (?, ?, ?)")) {
            statement.setString(1, row.number());
            statement.setString(2, row.region());
            statement.setLong(3, row.atMs());
            statement.executeUpdate();
        }
    }

    static List<OneRingRow> oneRings(Connection connection, long sinceMs) throws SQLException {
        var found = new ArrayList<OneRingRow>();
        try (var statement = connection.prepareStatement("SELECT * FROM one_ring WHERE at_ms >= ? ORDER BY at_ms")) {
            statement.setLong(1, sinceMs);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(
                            new OneRingRow(rows.getString("number"), rows.getString("region"), rows.getLong("at_ms")));
                }
            }
        }
        return found;
    }

    /** Forgets what is too old to matter. */
    static void forget(Connection connection, String beforeDay, long beforeMs) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM spent WHERE day < ?")) {
            statement.setString(1, beforeDay);
            statement.executeUpdate();
        }
        try (var statement = connection.prepareStatement("DELETE FROM one_ring WHERE at_ms < ?")) {
            statement.setLong(1, beforeMs);
            statement.executeUpdate();
        }
    }
}
