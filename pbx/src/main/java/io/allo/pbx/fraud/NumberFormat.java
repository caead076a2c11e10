package io.allo.pbx.fraud;

/** How a trunk wants its numbers, where digits alone could be read in two ways. */
public enum NumberFormat {
    /** As the home country dials; where that fails, country code first. */
    AUTO,
    /** As the home country dials, only. */
    NATIONAL,
    /** Country code first, with or without +. */
    E164
}
