package io.allo.sip.session;

/** Whether provisional responses are sent reliably: {@code 100rel} of pjsip.conf. RFC 3262. */
public enum ReliableMode {
    /** Not spoken; an INVITE that requires it is refused with 420. */
    NO,
    /** Said to be supported, and used where the other side requires it. */
    YES,
    /** Used wherever the other side supports it. */
    PEER_SUPPORTED,
    /** Required of the other side: 421 for an INVITE that does not support it. */
    REQUIRED
}
