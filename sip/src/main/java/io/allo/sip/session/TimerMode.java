package io.allo.sip.session;

/** Whether sessions end unless they are refreshed: {@code timers} of pjsip.conf. RFC 4028. */
public enum TimerMode {
    /** Not spoken; an INVITE that requires it is refused with 420. */
    NO,
    /** Asked for; a side that does not know it is let be. */
    YES,
    /** Required of the other side: 421 for an INVITE that does not support it. */
    REQUIRED,
    /** Kept whether or not the other side knows it: then the refreshing is ours. */
    ALWAYS
}
