package io.allo.pbx.conference;

/** Why a member is no longer in its room. */
public enum Departure {
    /** By its own application, or it hung up. */
    LEFT,
    /** Thrown out. */
    KICKED,
    /** The room was ended for all. */
    ENDED
}
