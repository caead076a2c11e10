package io.allo.sip.door;

import java.util.List;

/** What follows a failure: how long its answer waits, and the bans that it led to. */
public record Judgement(long delayNanos, List<Ban> bans) {
    /** Nothing follows. */
    public static final Judgement NONE = new Judgement(0, List.of());

    public Judgement {
        bans = List.copyOf(bans);
    }
}
