package io.allo.pbx.app.conference;

/** How somebody's time in a conference ended: CONFBRIDGE_RESULT. */
enum Result {
    /** He could not come in. */
    FAILED,
    /** He hung up. */
    HANGUP,
    /** He was thrown out. */
    KICKED,
    /** The last marked user, or any, has left. */
    ENDMARKED,
    /** A key led him out. */
    DTMF,
    /** His time was over. */
    TIMEOUT
}
