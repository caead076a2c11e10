package io.allo.io.store;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the dialplan keeps with DB(family/key): Asterisk's astdb. A board: any thread reads and writes, and sees its own writes at once,
 * since all of it is held in memory; the store's thread writes behind. A key may hold slashes itself and so make a tree.
 */
public final class DatabaseTable {

    /** Entries that may be kept. */
    public static final int ENTRIES_LIMIT = 1_000_000;

    private final Store store;
    private final TreeMap<String, String> entries;

    DatabaseTable(Store store, TreeMap<String, String> entries) {
        this.store = store;
        this.entries = entries;
    }

    /** The value of a key. */
    public Optional<String> get(String family, String key) {
        synchronized (entries) {
            return Optional.ofNullable(entries.get(path(family, key)));
        }
    }

    /** Sets a key. False: the table is full and nothing was changed. */
    public boolean put(String family, String key, String value) {
        var path = path(family, key);
        synchronized (entries) {
            if (entries.size() >= ENTRIES_LIMIT && !entries.containsKey(path)) {
                return false;
            }
            entries.put(path, value);
            store.putEntry(path, value);
            return true;
        }
    }

    /** Takes a key out. Its value, if it was there. */
    public Optional<String> delete(String family, String key) {
        var path = path(family, key);
        synchronized (entries) {
            var before = entries.remove(path);
            if (before != null) {
                store.removeEntry(path);
            }
            return Optional.ofNullable(before);
        }
    }

    /** Takes out the key {@code family/tree} and all keys below it; all of a family with an empty tree. How many they were. */
    public int deleteTree(String family, String tree) {
        var prefix = tree.isEmpty() ? "/" + family : path(family, tree);
        synchronized (entries) {
            var gone = List.copyOf(under(prefix).keySet());
            for (var path : gone) {
                entries.remove(path);
                store.removeEntry(path);
            }
            return gone.size();
        }
    }

    /** The names just below {@code prefix} ({@code family} or {@code family/key}), as DB_KEYS; the families with an empty one. Sorted. */
    public List<String> keys(String prefix) {
        var above = prefix.isEmpty() ? "" : "/" + trimmed(prefix);
        var names = new TreeSet<String>();
        synchronized (entries) {
            for (var path : below(above).keySet()) {
                var rest = path.substring(above.length() + 1);
                var slash = rest.indexOf('/');
                names.add(slash < 0 ? rest : rest.substring(0, slash));
            }
        }
        return List.copyOf(names);
    }

    /** The values of a family by key, sorted; a copy. */
    public SortedMap<String, String> family(String family) {
        var above = "/" + family;
        var found = new TreeMap<String, String>();
        synchronized (entries) {
            below(above).forEach((path, value) -> found.put(path.substring(above.length() + 1), value));
        }
        return found;
    }

    /** All entries, {@code /family/key} to value, sorted: {@code database show}. A copy. */
    public SortedMap<String, String> all() {
        synchronized (entries) {
            return new TreeMap<>(entries);
        }
    }

    /** The entry itself and those below. */
    private SortedMap<String, String> under(String path) {
        var found = new TreeMap<>(below(path));
        var own = entries.get(path);
        if (own != null) {
            found.put(path, own);
        }
        return found;
    }

    /** {@code '0'} comes right after {@code '/'}. */
    private SortedMap<String, String> below(String path) {
        return entries.subMap(path + "/", path + "0");
    }

    private static String path(String family, String key) {
        return "/" + family + "/" + key;
    }

    private static String trimmed(String prefix) {
        var from = prefix.startsWith("/") ? 1 : 0;
        var to = prefix.endsWith("/") ? prefix.length() - 1 : prefix.length();
        return prefix.substring(from, Math.max(from, to));
    }
}
