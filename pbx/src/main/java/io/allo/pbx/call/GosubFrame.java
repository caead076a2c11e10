package io.allo.pbx.call;

import java.util.HashMap;
import java.util.Map;

/**
 * One level of Gosub: where to return to and the level's own variables (ARG1, ..., LOCAL()). Owned by the call that owns
 * the channel.
 */
public final class GosubFrame {

    private final DialplanLocation returnTo;
    private final Map<String, String> locals = new HashMap<>();

    /** A subroutine that has just been entered, without local variables. */
    public GosubFrame(DialplanLocation returnTo) {
        this.returnTo = returnTo;
    }

    /** The priority at which Return() goes on. */
    public DialplanLocation returnTo() {
        return returnTo;
    }

    /** The level's own variables, which hide the channel's. */
    public Map<String, String> locals() {
        return locals;
    }
}
