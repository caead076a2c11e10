package io.allo.sip.door;

/**
 * How many connections there may be at a time, over one transport. An address that is trusted has no limit of its own.
 *
 * @param all of all addresses together, trusted ones too
 * @param known of one address that is known: an office behind one router has many phones
 * @param stranger of one address that has shown nothing yet
 */
public record ConnectionLimits(int all, int known, int stranger) {
    /** 10,000 in all, 1,000 from a known address, 200 from a stranger's. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(10_000, 1_000, 200);
}
