package io.allo.io.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table of call detail records. Used under the owner's lock or thread. */
final class CdrTable {

    private static final String ADD = """
            INSERT INTO cdr (accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, start_ms,
                answer_ms, end_ms, duration, billsec, disposition, amaflags, uniqueid, userfield, linkedid, peeraccount,
                sequence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private CdrTable() {}

    static void add(Connection connection, CdrRow row) throws SQLException {
        try (var statement = connection.prepareStatement(ADD)) {
            var column = 0;
            statement.setString(++column, row.accountcode());
            statement.setString(++column, row.src());
            statement.setString(++column, row.dst());
            statement.setString(++column, row.dcontext());
            statement.setString(++column, row.clid());
            statement.setString(++column, row.channel());
            statement.setString(++column, row.dstchannel());
            statement.setString(++column, row.lastapp());
            statement.setString(++column, row.lastdata());
            statement.setLong(++column, row.startMs());
            statement.setLong(++column, row.answerMs());
            statement.setLong(++column, row.endMs());
            statement.setLong(++column, row.duration());
            statement.setLong(++column, row.billsec());
            statement.setString(++column, row.disposition());
            statement.setString(++column, row.amaflags());
            statement.setString(++column, row.uniqueid());
            statement.setString(++column, row.userfield());
            statement.setString(++column, row.linkedid());
            statement.setString(++column, row.peeraccount());
            statement.setLong(++column, row.sequence());
            statement.executeUpdate();
        }
    }

    /** The newest {@code limit}, in the order in which they were written. */
    static List<CdrRow> newest(Connection connection, int limit) throws SQLException {
        var found = new ArrayList<CdrRow>();
        try (var statement = connection.prepareStatement("SELECT * FROM cdr ORDER BY id DESC LIMIT ?")) {
            statement.setInt(1, limit);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
        }
        return found.reversed();
    }

    static long nextSequence(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT coalesce(max(sequence) + 1, 0) FROM cdr")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static CdrRow read(ResultSet row) throws SQLException {
        return new CdrRow(
                row.getString("accountcode"),
                row.getString("src"),
                row.getString("dst"),
                row.getString("dcontext"),
                row.getString("clid"),
                row.getString("channel"),
                row.getString("dstchannel"),
                row.getString("lastapp"),
                row.getString("lastdata"),
                row.getLong("start_ms"),
                row.getLong("answer_ms"),
                row.getLong("end_ms"),
                row.getLong("duration"),
                row.getLong("billsec"),
                row.getString("disposition"),
                row.getString("amaflags"),
                row.getString("uniqueid"),
                row.getString("userfield"),
                row.getString("linkedid"),
                row.getString("peeraccount"),
                row.getLong("sequence"));
    }
}
