package io.allo.io.store;

import io.allo.sip.door.Ban;
import io.allo.sip.door.BanSubject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table of bans, with those of the last week that are over. Used under the owner's lock or thread. */
final class BanTable {

    private static final String PUT = """
            INSERT OR REPLACE INTO ban (subject, reason, detail, since_ms, until_ms, attempts, times)
            VALUES (?, ?, ?, ?, ?, ?, ?)""";

    private BanTable() {}

    static void put(Connection connection, Ban ban) throws SQLException {
        try (var statement = connection.prepareStatement(PUT)) {
            statement.setString(1, ban.subject().toString());
            statement.setString(2, ban.reason().name());
            statement.setString(3, ban.detail());
            statement.setLong(4, ban.sinceMs());
            statement.setLong(5, ban.untilMs());
            statement.setInt(6, ban.attempts());
            statement.setInt(7, ban.times());
            statement.executeUpdate();
        }
    }

    static void remove(Connection connection, String subject) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM ban WHERE subject = ?")) {
            statement.setString(1, subject);
            statement.executeUpdate();
        }
    }

    /** Takes out those that ended before that moment. */
    static void forget(Connection connection, long endedBeforeMs) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM ban WHERE until_ms < ?")) {
            statement.setLong(1, endedBeforeMs);
            statement.executeUpdate();
        }
    }

    static List<Ban> all(Connection connection) throws SQLException {
        var found = new ArrayList<Ban>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM ban ORDER BY since_ms")) {
            while (rows.next()) {
                found.add(read(rows));
            }
        }
        return found;
    }

    private static Ban read(ResultSet row) throws SQLException {
        return new Ban(
                BanSubject.parse(row.getString("subject")),
                Ban.Reason.valueOf(row.getString("reason")),
                row.getString("detail"),
                row.getLong("since_ms"),
                row.getLong("until_ms"),
                row.getInt("attempts"),
                row.getInt("times"));
    }
}
