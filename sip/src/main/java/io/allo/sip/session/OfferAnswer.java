package io.allo.sip.session;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is in the exchange of offers and answers of one dialog: never two offers at a time, never an answer without one. RFC 3264
 * section 4, RFC 6337 section 2. Owned by the SIP loop.
 */
final class OfferAnswer {
    enum State {
        /** No offer is out. */
        IDLE,
        /** Our offer waits for its answer. */
        OURS,
        /** Their offer waits for our answer. */
        THEIRS
    }

    private State state = State.IDLE;
    private boolean completed;
    private byte @Nullable [] ours;
    private byte @Nullable [] proposed;

    State state() {
        return state;
    }

    boolean isIdle() {
        return state == State.IDLE;
    }

    /** Whether an exchange has been completed: a session description is in force. */
    boolean isCompleted() {
        return completed;
    }

    /** Our last description in force; null before the first exchange is complete. */
    byte @Nullable [] inForce() {
        return ours;
    }

    void weOffer(byte[] sdp) {
        expect(State.IDLE);
        state = State.OURS;
        proposed = sdp;
    }

    void theyAnswer() {
        expect(State.OURS);
        state = State.IDLE;
        ours = proposed;
        completed = true;
    }

    void theyOffer() {
        expect(State.IDLE);
        state = State.THEIRS;
    }

    void weAnswer(byte[] sdp) {
        expect(State.THEIRS);
        state = State.IDLE;
        ours = sdp;
        completed = true;
    }

    /** The offer that is out came to nothing: what was in force stays. */
    void withdraw() {
        state = State.IDLE;
        proposed = null;
    }

    private void expect(State expected) {
        if (state != expected) {
            throw new IllegalStateException("offer/answer in " + state + ", not " + expected);
        }
    }
}
