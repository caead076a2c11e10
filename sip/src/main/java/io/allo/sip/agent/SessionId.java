package io.allo.sip.agent;

/**
 * Names a session between its owner above and the {@link UserAgent}. Outgoing sessions get theirs from whoever places the call: any
 * positive number never used before. Incoming ones get negative numbers from the agent, so the two never meet.
 */
public record SessionId(long value) {

    /** Whether the agent gave this name, to a call that came in. */
    public boolean isIncoming() {
        return value < 0;
    }

    @Override
    public String toString() {
        return "session " + value;
    }
}
