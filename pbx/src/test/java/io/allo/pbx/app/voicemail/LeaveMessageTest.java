package io.allo.pbx.app.voicemail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.audio.SoundFormat;
import io.allo.pbx.app.CallerWorld;
import io.allo.pbx.voicemail.Folder;
import io.allo.pbx.voicemail.Greeting;
import io.allo.pbx.voicemail.MailboxCounts;
import io.allo.pbx.voicemail.VoiceCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaveMessageTest {
    private static final String CONF = """
            [general]
            format = wav49|gsm|wav
            minsecs = 2
            maxsecs = 60
            [default]
            101 => 4242,Alice,alice@example.com
            102 => 4343,Bob
            [review]
            101 => 1111,Anna,,,review=yes|operator=yes
            """;

    @TempDir
    Path directory;

    private MailboxTown town;

    @BeforeEach
    void openTown() {
        town = new MailboxTown(directory, CONF);
    }

    private CallerWorld caller() {
        return town.caller().callerId("Carol", "0612345678");
    }

    @Test
    void whatIsSaidUntilPoundBecomesAMessageInAllFormats() throws IOException {
        var world = caller().cue("recording", () -> {});
        world.keys(8_000, "#").run("VoiceMail(101,u)\nNoOp(${VMSTATUS})");
        assertEquals("NoOp(SUCCESS)", world.ran().getLast());
        var message = town.mailbox("101").messages(Folder.INBOX).getFirst();
        assertEquals(0, message.number());
        for (var format : List.of(SoundFormat.WAV49, SoundFormat.GSM, SoundFormat.WAV)) {
            long lengthMs = VoiceCopies.PLAIN.lengthMs(message.sound(format).orElseThrow());
            assertTrue(Math.abs(lengthMs - message.info().durationSeconds() * 1000) < 1_100, format + " " + lengthMs);
        }
        assertEquals("\"Carol\" <0612345678>", message.info().field("callerid"));
        assertEquals("101", message.info().field("origmailbox"));
        assertEquals("100", message.info().field("exten"));
        assertEquals(
                "Fri Nov 20 11:00:00 AM UTC 2026",
                message.info().field("origdate").replaceAll("11:00:0\\d", "11:00:00"));
        assertEquals(1, town.posted().size());
        assertEquals(
                "alice@example.com", town.posted().getFirst().box().emails().getFirst());
        assertEquals(List.of(), left("101"));
    }

    @Test
    void aMessageMayBeKeptAsOpusAlone() throws IOException {
        town = new MailboxTown(directory, CONF.replace("wav49|gsm|wav", "opus"));
        caller().keys(8_000, "#").run("VoiceMail(101,u)\nNoOp(${VMSTATUS})");
        var message = town.mailbox("101").messages(Folder.INBOX).getFirst();
        var sound = message.sound(SoundFormat.OPUS).orElseThrow();
        assertEquals("msg0000.opus", sound.getFileName().toString());
        long lengthMs = VoiceCopies.PLAIN.lengthMs(sound);
        assertTrue(Math.abs(lengthMs - message.info().durationSeconds() * 1000) < 1_100, lengthMs + " ms");
        assertEquals(List.of(), left("101"));
    }

    /** Files that are neither message nor greeting. */
    private List<String> left(String box) throws IOException {
        try (var files = Files.list(town.mailbox(box).directory().resolve("tmp"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void withoutAGreetingItIsMadeUpOfTheNumber() {
        var world = caller().hearsAndLeaves("vm-intro").run("VoiceMail(101,u)");
        assertEquals(
                "0 vm-theperson digits/1 digits/0 digits/1 vm-isunavail",
                world.heard().getFirst());
        world = caller().hearsAndLeaves("vm-intro").run("VoiceMail(101,b)");
        assertTrue(world.heard().getFirst().endsWith("vm-isonphone"));
    }

    @Test
    void ownGreetingsAreHeardAndTheTemporaryOneBeforeAll() throws IOException {
        var sound = directory.resolve("said.sln");
        MailboxTown.write(sound, 500);
        town.mailbox("101").greet(Greeting.NAME, sound, 500, List.of(SoundFormat.WAV));
        var world = caller().hearsAndLeaves("vm-intro").run("VoiceMail(101,u)");
        assertTrue(
                world.heard().getFirst().endsWith("/greet vm-isunavail"),
                world.heard().getFirst());
        town.mailbox("101").greet(Greeting.BUSY, sound, 500, List.of(SoundFormat.WAV));
        world = caller().hearsAndLeaves("vm-intro").run("VoiceMail(101,b)");
        assertTrue(world.heard().getFirst().endsWith("/busy"), world.heard().getFirst());
        town.mailbox("101").greet(Greeting.TEMPORARY, sound, 500, List.of(SoundFormat.WAV));
        world = caller().hearsAndLeaves("vm-intro").run("VoiceMail(101,b)");
        assertTrue(world.heard().getFirst().endsWith("/temp"), world.heard().getFirst());
    }

    @Test
    void aHangUpInTheMiddleKeepsWhatWasSaid() throws IOException {
        var world = caller().cue("recording", () -> {}).leaves(9_000);
        world.run("VoiceMail(101,u)\nexten => h,1,NoOp(${VMSTATUS})");
        assertEquals("NoOp(SUCCESS)", world.ran().getLast());
        assertEquals(new MailboxCounts(1, 0, 0), town.mailbox("101").counts());
        assertEquals(1, town.posted().size());
        assertEquals(List.of(), left("101"));
    }

    @Test
    void aHangUpBeforeMinsecsKeepsNothing() throws IOException {
        var world = caller();
        world.cue("recording", () -> world.leaves((world.clock().nanoTime() / 1_000_000) + 1_500));
        world.run("VoiceMail(101,s)\nexten => h,1,NoOp(${VMSTATUS})");
        assertEquals("NoOp(FAILED)", world.ran().getLast());
        assertEquals(MailboxCounts.NONE, town.mailbox("101").counts());
        assertEquals(List.of(), left("101"));
    }

    @Test
    void silenceAndTheLongestTimeEndIt() throws IOException {
        town.silentAfter(7_000);
        caller().run("VoiceMail(101,s)");
        assertEquals(
                7, town.mailbox("101").messages(Folder.INBOX).getFirst().info().durationSeconds());
        caller().run("VoiceMail(101,s)");
        assertEquals(
                60, town.mailbox("101").messages(Folder.INBOX).getLast().info().durationSeconds());
    }

    @Test
    void aMessageForSeveralIsInEachMailboxOnce() throws IOException {
        town.silentAfter(5_000);
        var world = caller().run("VoiceMail(101&102&999,sU)\nNoOp(${VMSTATUS})");
        assertEquals("NoOp(SUCCESS)", world.ran().getLast());
        assertEquals(new MailboxCounts(0, 0, 1), town.mailbox("101").counts());
        var second = town.mailbox("102").messages(Folder.URGENT).getFirst().info();
        assertEquals("102", second.field("origmailbox"));
        assertEquals("Urgent", second.field("flag"));
        assertEquals(2, town.posted().size());
        assertEquals(List.of("voicemail-no-box: there is no mailbox 999@default in voicemail.conf"), world.problems());
    }

    @Test
    void aMailboxThatIsNotThereIsToldAndTheDialplanGoesOn() {
        var world = caller().run("VoiceMail(999)\nNoOp(${VMSTATUS})");
        assertEquals("NoOp(FAILED)", world.ran().getLast());
        assertEquals(List.of("0 pbx-invalid"), world.heard());
    }

    @Test
    void aFullMailboxIsToldBeforeAnythingIsSaid() throws IOException {
        town.configure("[default]\n101 => 1,A,,,maxmsg=1\n");
        town.silentAfter(5_000);
        caller().run("VoiceMail(101,s)");
        var world = caller().run("VoiceMail(101,u)\nNoOp(${VMSTATUS})");
        assertEquals("NoOp(FAILED)", world.ran().getLast());
        assertTrue(world.heard().getLast().endsWith("vm-mailboxfull"));
        assertEquals(1, world.problems().size());
        assertEquals(1, town.mailbox("101").count(Folder.INBOX));
    }

    @Test
    void starLeadsToAAndZeroToTheOperatorWhereThereIsOne() {
        var world = caller().hears("vm-intro", "*").run("VoiceMail(101,u)\nexten => a,1,NoOp(a ${VMSTATUS})");
        assertEquals("NoOp(a USEREXIT)", world.ran().getLast());
        world = caller().hears("vm-intro", "0").run("VoiceMail(101@review,u)\nexten => o,1,NoOp(o ${VMSTATUS})");
        assertEquals("NoOp(o USEREXIT)", world.ran().getLast());
    }

    @Test
    void withReviewTheCallerHearsItSaysItAgainAndMarksIt() throws IOException {
        town.silentAfter(4_000).silentAfter(6_000);
        var world = caller().hears("vm-review", "2")
                .hears("vm-review", "3")
                .hears("vm-review", "4")
                .hears("vm-review-nonurgent", "1")
                .run("VoiceMail(101@review,s)\nNoOp(${VMSTATUS})");
        assertEquals("NoOp(SUCCESS)", world.ran().getLast());
        assertEquals(List.of(), world.missed());
        var message = town.mailbox("101@review").messages(Folder.URGENT).getFirst();
        assertEquals(6, message.info().durationSeconds());
    }

    @Test
    void aHangUpInTheReviewKeepsTheMessage() throws IOException {
        town.silentAfter(4_000);
        caller().hearsAndLeaves("vm-review").run("VoiceMail(101@review,s)");
        assertEquals(
                4,
                town.mailbox("101@review")
                        .messages(Folder.INBOX)
                        .getFirst()
                        .info()
                        .durationSeconds());
    }

    @Test
    void withEItIsAnsweredOnlyForTheMessage() {
        town.silentAfter(4_000);
        var world = caller().run("VoiceMail(101,ue)");
        assertEquals(List.of("progress", "answer", "hangup 16"), world.told());
        assertFalse(world.heard().isEmpty());
    }

    @Test
    void withDADigitLeadsToAnExtension() {
        var world = caller().hears("vm-intro", "7").run("""
                VoiceMail(101,ud(b))
                [b]
                exten => 7,1,NoOp(seven ${VMSTATUS})
                """);
        assertEquals("NoOp(seven USEREXIT)", world.ran().getLast());
    }
}
