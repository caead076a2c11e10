package io.allo.io.speech;

import io.allo.media.audio.SoundFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks texts by the programs that are installed, and keeps what was spoken: mono, linear, 16000 Hz. Any thread; waits for
 * the program. A text never comes near a command line.
 */
public final class Speech implements SpeechSynthesis {

    /** Hz of what is kept. */
    public static final int RATE = 16_000;

    /** Voices that speak at one time; more texts wait their turn. */
    static final int MOST_AT_ONCE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Speech.class);
    private static final long MOST_BYTES = 60_000_000;
    private static final String INSTALL = "apt-get install espeak-ng";

    private final Path work;
    private final SpeechCache cache;
    private final Supplier<SpeechSettings> settings;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);

    /** Keeps its files below this directory, which is made when first needed. */
    public Speech(Path directory, Supplier<SpeechSettings> settings) {
        this.work = directory.resolve("work");
        this.cache = new SpeechCache(directory);
        this.settings = settings;
    }

    /** What `allo run` says at the start where no voice is there: in English and French; empty if there is one. */
    public List<String> advice() {
        var one = engines(settings.get()).stream().anyMatch(SpeechEngine::isInstalled);
        return one
                ? List.of()
                : List.of(
                        "texts can't be spoken (tts:, googletts.agi): " + INSTALL,
                        "les textes ne peuvent pas être dits (tts:, googletts.agi) : " + INSTALL);
    }

    private static List<SpeechEngine> engines(SpeechSettings settings) {
        var all = List.of(new CommandEngine(settings), new EspeakEngine(settings), new FliteEngine(settings));
        return settings.engine().equals("auto")
                ? all
                : all.stream()
                        .filter(engine -> engine.name().equals(settings.engine()))
                        .toList();
    }

    @Override
    public Path speak(SpeechText text) throws SpeechException {
        var now = settings.get();
        if (text.text().isEmpty()) {
            throw new SpeechException("there is no text to be spoken", "il n'y a pas de texte à dire");
        }
        if (text.text().length() > now.mostCharacters()) {
            throw new SpeechException(
                    "a text of " + text.text().length() + " characters is too long: " + now.mostCharacters()
                            + " (speech.conf, maxlength)",
                    "un texte de " + text.text().length() + " caractères est trop long : " + now.mostCharacters()
                            + " (speech.conf, maxlength)");
        }
        var engine = engine(text, now);
        var place = cache.place(
                engine.name(),
                engine.voice(text),
                String.valueOf(text.speed()),
                "wav" + RATE,
                text.language(),
                text.text());
        var kept = cache.find(place);
        return kept.isPresent() ? kept.get() : make(engine, text, place, now);
    }

    private static SpeechEngine engine(SpeechText text, SpeechSettings settings) throws SpeechException {
        for (var engine : engines(settings)) {
            if (engine.isInstalled() && engine.speaks(text)) {
                return engine;
            }
        }
        throw new SpeechException(
                "no voice for the language " + text.language() + " is installed: " + INSTALL,
                "aucune voix pour la langue " + text.language() + " n'est installée : " + INSTALL);
    }

    private Path make(SpeechEngine engine, SpeechText text, Path place, SpeechSettings now) throws SpeechException {
        var taken = false;
        try {
            taken = turns.tryAcquire(now.limitSeconds(), TimeUnit.SECONDS);
            if (!taken) {
                throw failed(engine, "too many texts are spoken at once", "trop de textes à dire à la fois");
            }
            Files.createDirectories(work);
            var input = Files.createTempFile(work, "text", ".txt");
            var output = Files.createTempFile(work, "said", ".wav");
            try {
                Files.writeString(input, text.text() + "\n", StandardCharsets.UTF_8);
                run(engine, text, input, output, now.limitSeconds());
                var whole = even(output, engine);
                cache.put(whole, place, now.cacheBytes());
                return place;
            } finally {
                Files.deleteIfExists(input);
                Files.deleteIfExists(output);
            }
        } catch (IOException unwritable) {
            throw failed(engine, String.valueOf(unwritable.getMessage()), String.valueOf(unwritable.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed(engine, "interrupted", "interrompu");
        } finally {
            if (taken) {
                turns.release();
            }
        }
    }

    private static void run(SpeechEngine engine, SpeechText text, Path input, Path output, int limitSeconds)
            throws IOException, InterruptedException, SpeechException {
        var began = System.nanoTime();
        var process = new ProcessBuilder(engine.command(text, input, output))
                .redirectInput(input.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                throw failed(
                        engine,
                        "took longer than " + limitSeconds + " s (speech.conf, timelimit)",
                        "a pris plus de " + limitSeconds + " s (speech.conf, timelimit)");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw failed(engine, "exit status " + process.exitValue(), "code de sortie " + process.exitValue());
        }
        LOG.debug(
                "{} spoke {} characters in {} ms",
                engine.name(),
                text.text().length(),
                (System.nanoTime() - began) / 1_000_000);
    }

    /** The sound at our rate, in a file beside. */
    private Path even(Path made, SpeechEngine engine) throws IOException, SpeechException {
        if (Files.size(made) > MOST_BYTES) {
            throw failed(engine, "more than " + MOST_BYTES + " bytes of sound", "plus de " + MOST_BYTES + " octets");
        }
        var even = Files.createTempFile(work, "even", ".wav");
        var length = EvenSound.write(Files.newByteChannel(made), SoundFormat.WAV, even, RATE);
        if (length == 0) {
            Files.deleteIfExists(even);
            throw failed(engine, "no sound came", "aucun son n'est venu");
        }
        return even;
    }

    private static SpeechException failed(SpeechEngine engine, String english, String french) {
        return new SpeechException(
                "the voice " + engine.name() + " failed: " + english,
                "la voix " + engine.name() + " a échoué : " + french);
    }
}
