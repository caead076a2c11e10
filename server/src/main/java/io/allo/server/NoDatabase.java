package io.allo.server;

import io.allo.pbx.app.function.DialplanDatabase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of the dialplan that holds nothing, where no call runs. */
final class NoDatabase implements DialplanDatabase {

    @Override
    public @Nullable String value(String family, String key) {
        return null;
    }

    @Override
    public void put(String family, String key, String value) {
        throw new IllegalStateException("no call runs here");
    }

    @Override
    public boolean remove(String family, String key) {
        return false;
    }

    @Override
    public Map<String, String> family(String family) {
        return Map.of();
    }

    @Override
    public List<String> families() {
        return List.of();
    }
}
