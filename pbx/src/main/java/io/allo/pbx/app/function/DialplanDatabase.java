package io.allo.pbx.app.function;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What DB() and its kin keep: values by family and key, through restarts. The family is what is before the first slash,
 * the key the rest and may hold slashes. A seam to the store; any thread, and quick enough for a call's.
 */
public interface DialplanDatabase {

    /** The value, null if there is none. */
    @Nullable
    String value(String family, String key);

    /** Sets a value. */
    void put(String family, String key, String value);

    /** Takes a value away; whether there was one. */
    boolean remove(String family, String key);

    /** The values of a family by key, in the order of the keys; a copy. */
    Map<String, String> family(String family);

    /** All families that have values, in order. */
    java.util.List<String> families();
}
