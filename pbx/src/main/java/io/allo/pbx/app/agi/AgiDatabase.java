package io.allo.pbx.app.agi;

import org.jspecify.annotations.Nullable;

/** What DATABASE GET and its kin ask: the values that DB() keeps. A question to the store; any thread. */
public interface AgiDatabase {

    /** The value, null if there is none. */
    @Nullable
    String value(String family, String key);

    /** Sets a value. False: there is no room. */
    boolean put(String family, String key, String value);

    /** Takes a value away. False: there was none. */
    boolean remove(String family, String key);

    /** Takes away what is at and below a key, all of the family where it is empty; how many they were. */
    int removeTree(String family, String tree);
}
