package io.allo.pbx.app.voicemail;

import java.nio.file.Path;

/**
 * What somebody has said into the dictaphone and let stand. Immutable.
 *
 * @param sound where it is
 * @param lengthMs how much of it counts
 * @param urgent the caller has called it so
 * @param leftBy the key by which the caller wants to go elsewhere, {@link Conversation#NO_KEY} for none
 */
record Take(Path sound, long lengthMs, boolean urgent, char leftBy) {}
