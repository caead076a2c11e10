package io.allo.pbx.app.voicemail;

import static io.allo.pbx.app.voicemail.Conversation.NO_KEY;

import io.allo.media.port.PlaySource;
import io.allo.pbx.call.prompt.Gender;
import io.allo.pbx.call.prompt.UnspeakableException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.voicemail.Greeting;
import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.StoredMessage;
import io.allo.pbx.voicemail.VoicemailBox;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays messages to their owner: which one it is, when it came, from whom, how long; then itself, in which # moves on, * back, 0 pauses and 2
 * begins again. Every other key ends it and is the next command. Owned by the call.
 */
final class MessagePlayer {

    private static final long START_MS = Long.MIN_VALUE / 4;

    private final DialplanRunner runner;
    private final VoicemailWorld world;
    private final Conversation talk;

    MessagePlayer(DialplanRunner runner, VoicemailWorld world, Conversation talk) {
        this.runner = runner;
        this.world = world;
        this.talk = talk;
    }

    /** Plays the message that the session is at; the key that ended it. */
    char play(MailboxSession session) throws IOException {
        session.started();
        var found = session.fresh();
        if (found.isEmpty()) {
            return talk.say("vm-nomore");
        }
        var message = found.get();
        var words = new ArrayList<String>();
        words.addAll(which(session));
        if (message.info().isUrgent()) {
            words.add("vm-Urgent");
        }
        words.addAll(about(session.box(), message));
        var key = talk.say(words);
        if (key != NO_KEY) {
            return key;
        }
        session.hear();
        return sound(message);
    }

    private List<String> which(MailboxSession session) {
        if (session.isFirst()) {
            return List.of("vm-first", "vm-message");
        }
        if (session.isLast()) {
            return List.of("vm-last", "vm-message");
        }
        var words = new ArrayList<String>();
        words.add("vm-message");
        words.addAll(talk.number(session.current() + 1L));
        return words;
    }

    private List<String> about(VoicemailBox box, StoredMessage message) {
        var options = box.options();
        var words = new ArrayList<String>();
        if (options.yes(VoicemailOption.ENVELOPE)) {
            words.addAll(time(box, message));
        }
        if (options.yes(VoicemailOption.SAYCID)) {
            words.addAll(caller(box, message));
        }
        if (options.yes(VoicemailOption.SAYDURATION)) {
            words.addAll(duration(message, options.number(VoicemailOption.SAYDURATIONM)));
        }
        return words;
    }

    /** All that is known about a message. */
    List<String> envelope(VoicemailBox box, StoredMessage message) {
        var words = new ArrayList<String>();
        words.addAll(time(box, message));
        words.addAll(caller(box, message));
        words.addAll(duration(message, 1));
        return words;
    }

    private List<String> time(VoicemailBox box, StoredMessage message) {
        var format = box.envelopeFormat().isEmpty()
                ? talk.isFrench() ? "'vm-received' Q 'digits/at' HM" : "'vm-received' Q 'digits/at' IMp"
                : runner.substitute(talk.call(), box.envelopeFormat());
        var when = Instant.ofEpochSecond(message.info().originSeconds()).atZone(box.zone());
        try {
            return talk.words().time(when, runner.now().withZoneSameInstant(box.zone()), format);
        } catch (UnspeakableException wrong) {
            talk.call()
                    .problem(
                            "voicemail-time",
                            "the time format of the mailbox " + box.name() + ": " + wrong.getMessage(),
                            "le format d'heure de la boîte " + box.name() + " : " + wrong.getMessage());
            return List.of();
        }
    }

    private List<String> caller(VoicemailBox box, StoredMessage message) {
        var number = message.info().callerNumber();
        if (number.isEmpty()) {
            return List.of("vm-unknown-caller");
        }
        var internal = internal(new MailboxName(number.get(), box.name().context()));
        if (internal.isPresent()) {
            var words = new ArrayList<String>();
            var name = world.spool().mailbox(internal.get().name()).greeting(Greeting.NAME);
            if (name.isPresent()) {
                words.add("vm-from");
                words.add(name.get().toString());
            } else {
                words.add("vm-from-extension");
                words.addAll(talk.words().digits(number.get()));
            }
            return words;
        }
        var digits = talk.words().digits(number.get());
        if (digits.isEmpty()) {
            return List.of("vm-unknown-caller");
        }
        var words = new ArrayList<String>();
        words.add("vm-from-phonenumber");
        words.addAll(digits);
        return words;
    }

    private Optional<VoicemailBox> internal(MailboxName name) {
        return name.isSafe()
                ? Optional.ofNullable(world.settings().get().boxes().get(name))
                : Optional.empty();
    }

    private List<String> duration(StoredMessage message, int leastMinutes) {
        var minutes = (message.info().durationSeconds() + 59) / 60;
        if (minutes < leastMinutes || minutes == 0) {
            return List.of();
        }
        var words = new ArrayList<String>();
        words.add("vm-duration");
        words.addAll(talk.words().number(minutes, Gender.FEMININE));
        words.add("vm-minutes");
        return words;
    }

    /** Plays the sound alone. */
    char sound(StoredMessage message) {
        return sound(message.base());
    }

    private char sound(Path base) {
        var call = talk.call();
        var found = talk.prompts()
                .find(call, List.of(base.toString()), call.channel().language());
        if (found.sounds().isEmpty()) {
            return NO_KEY;
        }
        var playing = talk.prompts().start(call, new PlaySource.Sounds(found.sounds()));
        if (playing == null) {
            return NO_KEY;
        }
        long skip = world.settings().get().general().number(VoicemailOption.SKIPMS);
        var paused = false;
        try (playing) {
            while (true) {
                var key = playing.awaitDigit(Long.MAX_VALUE);
                if (key == null) {
                    talk.endIfHungUp();
                    return NO_KEY;
                }
                switch (key) {
                    case '#' -> playing.seek(skip);
                    case '*' -> playing.seek(-skip);
                    case '2' -> playing.seek(START_MS);
                    case '0' -> {
                        paused = !paused;
                        playing.pause(paused);
                    }
                    default -> {
                        return key;
                    }
                }
            }
        }
    }
}
