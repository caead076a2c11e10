package io.allo.sip.door;

import java.util.concurrent.atomic.LongAdder;

/** What the door has counted since the start. Any thread. */
public final class DoorCounters {
    /** Messages dropped and connections refused because their address is banned. */
    public final LongAdder banned = new LongAdder();

    /** Messages dropped because one stranger sent too many. */
    public final LongAdder strangerLimit = new LongAdder();

    /** Messages dropped because all strangers together sent too many. */
    public final LongAdder allStrangersLimit = new LongAdder();

    /** Requests of known addresses answered 503. */
    public final LongAdder knownLimit = new LongAdder();

    /** Messages of known addresses dropped. */
    public final LongAdder knownDropped = new LongAdder();

    /** Connections refused because too many came. */
    public final LongAdder connections = new LongAdder();

    /** Requests of scanners. */
    public final LongAdder scanners = new LongAdder();

    /** Wrong passwords and unknown users that could be held against an address. */
    public final LongAdder failures = new LongAdder();

    /** Wrong passwords and unknown users that could have been sent in anybody's name. */
    public final LongAdder unprovenFailures = new LongAdder();

    /** Answers that had to wait. */
    public final LongAdder delayed = new LongAdder();

    /** Bans made. */
    public final LongAdder bans = new LongAdder();
}
