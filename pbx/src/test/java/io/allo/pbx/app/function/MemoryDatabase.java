package io.allo.pbx.app.function;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** DB() for tests, forgotten at the end. */
final class MemoryDatabase implements DialplanDatabase {
    private final TreeMap<String, String> values = new TreeMap<>();

    @Override
    public @Nullable String value(String family, String key) {
        return values.get(family + "/" + key);
    }

    @Override
    public boolean put(String family, String key, String value) {
        values.put(family + "/" + key, value);
        return true;
    }

    @Override
    public @Nullable String remove(String family, String key) {
        return values.remove(family + "/" + key);
    }

    @Override
    public int removeTree(String family, String tree) {
        var prefix = tree.isEmpty() ? family : family + "/" + tree;
        var before = values.size();
        values.keySet().removeIf(path -> path.equals(prefix) || path.startsWith(prefix + "/"));
        return before - values.size();
    }

    @Override
    public List<String> keys(String prefix) {
        var above = prefix.isEmpty() ? "" : prefix + "/";
        return values.keySet().stream()
                .filter(path -> path.startsWith(above))
                .map(path -> path.substring(above.length()).replaceFirst("/.*", ""))
                .distinct()
                .toList();
    }
}
