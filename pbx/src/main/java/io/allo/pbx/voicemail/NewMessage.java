package io.allo.pbx.voicemail;

/**
 * A message has come into a mailbox, for who mails it. Immutable.
 *
 * @param language of the caller's call
 */
public record NewMessage(VoicemailBox box, StoredMessage message, String language) {}
