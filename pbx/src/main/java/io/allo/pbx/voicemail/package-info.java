/**
 * Voice mailboxes: voicemail.conf, the spool on the disk as Asterisk lays it out, PINs, who is told of changes. It says nothing to
 * callers: that is {@code pbx.app.voicemail}. Settings are immutable; the spool and the PINs are boards, used from call threads.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.voicemail;
