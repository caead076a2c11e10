/**
 * Voicemail as callers and owners of mailboxes meet it: VoiceMail, VoiceMailMain, VMAuthenticate, VoiceMailPlayMsg, VM_INFO, MAILBOX_EXISTS. Each
 * application is one object for all calls and runs on the call's thread; a visit's state is in objects of that visit. It uses
 * {@code pbx.voicemail} for settings, spool and PINs.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.voicemail;
