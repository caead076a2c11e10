package io.allo.media.sdp;

/** How one exchange of descriptions ended: sound that both sides agreed on, or why there is none. Immutable. */
public sealed interface Negotiation permits NegotiatedMedia, Refusal {}
