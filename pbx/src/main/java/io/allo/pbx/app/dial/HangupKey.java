package io.allo.pbx.app.dial;

import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.BridgeFeature;
import io.allo.pbx.call.Channel;

/** A side that may end the talk with its star key (h for the called side, H for the caller). Owned by the call. */
record HangupKey(Channel side) implements BridgeFeature {

    /** The key, as features.conf has it when nothing is set. */
    static final char KEY = '*';

    @Override
    public boolean listensTo(Channel other) {
        return other == side;
    }

    @Override
    public Outcome onDigit(Bridge bridge, Channel from, char digit) {
        return digit == KEY ? Outcome.END : Outcome.CONTINUE;
    }
}
