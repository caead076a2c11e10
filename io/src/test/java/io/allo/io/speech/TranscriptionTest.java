package io.allo.io.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.allo.media.audio.SoundFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded words become text: by real programs of Debian's, by commands of a test's, by a server. */
class TranscriptionTest {
    private static final int LIMIT = 60;

    @TempDir
    Path home;

    /** A voice says it, with 16 kHz. */
    private Path said(String text) throws IOException, InterruptedException {
        assumeTrue(Programs.find("flite").isPresent(), "flite is not installed");
        var wav = home.resolve("said.wav");
        var voice = new ProcessBuilder("flite", "-voice", "slt", "-t", text, "-o", wav.toString()).start();
        assertTrue(voice.waitFor(LIMIT, TimeUnit.SECONDS));
        return wav;
    }

    private String text(Transcription by, Path sound, String language) throws IOException, SpeechException {
        try (var opened = Files.newByteChannel(sound)) {
            return by.text(opened, SoundFormat.WAV, language);
        }
    }

    /** The engine understands wide-band speech only: what it was trained with. */
    @Test
    void pocketsphinxUnderstandsAMessage() throws Exception {
        assumeTrue(Programs.find("pocketsphinx_continuous").isPresent(), "pocketsphinx is not installed");
        var by = new CommandTranscription(List.of("pocketsphinx_continuous", "-infile", "{wav}"), LIMIT);
        var words = "hello this is a message for you please call me back tomorrow";
        assertEquals(words, text(by, said(words), "en"));
    }

    @Test
    void aCommandIsGivenSixteenKilohertzAndTheLanguage() throws Exception {
        assumeTrue(Programs.find("sox").isPresent(), "sox is not installed");
        var sound = home.resolve("tone.wav");
        var sox = new ProcessBuilder(
                        "sox", "-n", "-r", "8000", "-b", "16", sound.toString(), "synth", "0.5", "sine", "440")
                .start();
        assertTrue(sox.waitFor(LIMIT, TimeUnit.SECONDS));
        var by = new CommandTranscription(
                List.of("sh", "-c", "echo $1; soxi -r \"$0\"; soxi -D \"$0\"", "{wav}", "{lang}"), LIMIT);
        assertEquals("fr 16000 0.500000", text(by, sound, "fr_CA"));
    }

    @Test
    void aCommandThatFailsHangsOrIsMissingIsSaid() throws Exception {
        var sound = said("one");
        var failing = new CommandTranscription(List.of("sh", "-c", "exit 3", "{wav}"), LIMIT);
        var failed = assertThrows(SpeechException.class, () -> text(failing, sound, "en"));
        assertEquals("sh failed with exit status 3", failed.english());
        assertEquals("sh a échoué avec le code de sortie 3", failed.french());
        var hanging = new CommandTranscription(List.of("sleep", "1000"), 1);
        assertEquals(
                "sleep took longer than 1 s",
                assertThrows(SpeechException.class, () -> text(hanging, sound, "en"))
                        .english());
        var missing = new CommandTranscription(List.of("/no/such/program", "{wav}"), LIMIT);
        assertTrue(assertThrows(SpeechException.class, () -> text(missing, sound, "en"))
                .english()
                .startsWith("/no/such/program: "));
    }

    @Test
    void aServerIsSentTheFileAndItsRefusalIsSaid() throws Exception {
        var sound = home.resolve("any.wav");
        Files.write(sound, new byte[] {1, 2, 3});
        var asked = new AtomicReference<>("");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/text", exchange -> {
            asked.set(exchange.getRequestHeaders().getFirst("Content-Language") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestBody().readAllBytes().length);
            var answer = " Bonjour,\n à demain. ".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            var place = "http://127.0.0.1:" + server.getAddress().getPort();
            var by = new HttpTranscription(URI.create(place + "/text"), "t0ken", LIMIT);
            assertEquals("Bonjour, à demain.", text(by, sound, "fr"));
            assertEquals("fr Bearer t0ken 3", asked.get());
            var lost = new HttpTranscription(URI.create(place + "/nothing"), "", LIMIT);
            assertEquals(
                    place + "/nothing answers 404",
                    assertThrows(SpeechException.class, () -> text(lost, sound, "fr"))
                            .english());
        } finally {
            server.stop(0);
        }
    }
}
