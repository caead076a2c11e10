package io.allo.io.vault;

/**
 * Why a key file can't be used, for who says it in several languages.
 *
 * @param line of the file, 0 where it is about all of it
 */
public record KeyFileFault(Kind kind, int line) {

    /** What is wrong. */
    public enum Kind {
        /** There is none. */
        MISSING,
        /** It can't be read. */
        UNREADABLE,
        /** Others than its owner may read or write it. */
        OPEN_TO_OTHERS,
        /** It has no key. */
        EMPTY,
        /** A line is no key at all. */
        NO_KEY,
        /** A key has not 32 octets. */
        LENGTH
    }
}
