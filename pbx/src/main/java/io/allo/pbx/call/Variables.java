package io.allo.pbx.call;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel's variables. Names are case-sensitive, as in Asterisk. A name written with {@code _} is inherited by the
 * channels that this one makes, with {@code __} by theirs too. A board: the call that owns the
 * channel sets them, others may read and set them too (IMPORT(), AMI).
 */
public final class Variables {

    /** Variables one channel may have. */
    public static final int LIMIT = 4_096;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Integer> inheritance = new LinkedHashMap<>();

    /** The value, or null. The name is without underscores of inheritance; with them the same variable is meant. */
    public synchronized @Nullable String value(String name) {
        return values.get(bare(name));
    }

    /** Sets a value; "_X" and "__X" set X and how far it is inherited. An empty value is kept, as in Asterisk. */
    public synchronized void set(String name, String value) {
        var bare = bare(name);
        if (!values.containsKey(bare) && values.size() >= LIMIT) {
            throw new IllegalStateException("a channel can't have more than " + LIMIT + " variables");
        }
        values.put(bare, value);
        var depth = name.startsWith("__") ? 2 : name.startsWith("_") ? 1 : 0;
        if (depth > 0) {
            inheritance.put(bare, depth);
        } else {
            inheritance.remove(bare);
        }
    }

    /** Takes a variable away. */
    public synchronized void remove(String name) {
        var bare = bare(name);
        values.remove(bare);
        inheritance.remove(bare);
    }

    /** Gives a new channel what it inherits. */
    public void inheritTo(Variables child) {
        inherited().forEach(child::set);
    }

    private synchronized Map<String, String> inherited() {
        var inherited = new LinkedHashMap<String, String>();
        inheritance.forEach((name, depth) -> {
            var value = values.get(name);
            if (value != null) {
                inherited.put(depth == 2 ? "__" + name : name, value);
            }
        });
        return inherited;
    }

    /** All of them in the order in which they were first set, a copy. */
    public synchronized Map<String, String> all() {
        return new LinkedHashMap<>(values);
    }

    private static String bare(String name) {
        if (name.startsWith("__")) {
            return name.substring(2);
        }
        return name.startsWith("_") ? name.substring(1) : name;
    }
}
