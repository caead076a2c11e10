package io.allo.pbx.call;

/** How far a channel is; the names are Asterisk's (CHANNEL(state)). */
public enum ChannelState {
    /** Made, nothing sent. */
    DOWN("Down"),
    /** It called us and waits. */
    RING("Ring"),
    /** We called it and it rings. */
    RINGING("Ringing"),
    /** Answered. */
    UP("Up"),
    /** Over. */
    HUNG_UP("Down");

    private final String label;

    ChannelState(String label) {
        this.label = label;
    }

    /** As CHANNEL(state) and the CLI show it. */
    public String label() {
        return label;
    }
}
