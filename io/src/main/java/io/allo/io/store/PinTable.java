package io.allo.io.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table of mailboxes' changed PINs. Used under the owner's lock or thread. */
final class PinTable {

    private PinTable() {}

    static void put(Connection connection, PinRow row) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT OR REPLACE INTO voicemail_pin (context, box, hash, replaced) VALUES (?, ?, ?, ?)")) {
            statement.setString(1, row.context());
            statement.setString(2, row.box());
            statement.setString(3, row.hash());
            statement.setString(4, row.replaced());
            statement.executeUpdate();
        }
    }

    static List<PinRow> all(Connection connection) throws SQLException {
        var found = new ArrayList<PinRow>();
        try (var statement = connection.prepareStatement("SELECT * FROM voicemail_pin ORDER BY context, box");
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new PinRow(
                        rows.getString("context"),
                        rows.getString("box"),
                        rows.getString("hash"),
                        rows.getString("replaced")));
            }
        }
        return found;
    }
}
