package io.allo.pbx.app.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.pbx.app.CallerWorld;
import io.allo.pbx.call.recording.RecordingSettings;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.voicemail.Folder;
import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.VoicemailConf;
import io.allo.pbx.voicemail.VoicemailSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingApplicationsTest {
    @TempDir
    Path sounds;

    private CallerWorld world() {
        return new CallerWorld(sounds);
    }

    private long lengthMs(String file) throws IOException {
        var format = SoundFormat.byExtension(file.substring(file.lastIndexOf('.') + 1))
                .orElseThrow();
        try (var reader = SoundFile.open(Files.newByteChannel(sounds.resolve(file)), format)) {
            return reader.lengthMs();
        }
    }

    private double loud(String file, double hertz, int fromMs, int toMs) throws IOException {
        try (var reader = SoundFile.open(Files.newByteChannel(sounds.resolve(file)), SoundFormat.WAV)) {
            reader.seekMs(fromMs);
            var n = (toMs - fromMs) * 8;
            double re = 0;
            double im = 0;
            var pcm = new short[1];
            for (var i = 0; i < n && reader.read(pcm, 0, 1) == 1; i++) {
                re += pcm[0] * Math.cos(2 * Math.PI * hertz * i / 8_000);
                im += pcm[0] * Math.sin(2 * Math.PI * hertz * i / 8_000);
            }
            return 2 * Math.hypot(re, im) / n;
        }
    }

    @Test
    void aKeyEndsARecordingAndTheFileIsWholeForTheNextPriority() throws IOException {
        var world = world().records(100, "beep")
                .says(0, 5_000, 440)
                .keys(3_100, "#")
                .run("Record(greeting.wav)\nPlayback(greeting)");
        assertEquals("DTMF", world.variable("RECORD_STATUS"));
        assertEquals(sounds.resolve("greeting").toString(), world.variable("RECORDED_FILE"));
        assertEquals(List.of("0 beep", "3100 greeting"), world.heard());
        assertEquals(3_000, lengthMs("greeting.wav"), 40);
        assertEquals(8_000, loud("greeting.wav", 440, 100, 2_900), 400);
    }

    @Test
    void silenceEndsItAndAllButASecondOfItIsCut() throws IOException {
        var world = world().says(0, 2_000, 440).run("Record(a.wav,3,60,q)");
        assertEquals("SILENCE", world.variable("RECORD_STATUS"));
        assertEquals(3_000, lengthMs("a.wav"), 150);
        assertEquals(5_300, world.lengthMs(), 250);
    }

    @Test
    void theTimeLimitEndsItExactly() throws IOException {
        var world = world().says(0, 60_000, 440).run("Record(a.gsm,0,2,q)");
        assertEquals("TIMEOUT", world.variable("RECORD_STATUS"));
        assertEquals(2_000, lengthMs("a.gsm"));
    }

    @Test
    void whoHangsUpLosesItUnlessItIsToBeKept() {
        world().says(0, 5_000, 440).leaves(2_000).run("Record(a.wav,,,q)");
        assertFalse(Files.exists(sounds.resolve("a.wav")));
        var kept = world().says(0, 5_000, 440).leaves(2_000).run("Record(b.wav,,,qk)");
        assertTrue(Files.exists(sounds.resolve("b.wav")));
        assertEquals("HANGUP", kept.variable("RECORD_STATUS"));
        assertFalse(Files.exists(sounds.resolve("b.wav.part")));
    }

    @Test
    void numbersAreTheFirstFreeOnes() {
        for (var i = 0; i < 3; i++) {
            world().keys(500, "#").run("Record(msg%d:ulaw,,,q)");
        }
        assertTrue(Files.exists(sounds.resolve("msg0.ulaw")));
        assertTrue(Files.exists(sounds.resolve("msg2.ulaw")));
    }

    @Test
    void keysMeanWhatTheOptionsSay() {
        assertEquals(
                "OPERATOR", world().keys(500, "#0").run("Record(a.wav,,,qot)").variable("RECORD_STATUS"));
        assertEquals("DTMF", world().keys(500, "0*").run("Record(a.wav,,,qt)").variable("RECORD_STATUS"));
        assertEquals(
                "TIMEOUT", world().keys(500, "#*0").run("Record(a.wav,,2,qx)").variable("RECORD_STATUS"));
        assertEquals("DTMF", world().keys(500, "7").run("Record(a.wav,,,qy)").variable("RECORD_STATUS"));
        assertEquals("SKIP", world().run("Record(a.wav,,,s)").variable("RECORD_STATUS"));
    }

    @Test
    void aNameCannotLeaveItsDirectory() {
        var world = world().run("Record(../../etc/x.wav)");
        assertEquals("ERROR", world.variable("RECORD_STATUS"));
        assertTrue(
                world.problems().getFirst().contains("\"..\""), world.problems().toString());
        var absolute = world().run("MixMonitor(/etc/x.wav)");
        assertTrue(absolute.problems().getFirst().contains("allow_directory"));
        assertEquals("(not set)", absolute.variable("MIXMONITOR_FILENAME"));
    }

    @Test
    void appendingGoesOnAtTheEnd() throws IOException {
        world().says(0, 5_000, 440).keys(1_000, "#").run("Record(a.wav,,,q)");
        world().says(0, 5_000, 880).keys(2_000, "#").run("Record(a.wav,,,qa)");
        assertEquals(3_000, lengthMs("a.wav"), 60);
        assertEquals(8_000, loud("a.wav", 440, 100, 900), 400);
        assertEquals(8_000, loud("a.wav", 880, 1_100, 2_900), 400);
    }

    @Test
    void aMixMonitorRecordsUntilTheCallEndsAndDescribesWhatItRecorded() throws IOException {
        var world = world().says(0, 5_000, 440).run("Answer\nMixMonitor(call.wav,i(ID))\nWait(3)\nHangup");
        var file = sounds.resolve("monitor/call.wav");
        assertEquals(file.toString(), world.variable("MIXMONITOR_FILENAME"));
        assertEquals("mix-1", world.variable("ID"));
        assertEquals(3_000, lengthMs("monitor/call.wav"), 40);
        var json = Files.readString(sounds.resolve("monitor/call.wav.json"));
        assertTrue(json.contains("\"lengthMs\": 3000"), json);
        assertTrue(json.contains("\"linkedid\": \"1.1\""), json);
        assertTrue(json.matches("(?s).*\"sha256\": \"[0-9a-f]{64}\".*"), json);
        try (var left = Files.list(sounds.resolve("journal"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void eachSideCanHaveItsFileAndStopEndsAll() throws IOException {
        world().says(0, 9_000, 440)
                .run("Answer\nMixMonitor(c.wav,r(in.wav)t(out.wav))\nWait(2)\nStopMixMonitor()\nWait(2)");
        assertEquals(2_000, lengthMs("monitor/c.wav"), 40);
        assertEquals(8_000, loud("monitor/in.wav", 440, 100, 1_900), 400);
        assertEquals(0, loud("monitor/out.wav", 440, 100, 1_900), 10);
    }

    @Test
    void aPauseForACardNumberIsNotInTheFile() throws IOException {
        world().says(0, 9_000, 440)
                .run("Answer\nMonitor(wav,m1,m)\nWait(2)\nPauseMonitor\nWait(3)\nUnpauseMonitor\nWait(1)\nStopMonitor");
        assertEquals(3_000, lengthMs("monitor/m1.wav"), 40);
        world().run("Answer\nMonitor(wav,m2)\nWait(1)");
        assertEquals(1_000, lengthMs("monitor/m2-in.wav"), 40);
        assertEquals(1_000, lengthMs("monitor/m2-out.wav"), 40);
    }

    @Test
    void onlyWhatIsBridgedIsRecordedIfThatIsAsked() throws IOException {
        world().says(0, 9_000, 440).run("Answer\nMixMonitor(b.wav,b)\nWait(2)");
        assertEquals(0, lengthMs("monitor/b.wav"));
    }

    @Test
    void inFranceTheCallerIsToldFirstAndMayDecline() {
        var told = world().records(1_000, "this-call-may-be-monitored-or-recorded")
                .records(RecordingSettings.FRANCE)
                .run("Answer\nMixMonitor(c.wav)\nWait(1)");
        assertEquals(List.of("0 this-call-may-be-monitored-or-recorded"), told.heard());
        assertEquals("no", told.variable("RECORDING_DECLINED"));
        assertTrue(Files.exists(sounds.resolve("monitor/c.wav")));
        var declines =
                world().records(RecordingSettings.FRANCE).keys(500, "9").run("Answer\nMixMonitor(d.wav)\nWait(1)");
        assertEquals("yes", declines.variable("RECORDING_DECLINED"));
        assertFalse(Files.exists(sounds.resolve("monitor/d.wav")));
    }

    private static VoicemailSettings mailboxes() {
        return VoicemailConf.read(
                new ConfParser(ConfSource.of(Map.of(
                                "voicemail.conf",
                                "[general]\nformat=wav|gsm\nmaxmsg=2\n[default]\n101 => 1,A\n102 => 1,B\n")))
                        .parse("voicemail.conf"),
                problem -> {});
    }

    @Test
    void aCopyGoesIntoMailboxesAndTheRecordingIsDeletedAfterwards() throws IOException {
        var world = world().voicemail(mailboxes())
                .callerId("Zoë", "0612345678")
                .says(0, 9_000, 440)
                .run("Answer\nMixMonitor(call.wav,m(101,102@default/Work)d)\nWait(3)\nHangup");
        assertEquals(List.of(), world.problems());
        var message = world.spool()
                .mailbox(MailboxName.parse("101"))
                .messages(Folder.INBOX)
                .getFirst();
        assertEquals(3, message.info().durationSeconds());
        assertEquals("0612345678", message.info().callerNumber().orElseThrow());
        var wav =
                sounds.relativize(message.sound(SoundFormat.WAV).orElseThrow()).toString();
        assertEquals(3_000, lengthMs(wav), 40);
        assertEquals(8_000, loud(wav, 440, 100, 2_900), 400);
        assertTrue(message.sound(SoundFormat.GSM).isPresent());
        assertEquals(1, world.spool().mailbox(MailboxName.parse("102")).count(Folder.WORK));
        assertFalse(Files.exists(sounds.resolve("monitor/call.wav")));
        assertFalse(Files.exists(sounds.resolve("monitor/call.wav.json")));
    }

    @Test
    void aRecordingThatFoundNoMailboxIsNotDeleted() throws IOException {
        var nowhere = world().voicemail(mailboxes()).run("Answer\nMixMonitor(a.wav,m(999)d)\nWait(1)");
        assertTrue(nowhere.problems().getFirst().contains("there is no mailbox 999@default"), nowhere::toString);
        assertTrue(Files.exists(sounds.resolve("monitor/a.wav")));
        for (var name : List.of("b", "c", "d")) {
            world().voicemail(mailboxes()).run("Answer\nMixMonitor(" + name + ".wav,m(101)d)\nWait(1)");
        }
        assertFalse(Files.exists(sounds.resolve("monitor/c.wav")));
        assertTrue(Files.exists(sounds.resolve("monitor/d.wav")), "the mailbox takes two");
        try (var left = Files.list(sounds.resolve("voicemail/default/101/tmp"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void withoutAnythingElseItIsDeletedWhenItIsDone() {
        var world = world().run("Answer\nMixMonitor(a.wav,r(in.wav)d)\nWait(1)");
        assertEquals(List.of(), world.problems());
        assertFalse(Files.exists(sounds.resolve("monitor/a.wav")));
        assertFalse(Files.exists(sounds.resolve("monitor/in.wav")));
        assertFalse(Files.exists(sounds.resolve("monitor/a.wav.json")));
    }

    @Test
    void aWrongIntervalOfBeepsIsToldAndNoPromptIsCutShort() {
        var world = world().records(9_000, "menu").run("Answer\nMixMonitor(a.wav,B(x))\nPlayback(menu)");
        assertTrue(world.problems().getFirst().contains("B takes a number of seconds"), world.problems()::toString);
        var beeping = world().run("Answer\nMixMonitor(a.wav,B(1))\nPlayback(menu)");
        assertEquals(List.of("0 menu"), beeping.heard());
    }

    @Test
    void aCommandIsRefusedUnlessItIsAllowed() {
        var world = world().run("Answer\nMixMonitor(c.wav,,touch ^{UNIQUEID})\nWait(1)");
        assertTrue(world.problems().getFirst().contains("live_dangerously"));
        assertTrue(Files.exists(sounds.resolve("monitor/c.wav")));
    }
}
