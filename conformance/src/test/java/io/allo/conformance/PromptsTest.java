package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.lab.Tools;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.ToneReport;
import io.allo.conformance.sound.ToneWav;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the dialplan plays is heard by real phones, whole, whatever the file's format; menus obey the keys; echo echoes. */
@Tag("phones")
class PromptsTest {
    private static final Duration HEARD = Duration.ofSeconds(4);

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @ParameterizedTest
    @CsvSource({
        "BARESIP,PCMU,wav",
        "BARESIP,PCMA,gsm",
        "BARESIP,G722,ulaw",
        "BARESIP,PCMU,wav16",
        "LINPHONE,PCMU,alaw",
        "LINPHONE,GSM,sln"
    })
    void aPromptIsHeardWhole(Kind kind, String codec, String format) {
        var prompt = prompt("prompt", format, 440);
        lab.config()
                .user("alice", AlloLab.PASSWORD, "")
                .dialplan("[phones]\nexten => 600,1,Answer()\n same => n,Wait(0.5)\n same => n,Playback(" + prompt
                        + ")\n same => n,Hangup()\n");
        lab.start();
        Phone alice = lab.phone(kind, "alice", account -> account.withCodecs(codec));
        alice.dial("600");
        alice.awaitEstablished();
        alice.awaitEnded(Duration.ofSeconds(15));
        assertHeard(alice, 440);
    }

    @Test
    void aKeyEndsTheMenusPromptAndChoosesTheExtension() {
        var menu = prompt("menu", "wav", 440);
        var sales = prompt("sales", "wav", 620);
        lab.config().user("alice", AlloLab.PASSWORD, "").dialplan("""
                        [phones]
                        exten => 600,1,Answer()
                         same => n,Goto(menu,s,1)
                        [menu]
                        exten => s,1,Background(%s)
                         same => n,WaitExten(5)
                        exten => 1,1,Playback(%s)
                         same => n,Hangup()
                        exten => i,1,Hangup(3)
                        exten => t,1,Hangup(102)
                        """.formatted(menu, sales));
        lab.start();
        Phone alice = lab.phone(Kind.BARESIP, "alice", account -> account);
        alice.dial("600");
        alice.awaitEstablished();
        alice.awaitHeard(Duration.ofSeconds(1));
        alice.sendDigits("1");
        alice.awaitEnded(Duration.ofSeconds(15));
        ToneReport report = alice.heard(620);
        assertEquals(620, report.dominantHz(), report.toString());
        assertTrue(report.heardMs() >= HEARD.toMillis(), report.toString());
    }

    /** A key that leads nowhere goes to i, no key to t: the caller is told, and asked again. */
    @ParameterizedTest
    @CsvSource({"9,740", "'',860"})
    void aWrongKeyAndNoKeyAreToldApart(String key, int toneHz) {
        var menu = prompt("menu", "wav", 440, 2);
        var wrong = prompt("wrong", "wav", 740);
        var late = prompt("late", "wav", 860);
        lab.config().user("alice", AlloLab.PASSWORD, "").dialplan("""
                        [phones]
                        exten => 600,1,Answer()
                         same => n,Goto(menu,s,1)
                        [menu]
                        exten => s,1,Background(%s)
                         same => n,WaitExten(1)
                        exten => 1,1,Hangup(3)
                        exten => i,1,Playback(%s)
                         same => n,Goto(s,1)
                        exten => t,1,Playback(%s)
                         same => n,Goto(s,1)
                        """.formatted(menu, wrong, late));
        lab.start();
        Phone alice = lab.phone(Kind.BARESIP, "alice", account -> account);
        alice.dial("600");
        alice.awaitEstablished();
        alice.awaitHeard(Duration.ofSeconds(1));
        if (!key.isEmpty()) {
            alice.sendDigits(key);
        }
        // without a key, three seconds of menu and pause come before it
        alice.awaitHeard(Duration.ofSeconds(key.isEmpty() ? 9 : 7));
        alice.hangup();
        alice.awaitEnded(Phone.PATIENCE);
        ToneReport report = alice.heard(toneHz);
        assertEquals(toneHz, report.dominantHz(), report.toString());
    }

    @ParameterizedTest
    @CsvSource({"BARESIP", "LINPHONE"})
    void echoBringsTheCallersOwnVoiceBack(Kind kind) {
        lab.config()
                .user("alice", AlloLab.PASSWORD, "")
                .dialplan("[phones]\nexten => 600,1,Answer()\n same => n,Echo()\n same => n,Hangup()\n");
        lab.start();
        Phone alice = lab.alice(kind);
        alice.dial("600");
        alice.awaitEstablished();
        alice.awaitHeard(Duration.ofSeconds(5));
        alice.hangup();
        alice.awaitEnded(Phone.PATIENCE);
        assertHeard(alice, 440);
    }

    /** A prompt of six seconds; gives its name as the dialplan writes it, without the ending. */
    private String prompt(String name, String format, int toneHz) {
        return prompt(name, format, toneHz, 6);
    }

    private String prompt(String name, String format, int toneHz, int seconds) {
        Path directory = lab.host("allo").directory();
        Path wav = new ToneWav(toneHz, seconds).write(directory.resolve(name + "-made.wav"), 8_000);
        Path file = directory.resolve(name + "." + format);
        Tools.need(Tools.SOX);
        switch (format) {
            case "wav16" ->
                Tools.run("sox", wav.toString(), "-r", "16000", "-c", "1", "-b", "16", "-t", "wav", file.toString());
            case "sln" ->
                Tools.run(
                        "sox",
                        wav.toString(),
                        "-r",
                        "8000",
                        "-c",
                        "1",
                        "-b",
                        "16",
                        "-t",
                        "raw",
                        "-e",
                        "signed",
                        file.toString());
            case "ulaw" -> Tools.run("sox", wav.toString(), "-r", "8000", "-c", "1", "-t", "ul", file.toString());
            case "alaw" -> Tools.run("sox", wav.toString(), "-r", "8000", "-c", "1", "-t", "al", file.toString());
            default -> Tools.run("sox", wav.toString(), "-r", "8000", "-c", "1", file.toString());
        }
        return directory.resolve(name).toString();
    }

    private static void assertHeard(Phone phone, int toneHz) {
        ToneReport report = phone.heard(toneHz);
        assertEquals(toneHz, report.dominantHz(), report.toString());
        assertEquals(0, report.gapsOver60Ms(), report.toString());
        assertTrue(report.heardMs() >= HEARD.toMillis(), report.toString());
    }
}
