package io.allo.server;

import io.allo.io.store.DatabaseTable;
import io.allo.pbx.app.function.DialplanDatabase;
import java.util.List;
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
    public boolean put(String family, String key, String value) {
        return table.put(family, key, value);
    }

    @Override
    public @Nullable String remove(String family, String key) {
        return table.delete(family, key).orElse(null);
    }

    @Override
    public int removeTree(String family, String tree) {
        return table.deleteTree(family, tree);
    }

    @Override
    public List<String> keys(String prefix) {
        return table.keys(prefix);
    }
}
