package io.allo.io.speech;

import io.allo.media.audio.SoundFormat;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Text by a program on this machine (whisper.cpp, vosk-transcriber, pocketsphinx_continuous): it prints what it understood. Its words
 * are an argument vector, no shell: {@code {wav}} stands for a WAV file of 16 kHz, mono, {@code {lang}} for the language's two letters.
 * Any thread.
 *
 * @param command the program and its arguments
 * @param limitSeconds how long it may take
 */
public record CommandTranscription(List<String> command, int limitSeconds) implements Transcription {

    private static final int MOST_BYTES = 100_000;
    private static final Path MEMORY = Path.of("/dev/shm");

    /** The words are copied. */
    public CommandTranscription {
        command = List.copyOf(command);
    }

    @Override
    public String text(SeekableByteChannel sound, SoundFormat format, String language) throws SpeechException {
        var program = command.getFirst();
        try {
            var work = directory();
            var wav = work.resolve("said.wav");
            var output = work.resolve("text");
            try {
                EvenSound.write(sound, format, wav, Speech.RATE);
                run(words(wav, language), output);
                try (var text = Files.newInputStream(output)) {
                    return Transcription.tidy(new String(text.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
                }
            } finally {
                Files.deleteIfExists(wav);
                Files.deleteIfExists(output);
                Files.deleteIfExists(work);
            }
        } catch (IOException failed) {
            throw new SpeechException(program + ": " + failed.getMessage(), program + " : " + failed.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SpeechException(program + ": interrupted", program + " : interrompu");
        }
    }

    /** In memory where the system has a place there: a message that is kept sealed is not to lie on a disk. */
    private static Path directory() throws IOException {
        return Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "allo-text")
                : Files.createTempDirectory("allo-text");
    }

    private List<String> words(Path wav, String language) {
        var letters = language.length() < 2 ? "en" : language.substring(0, 2);
        return command.stream()
                .map(word -> word.replace("{wav}", wav.toString()).replace("{lang}", letters))
                .toList();
    }

    private void run(List<String> words, Path output) throws IOException, InterruptedException, SpeechException {
        var process = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                throw new SpeechException(
                        words.getFirst() + " took longer than " + limitSeconds + " s",
                        words.getFirst() + " a pris plus de " + limitSeconds + " s");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new SpeechException(
                    words.getFirst() + " failed with exit status " + process.exitValue(),
                    words.getFirst() + " a échoué avec le code de sortie " + process.exitValue());
        }
    }
}
