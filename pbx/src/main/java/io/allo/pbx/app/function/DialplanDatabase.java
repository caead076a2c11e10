package io.allo.pbx.app.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What DB() and its kin keep: values by family and key, through restarts. A seam to the store; any thread, and quick enough
 * for a call's. A key may hold slashes and so make a tree.
 */
public interface DialplanDatabase {

    /** The value, null if there is none. */
    @Nullable
    String value(String family, String key);

    /** Sets a value. False: there is no room, and nothing was changed. */
    boolean put(String family, String key, String value);

    /** Takes a value away; what it was, null if there was none. */
    @Nullable
    String remove(String family, String key);

    /** Takes away {@code family/tree} and what is below, all of the family where the tree is empty; how many they were. */
    int removeTree(String family, String tree);

    /** The names just below a family or a key, the families themselves below the empty prefix; sorted. */
    List<String> keys(String prefix);
}
