package io.allo.io.store;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.registrar.Binding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of contacts. Used under the owner's lock or thread. */
final class BindingTable {

    private static final Logger LOG = LoggerFactory.getLogger(BindingTable.class);

    private static final String PUT = """
            INSERT OR REPLACE INTO binding (id, aor, contact, parameters, rewritten, transport, local_address,
                remote_address, path, expires_at_ms, call_id, cseq, user_agent, via_address)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private BindingTable() {}

    static void put(Connection connection, Binding binding) throws SQLException {
        try (var statement = connection.prepareStatement(PUT)) {
            var column = 0;
            statement.setString(++column, binding.id());
            statement.setString(++column, binding.aor());
            statement.setString(++column, binding.contact().toString());
            statement.setString(++column, binding.parameters().toString());
            var rewritten = binding.rewritten();
            statement.setString(++column, rewritten == null ? null : rewritten.toString());
            statement.setString(++column, binding.flow().transport());
            statement.setString(++column, binding.flow().local().toString());
            statement.setString(++column, binding.flow().remote().toString());
            statement.setString(++column, String.join("\n", binding.path()));
            statement.setLong(++column, binding.expiresAtMs());
            statement.setString(++column, binding.callId());
            statement.setLong(++column, binding.cseq());
            statement.setString(++column, binding.userAgent());
            statement.setString(++column, binding.viaAddress().toString());
            statement.executeUpdate();
        }
    }

    static void remove(Connection connection, String id) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM binding WHERE id = ?")) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }

    /** All, those that end first in front. A row that can't be read is left out, with a line in the log. */
    static List<Binding> all(Connection connection) throws SQLException {
        var found = new ArrayList<Binding>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM binding ORDER BY expires_at_ms")) {
            while (rows.next()) {
                try {
                    found.add(read(rows));
                } catch (SipParseException | IllegalArgumentException e) {
                    LOG.warn(
                            "the stored contact {} can't be read and is left out: {}",
                            rows.getString("id"),
                            e.toString());
                }
            }
        }
        return found;
    }

    private static Binding read(ResultSet row) throws SQLException {
        var rewritten = row.getString("rewritten");
        var path = row.getString("path");
        var flow = new Flow(
                row.getString("transport"),
                HostPort.parse(row.getString("local_address")),
                HostPort.parse(row.getString("remote_address")),
                Flow.REMEMBERED);
        return new Binding(
                row.getString("id"),
                row.getString("aor"),
                SipUri.parse(row.getString("contact")),
                Parameters.parse(row.getString("parameters"), 0),
                rewritten == null ? null : SipUri.parse(rewritten),
                flow,
                path.isEmpty() ? List.of() : List.of(path.split("\n")),
                row.getLong("expires_at_ms"),
                Long.MAX_VALUE,
                row.getString("call_id"),
                row.getLong("cseq"),
                row.getString("user_agent"),
                HostPort.parse(row.getString("via_address")));
    }
}
