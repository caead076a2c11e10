package io.allo.pbx.voicemail;

import io.allo.io.mail.MailQueue;
import io.allo.io.speech.SpeechException;
import io.allo.io.speech.Transcription;
import io.allo.media.audio.SoundFormat;
import io.allo.pbx.dialplan.DialplanException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a new message after the call: it is turned into text where somebody does that, mailed, and with delete=yes taken out of the
 * mailbox once its mail is on the disk. Any thread hands over; each message has a helper thread.
 */
public final class Postman {

    /** The field of {@code msgNNNN.txt} that has a message's text. */
    public static final String TRANSCRIPTION = "transcription";

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    private final Spool spool;
    private final MailQueue queue;
    private final Supplier<VoicemailSettings> settings;
    private final Supplier<MailSettings> mail;
    private final Executor helpers;

    /** Posts into this queue; {@code helpers} runs each task on a thread of its own. */
    public Postman(
            Spool spool,
            MailQueue queue,
            Supplier<VoicemailSettings> settings,
            Supplier<MailSettings> mail,
            Executor helpers) {
        this.spool = spool;
        this.queue = queue;
        this.settings = settings;
        this.mail = mail;
        this.helpers = helpers;
    }

    /** Takes a message over. Never waits. */
    public void take(NewMessage news) {
        helpers.execute(() -> deal(news));
    }

    private void deal(NewMessage news) {
        var box = news.box();
        var mailbox = spool.mailbox(box.name());
        var id = news.message().info().identity();
        try {
            var text = transcribed(news);
            if (text.isPresent()) {
                mailbox.update(news.message().folder(), id, TRANSCRIPTION, text.get());
            }
            // another session may have moved it since
            var message = mailbox.find(news.message().folder(), id).orElse(news.message());
            var letters =
                    new MessageLetters(settings.get(), new NewMessage(box, message, news.language()), message.info());
            var letter = letters.mail();
            if (letter.isPresent()) {
                queue.post(letter.get());
            }
            var page = letters.page();
            if (page.isPresent()) {
                queue.post(page.get());
            }
            if (letter.isPresent() && box.options().yes(VoicemailOption.DELETE)) {
                mailbox.delete(message.folder(), id, 0);
            }
        } catch (IOException | DialplanException failed) {
            LOG.error("the message {} of {} can't be mailed: {}", id, box.name(), failed.toString());
        }
    }

    /** Asks who mail.conf names for the text. */
    private Optional<String> transcribed(NewMessage news) {
        var transcription = mail.get().transcription();
        if (transcription.isEmpty()) {
            return Optional.empty();
        }
        for (var format : List.of(SoundFormat.WAV16, SoundFormat.WAV, SoundFormat.WAV49)) {
            var sound = news.message().sound(format);
            if (sound.isPresent()) {
                return transcribed(transcription.get(), sound.get(), format, news.language());
            }
        }
        return Optional.empty();
    }

    private Optional<String> transcribed(Transcription by, Path sound, SoundFormat format, String language) {
        try (var opened = spool.copies().read(sound)) {
            return Optional.of(by.text(opened, format, language)).filter(text -> !text.isEmpty());
        } catch (IOException | SpeechException failed) {
            LOG.warn("no text of a message: {}", failed.getMessage());
            return Optional.empty();
        }
    }
}
