package io.allo.pbx.fraud;

/** What may be called outside office hours. */
public enum OutsideHours {
    /** The home country, of what the class opens. */
    HOME,
    /** Nobody but emergency numbers. */
    NOTHING,
    /** As inside. */
    OPEN
}
