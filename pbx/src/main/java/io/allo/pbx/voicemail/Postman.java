package io.allo.pbx.voicemail;

import io.allo.io.mail.MailQueue;
import io.allo.media.audio.SoundFormat;
import io.allo.pbx.dialplan.DialplanException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_CHARS = 10_000;

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

    /** Asks the program of mail.conf for the text: the WAV is the body, the language a header, plain text the answer. */
    private Optional<String> transcribed(NewMessage news) {
        var url = mail.get().transcriptionUrl();
        var sound = sound(news.message());
        if (url.isEmpty() || sound.isEmpty()) {
            return Optional.empty();
        }
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(PATIENCE)
                    .header("Content-Type", "audio/wav")
                    .header("Accept", "text/plain")
                    .header("Content-Language", news.language())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(sound.get())));
            if (!mail.get().transcriptionToken().isEmpty()) {
                request.header("Authorization", "Bearer " + mail.get().transcriptionToken());
            }
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                LOG.warn("no text of a message: {} answers {}", url, answer.statusCode());
                return Optional.empty();
            }
            var text = answer.body().strip().replaceAll("\\s+", " ");
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(text.substring(0, Math.min(MOST_CHARS, text.length())));
        } catch (IOException | IllegalArgumentException failed) {
            LOG.warn("no text of a message: {}: {}", url, failed.toString());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private byte[] bytes(Path sound) throws IOException {
        try (var opened = Channels.newInputStream(spool.copies().read(sound))) {
            return opened.readAllBytes();
        }
    }

    private static Optional<Path> sound(StoredMessage message) {
        return List.of(SoundFormat.WAV, SoundFormat.WAV49).stream()
                .map(message::sound)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
