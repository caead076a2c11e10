package io.allo.server;

import io.allo.io.store.DatabaseTable;
import io.allo.pbx.app.function.DialplanDatabase;
import io.allo.pbx.dialplan.DialplanException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** DB() on the store. Any thread. */
final class StoredDatabase implements DialplanDatabase {

    private final DatabaseTable table;

    StoredDatabase(DatabaseTable table) {
        this.table = table;
    }

    @Override
    public @Nullable String value(String family, String key) {
        return table.get(family, key).orElse(null);
    }

    @Override
    public void put(String family, String key, String value) {
        if (!table.put(family, key, value)) {
            throw new DialplanException("the database holds " + DatabaseTable.ENTRIES_LIMIT + " values already");
        }
    }

    @Override
    public boolean remove(String family, String key) {
        return table.delete(family, key).isPresent();
    }

    @Override
    public Map<String, String> family(String family) {
        return table.family(family);
    }

    @Override
    public List<String> families() {
        return table.keys("");
    }
}
