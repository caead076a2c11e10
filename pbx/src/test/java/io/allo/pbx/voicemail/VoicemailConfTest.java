package io.allo.pbx.voicemail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.audio.SoundFormat;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoicemailConfTest {
    private final List<String> problems = new ArrayList<>();

    private VoicemailSettings read(String text) {
        var file = new ConfParser(ConfSource.of(Map.of("voicemail.conf", text))).parse("voicemail.conf");
        return VoicemailConf.read(file, problem -> problems.add(problem.inWords("en")));
    }

    @Test
    void whatAdministratorsWriteIsRead() {
        var settings = read("""
                [general]
                format=wav49|gsm|wav
                serveremail=asterisk@example.com
                attach=yes
                skipms=3000
                maxsilence=10
                silencethreshold=128
                maxlogins=3
                emaildateformat=%A, %B %d, %Y at %r
                sendvoicemail=yes
                review=yes
                [zonemessages]
                paris=Europe/Paris|'vm-received' q 'digits/at' kM
                [default]
                101 => 4242,Alice Martin,alice@example.com,,tz=paris|attach=no|maxmsg=20|saycid=yes
                102 => -1234,Bob,bob@example.com|bob@home.example,0612@sms.example
                [other]
                101 => 1,Carol
                """);
        assertEquals(List.of(SoundFormat.WAV49, SoundFormat.GSM, SoundFormat.WAV), settings.formats());
        var alice = settings.box(MailboxName.parse("101")).orElseThrow();
        assertEquals("4242", alice.pin());
        assertEquals("Alice Martin", alice.owner());
        assertEquals(ZoneId.of("Europe/Paris"), alice.zone());
        assertEquals("'vm-received' q 'digits/at' kM", alice.envelopeFormat());
        assertFalse(alice.options().yes(VoicemailOption.ATTACH));
        assertTrue(alice.options().yes(VoicemailOption.REVIEW));
        assertEquals(20, alice.options().number(VoicemailOption.MAXMSG));
        var bob = settings.box(MailboxName.parse("102@default")).orElseThrow();
        assertTrue(bob.isPinFixed());
        assertEquals("1234", bob.pin());
        assertEquals(List.of("bob@example.com", "bob@home.example"), bob.emails());
        assertEquals(
                "Carol",
                settings.box(MailboxName.parse("101@other")).orElseThrow().owner());
        assertEquals(
                List.of(
                        "voicemail.conf:7: warning: the option silencethreshold has no effect: talk is told from noise without a threshold"),
                problems);
    }

    @Test
    void mistakesAreNamedWithLineAndSuggestion() {
        read("""
                [general]
                format=wav|wave49
                maxmsgs=3
                maxlogins=many
                [default]
                101 => 4242,Alice,alice.example.com
                102 => abcd,Bob,,,tz=pariss|atach=yes|maxmsg=x
                102 => 1
                """);
        assertEquals(9, problems.size(), String.join("\n", problems));
        assertTrue(problems.stream()
                .anyMatch(line -> line.startsWith("voicemail.conf:2: error: ") && line.contains("wav49")));
        assertTrue(problems.stream()
                .anyMatch(line ->
                        line.startsWith("voicemail.conf:3: warning: ") && line.contains("did you mean \"maxmsg\"")));
        assertTrue(problems.stream()
                .anyMatch(line ->
                        line.startsWith("voicemail.conf:6: warning: \"alice.example.com\" is no mail address")));
        assertTrue(problems.stream()
                .anyMatch(line ->
                        line.startsWith("voicemail.conf:7: warning: ") && line.contains("did you mean \"attach\"")));
        assertTrue(problems.stream()
                .anyMatch(line -> line.startsWith("voicemail.conf:7: error: ") && line.contains("can't be typed")));
        assertTrue(problems.stream()
                .anyMatch(line ->
                        line.startsWith("voicemail.conf:8: warning: the mailbox 102@default is written again")));
    }

    @Test
    void aMailboxOfAnotherContextIsFoundWhereThatIsAskedFor() {
        assertTrue(read("[office]\n101 => 1\n").box(MailboxName.parse("101")).isEmpty());
        assertTrue(read("[general]\nsearchcontexts=yes\n[office]\n101 => 1\n")
                .box(MailboxName.parse("101"))
                .isPresent());
    }
}
