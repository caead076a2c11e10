package io.allo.pbx.app.voicemail;

import io.allo.core.timer.Clock;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.voicemail.NewMessage;
import io.allo.pbx.voicemail.PinBook;
import io.allo.pbx.voicemail.Spool;
import io.allo.pbx.voicemail.VoicemailSettings;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the applications of this room work with; made once by the wiring. Immutable; what it names is for any thread.
 *
 * @param settings voicemail.conf as it is now
 * @param spool the mailboxes
 * @param pins the PINs
 * @param dictaphone records callers
 * @param post is told of each new message, on the call's thread: it only hands on
 */
public record VoicemailWorld(
        Supplier<VoicemailSettings> settings,
        Spool spool,
        PinBook pins,
        Prompts prompts,
        Dictaphone dictaphone,
        Consumer<NewMessage> post,
        Clock clock) {}
