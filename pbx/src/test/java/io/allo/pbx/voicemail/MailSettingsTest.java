package io.allo.pbx.voicemail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.speech.CommandTranscription;
import io.allo.io.speech.HttpTranscription;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailSettingsTest {

    private final List<String> problems = new ArrayList<>();

    private MailSettings read(String text) {
        var file = new ConfParser(ConfSource.of(Map.of("mail.conf", text))).parse("mail.conf");
        return MailSettings.read(file, problem -> problems.add(problem.toString()));
    }

    @Test
    void aServerOrAProgramMakesTextOfMessages() {
        assertEquals(
                Optional.of(new HttpTranscription(URI.create("http://127.0.0.1:9000/text"), "s3cret", 60)),
                read("[transcription]\nurl=http://127.0.0.1:9000/text\ntoken=s3cret\n")
                        .transcription());
        assertEquals(
                Optional.of(new CommandTranscription(List.of("whisper-cli", "-m", "/srv/a b.bin", "-f", "{wav}"), 300)),
                read("[transcription]\ncommand=whisper-cli -m \"/srv/a b.bin\" -f {wav}\ntimelimit=300\n")
                        .transcription());
        assertEquals(Optional.empty(), read("[smtp]\nhost=mail.example.com\n").transcription());
        assertEquals(List.of(), problems);
    }

    @Test
    void aCommandThatReadsNothingIsRefusedAndAnAddressCountsMoreThanACommand() {
        assertEquals(
                Optional.empty(), read("[transcription]\ncommand=whisper-cli\n").transcription());
        assertTrue(problems.getFirst().startsWith("mail.conf:1: error: "), problems.toString());
        problems.clear();
        var both = read("[transcription]\nurl=https://text.example.com/\ncommand=cat {wav}\n");
        assertEquals(
                Optional.of(new HttpTranscription(URI.create("https://text.example.com/"), "", 60)),
                both.transcription());
        assertEquals(1, problems.size(), problems.toString());
        problems.clear();
        assertEquals(Optional.empty(), read("[transcription]\nurl=nonsense\n").transcription());
        assertEquals(1, problems.size(), problems.toString());
    }
}
