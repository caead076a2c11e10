package io.allo.pbx.voicemail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.mail.Letter;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageLettersTest {
    @TempDir
    Path directory;

    private VoicemailSettings settings;

    private MessageLetters letters(String conf, String language, Map<String, String> more) throws java.io.IOException {
        var file = new ConfParser(ConfSource.of(Map.of("voicemail.conf", conf))).parse("voicemail.conf");
        settings = VoicemailConf.read(file, problem -> {
            throw new AssertionError(problem.toString());
        });
        Files.write(directory.resolve("msg0002.wav"), new byte[100]);
        var info = new MessageInfo(Map.of(
                        "callerid", "\"Zoé\" <0612>", "origtime", "1790951107", "duration", "72", "category", "sales"))
                .with("transcription", more.getOrDefault("transcription", ""));
        var box = settings.box(MailboxName.parse("101")).orElseThrow();
        return new MessageLetters(
                settings,
                new NewMessage(box, new StoredMessage(Folder.INBOX, 2, directory.resolve("msg0002"), info), language),
                info);
    }

    @Test
    void theMailSpeaksTheCallsLanguageUnlessTheMailboxHasItsOwn() throws java.io.IOException {
        String conf = """
                [general]
                tz=paris
                serveremail=pbx@example.com
                fromstring=Standard
                [zonemessages]
                paris=Europe/Paris
                [default]
                101 => 1,Anna,anna@example.com,page@example.com
                """;
        Letter french = letters(conf, "fr", Map.of()).mail().orElseThrow();
        assertEquals("Nouveau message 3 dans la boîte 101, de \"Zoé\" <0612>", french.subject());
        assertTrue(french.text().contains("un message de 1:12, le vendredi 02 octobre 2026 à 16:25"), french.text());
        assertEquals("pbx@example.com", french.fromAddress());
        assertEquals("msg0002.wav", french.attachmentName());
        assertTrue(letters(conf.replace("page@example.com", "page@example.com,language=fr"), "en", Map.of())
                .page()
                .orElseThrow()
                .text()
                .startsWith("Message de"));
        Letter english = letters(conf, "en", Map.of("transcription", "Please call back."))
                .mail()
                .orElseThrow();
        assertTrue(english.text().contains("Friday, October 02, 2026 at 04:25:07 PM"), english.text());
        assertTrue(english.text().endsWith("\"Please call back.\"\n"), english.text());
    }

    @Test
    void theAdministratorsWordsAreTakenWithAsterisksVariables() throws java.io.IOException {
        Letter letter = letters("""
                        [general]
                        attach=no
                        emailsubject=[PBX]: ${VM_CIDNAME} (${VM_CATEGORY})
                        emailbody=Dear ${VM_NAME}:\\n\\n\\tyou have ${VM_DUR:0:1} min, ${VM_CIDNUM}, ${VM_MSGNUM} in ${VM_MAILBOX}, ${VM_DATE}.\\n
                        emaildateformat=%d/%m/%Y %H:%M
                        tz=utc
                        [zonemessages]
                        utc=UTC
                        [default]
                        101 => 1,Anna,anna@example.com
                        """, "en", Map.of()).mail().orElseThrow();
        assertEquals("[PBX]: Zoé (sales)", letter.subject());
        assertEquals("Dear Anna:\n\n\tyou have 1 min, 0612, 3 in 101, 02/10/2026 14:25.\n", letter.text());
        assertTrue(letter.attachment().isEmpty());
        assertTrue(letters("[default]\n101 => 1,Anna\n", "en", Map.of()).mail().isEmpty());
    }
}
