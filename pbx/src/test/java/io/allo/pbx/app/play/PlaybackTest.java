package io.allo.pbx.app.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.app.CallerWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybackTest {
    @TempDir
    Path sounds;

    private CallerWorld world() {
        return new CallerWorld(sounds);
    }

    @Test
    void playbackAnswersAndPlaysEachSoundToTheEnd() {
        var world = world().records(300, "hello", "world").run("Playback(hello&world)");
        assertEquals(List.of("answer", "hangup 16"), world.told());
        assertEquals(List.of("0 hello world"), world.heard());
        assertEquals("SUCCESS", world.variable("PLAYBACKSTATUS"));
        assertEquals(600, world.lengthMs());
    }

    @Test
    void keysDoNotEndAPlayback() {
        var world = world().records(1000, "hello").keys(200, "12#").run("Playback(hello)");
        assertEquals(1000, world.lengthMs());
    }

    @Test
    void whatIsMissingIsToldAndTheRestIsPlayed() {
        var world = world().records(300, "hello").run("Playback(none&hello)\nNoOp(after)");
        assertEquals(List.of("0 hello"), world.heard());
        assertEquals("FAILED", world.variable("PLAYBACKSTATUS"));
        assertTrue(world.ran().contains("NoOp(after)"));
        assertTrue(
                world.problems().getFirst().startsWith("sound-missing: there is no sound none; looked for " + sounds));
    }

    @Test
    void withoutAnyRecordedSetItFailsAndTheCallGoesOn() {
        var world = world().run("Playback(hello)\nNoOp(after)");
        assertEquals(List.of(), world.heard());
        assertEquals("FAILED", world.variable("PLAYBACKSTATUS"));
        assertTrue(world.ran().contains("NoOp(after)"));
    }

    @Test
    void noanswerPlaysAsEarlyMedia() {
        var world = world().records(300, "hello").run("Playback(hello,noanswer)\nHangup(17)");
        assertEquals(List.of("progress", "hangup 17"), world.told());
        assertEquals(List.of("0 hello"), world.heard());
    }

    @Test
    void skipPlaysNothingBeforeAnAnswer() {
        var world = world().records(300, "hello").run("Playback(hello,skip)");
        assertEquals(List.of(), world.heard());
        assertEquals("SUCCESS", world.variable("PLAYBACKSTATUS"));
        assertEquals(List.of("hangup 16"), world.told());
    }

    @Test
    void theCallerLeavesInTheMiddle() {
        var world = world().records(1000, "hello").leaves(400).run("""
                Playback(hello)
                NoOp(never)
                exten => h,1,NoOp(h ${PLAYBACKSTATUS})
                """);
        assertEquals(List.of("Playback(hello)", "NoOp(h FAILED)"), world.ran());
        assertEquals(List.of("0 hello"), world.heard());
        assertEquals(400, world.lengthMs());
    }

    @Test
    void inHNothingIsPlayed() {
        var world = world().records(1000, "hello").leaves(100).run("""
                Wait(5)
                exten => h,1,Playback(hello)
                exten => h,2,Read(X,hello,1)
                exten => h,3,Hangup()
                exten => h,4,NoOp(${PLAYBACKSTATUS} ${READSTATUS})
                """);
        assertEquals(List.of(), world.heard());
        assertEquals("NoOp(FAILED HANGUP)", world.ran().getLast());
        assertEquals(100, world.lengthMs());
    }

    @Test
    void aPromptWaitsForTheSoundThatComesWithTheAck() {
        var world = world().records(300, "hello").isSettled(200).run("Playback(hello)");
        assertEquals(List.of("200 hello"), world.heard());
        assertEquals("SUCCESS", world.variable("PLAYBACKSTATUS"));
    }

    @Test
    void aChannelThatCanNeverBeHeardIsToldSo() {
        var world = world().records(300, "hello").isSettled(Long.MAX_VALUE).run("Answer()\nPlayback(hello)");
        assertEquals("FAILED", world.variable("PLAYBACKSTATUS"));
        assertTrue(world.problems().getFirst().startsWith("no-media"));
    }

    @Test
    void theChannelsLanguageIsTaken() {
        var world = world().records(100, "hello")
                .records(700, "fr/hello")
                .language("fr_FR")
                .run("Playback(hello)");
        assertEquals(700, world.lengthMs());
    }

    @Test
    void textsAreSaidWhereAsked() {
        var world = world().records(100, "digits/20", "digits/1", "beep")
                .run("Playback(number:21,say)\nPlayback(beep&digits:11,mix)\nPlayback(what:1,say)");
        assertEquals(List.of("0 digits/20 digits/1", "200 beep digits/1 digits/1"), world.heard());
        assertEquals("FAILED", world.variable("PLAYBACKSTATUS"));
    }

    @Test
    void controlPlaybackMovesByKeys() {
        var world =
                world().records(10_000, "long").keys(1000, "#").keys(2000, "*").run("ControlPlayback(long,,,,,,2000)");
        assertEquals(List.of("0 long", "1000 seek to 3000", "2000 seek to 2000"), world.heard());
        assertEquals("SUCCESS", world.variable("CPLAYBACKSTATUS"));
        assertEquals("10000", world.variable("CPLAYBACKOFFSET"));
        assertEquals(10_000, world.lengthMs());
    }

    @Test
    void controlPlaybackPausesRestartsAndStops() {
        var world = world().records(10_000, "long")
                .keys(1000, "8")
                .keys(1500, "#")
                .keys(3000, "8")
                .keys(4000, "9")
                .keys(4500, "0")
                .run("ControlPlayback(long,#,*,0,8,9)");
        assertEquals(
                List.of("0 long", "1000 pause", "3000 resume", "4000 seek to 0", "4500 stop at 500"), world.heard());
        assertEquals("USERSTOPPED", world.variable("CPLAYBACKSTATUS"));
        assertEquals("500", world.variable("CPLAYBACKOFFSET"));
        assertEquals("0", world.variable("CPLAYBACKSTOPKEY"));
    }

    @Test
    void controlPlaybackBeginsAtAnOffset() {
        var world = world().records(10_000, "long").run("ControlPlayback(long,,,,,,,o(4000))");
        assertEquals(6_000, world.lengthMs());
        assertEquals("SUCCESS", world.variable("CPLAYBACKSTATUS"));
    }

    @Test
    void controlPlaybackOfNothingIsAnError() {
        assertEquals("ERROR", world().run("ControlPlayback(long)").variable("CPLAYBACKSTATUS"));
    }
}
