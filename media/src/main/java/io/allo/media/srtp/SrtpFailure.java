package io.allo.media.srtp;

/**
 * Why a packet could not be protected or unprotected. A context returns it as a negative number in place of a length, so that
 * a packet thrown away costs nothing: {@link #of(int)}.
 */
public enum SrtpFailure {
    /** Too short for a header and a tag, or its header is longer than it. */
    MALFORMED,
    /** Its identifier (MKI) is not that of our key. */
    WRONG_KEY,
    /** The tag is wrong: made by someone who has not the key, or changed on the way. Nothing was changed in place. */
    FORGED,
    /** It came before (RFC 3711 3.3.2); when sending: this number is used up, and using it twice would give the text away. */
    REPLAYED,
    /** Too far behind the newest to say whether it came before. */
    TOO_OLD,
    /** More sources than {@link SrtpContext#MAX_SOURCES} under one key. */
    TOO_MANY_SOURCES,
    /** All packet indexes of this key are used up (RFC 3711 9.2). */
    KEY_EXHAUSTED,
    /** The array has no room for the tag. */
    NO_ROOM;

    private static final SrtpFailure[] ALL = values();

    private final int code = -1 - ordinal();

    /** What a context returns for it: below zero. */
    int code() {
        return code;
    }

    /**
     * The failure that a context returned.
     *
     * @throws IllegalArgumentException if {@code result} is a length
     */
    public static SrtpFailure of(int result) {
        if (result >= 0) {
            throw new IllegalArgumentException(result + " is a length, no failure");
        }
        return ALL[-1 - result];
    }
}
