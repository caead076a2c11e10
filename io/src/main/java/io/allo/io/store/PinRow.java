package io.allo.io.store;

/**
 * A mailbox's PIN that its owner has changed. Immutable.
 *
 * @param context the mailbox's section in voicemail.conf
 * @param hash of the new PIN, slow to try
 * @param replaced a mark of the PIN that voicemail.conf had then: when that is another one, the file counts again
 */
public record PinRow(String context, String box, String hash, String replaced) {}
