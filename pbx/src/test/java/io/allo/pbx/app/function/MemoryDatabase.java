package io.allo.pbx.app.function;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** DB() for tests, forgotten at the end. */
final class MemoryDatabase implements DialplanDatabase {
    private final TreeMap<String, TreeMap<String, String>> families = new TreeMap<>();

    @Override
    public @Nullable String value(String family, String key) {
        return family(family).get(key);
    }

    @Override
    public void put(String family, String key, String value) {
        families.computeIfAbsent(family, each -> new TreeMap<>()).put(key, value);
    }

    @Override
    public boolean remove(String family, String key) {
        var values = families.get(family);
        return values != null && values.remove(key) != null;
    }

    @Override
    public Map<String, String> family(String family) {
        return new TreeMap<>(families.getOrDefault(family, new TreeMap<>()));
    }

    @Override
    public List<String> families() {
        return List.copyOf(families.keySet());
    }
}
