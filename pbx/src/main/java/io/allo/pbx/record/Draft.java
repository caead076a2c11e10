package io.allo.pbx.record;

import org.jspecify.annotations.Nullable;

/** A record in the making. The states are those of Asterisk's CDR engine. Owned by its {@link CdrFold}. */
final class Draft {

    /** Alone in the dialplan; calling somebody; answered, not talking yet; talking; done. */
    enum State {
        SINGLE,
        DIAL,
        DIALED_PENDING,
        BRIDGE,
        FINALIZED
    }

    final Party partyA;
    long startMs;
    State state = State.SINGLE;

    @Nullable
    Party partyB;

    String extension;
    String context;
    String application = "";
    String data = "";
    long answerMs;
    long endMs;

    @Nullable
    Disposition disposition;

    Draft(Party partyA, long startMs, String context, String extension) {
        this.partyA = partyA;
        this.startMs = startMs;
        this.context = context;
        this.extension = extension;
        this.answerMs = partyA.answeredMs == 0 ? 0 : startMs;
    }

    boolean isOpen() {
        return state != State.FINALIZED;
    }
}
