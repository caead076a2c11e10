package io.allo.media.sdes;

import io.allo.media.srtp.SrtpMasterKey;

/**
 * The master keys of an encrypted stream: ours for what we send, theirs for what we receive. Equal values mean that nothing
 * changed. Shows no key in text. Immutable.
 */
public record StreamKeys(SrtpMasterKey send, SrtpMasterKey receive) {}
