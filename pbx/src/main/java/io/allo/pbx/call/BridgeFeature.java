package io.allo.pbx.call;

/** Something that happens in a bridge beside talking: a limit, a key with a meaning. Runs on the call's thread. */
public interface BridgeFeature {

    /** What becomes of the bridge, or of the digit. */
    enum Outcome {
        /** As before; a digit goes on to the other side. */
        CONTINUE,
        /** As before; a digit was meant for the feature. */
        CONSUMED,
        /** The bridge ends; both sides stay up. */
        END
    }

    /** When it wants to be asked again, Long.MAX_VALUE for never. */
    default long deadlineNanos() {
        return Long.MAX_VALUE;
    }

    /** Its time has come. */
    default Outcome onDeadline(Bridge bridge) {
        return Outcome.CONTINUE;
    }

    /** Whether keys of this side may mean something to it; {@link #onDigit} is asked for no other's. */
    default boolean listensTo(Channel side) {
        return false;
    }

    /** A side pressed a key. */
    default Outcome onDigit(Bridge bridge, Channel from, char digit) {
        return Outcome.CONTINUE;
    }

    /** A side has put the other on hold, or taken it back. */
    default void onHold(Bridge bridge, Channel from, boolean held) {}

    /** The bridge is over; either side may have hung up. */
    default void onEnd(Bridge bridge) {}
}
