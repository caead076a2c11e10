package io.allo.media.sdp;

/** What became of an offer. Immutable. */
public sealed interface Answer {

    /** The description to send back, and what it means for our side. */
    record Accepted(SessionDescription description, NegotiatedMedia media) implements Answer {}

    /** Nothing in the offer can be used: 488. */
    record Rejected(Refusal reason) implements Answer {}
}
