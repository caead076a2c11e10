package io.allo.server;

import io.allo.pbx.app.function.DialplanDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database of the dialplan that holds nothing, where no call runs. */
final class NoDatabase implements DialplanDatabase {

    @Override
    public @Nullable String value(String family, String key) {
        return null;
    }

    @Override
    public boolean put(String family, String key, String value) {
        throw new IllegalStateException("no call runs here");
    }

    @Override
    public @Nullable String remove(String family, String key) {
        return null;
    }

    @Override
    public int removeTree(String family, String tree) {
        return 0;
    }

    @Override
    public List<String> keys(String prefix) {
        return List.of();
    }
}
