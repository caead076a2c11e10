package io.allo.pbx.app.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.app.CallerWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IvrApplicationsTest {
    @TempDir
    Path sounds;

    private CallerWorld world;

    @BeforeEach
    void record() {
        world = new CallerWorld(sounds).records(1_000, "menu", "more");
    }

    private static final String MENU = """
            exten => 1,1,NoOp(one)
            exten => 2345,1,NoOp(long)
            exten => i,1,NoOp(invalid ${INVALID_EXTEN})
            exten => t,1,NoOp(timeout)
            """;

    @Test
    void aKeyInBackgroundGoesToItsExtensionAtOnce() {
        world.keys(300, "1").run("BackGround(menu&more)\nNoOp(never)\n" + MENU);
        assertEquals(List.of("BackGround(menu&more)", "NoOp(one)"), world.ran());
        assertEquals(List.of("0 menu more", "300 stop at 300"), world.heard());
        assertEquals("SUCCESS", world.variable("BACKGROUNDSTATUS"));
        assertEquals(List.of("answer", "hangup 16"), world.told());
    }

    @Test
    void severalKeysMakeALongExtension() {
        world.keys(300, "2345").run("Background(menu)\n" + MENU);
        assertEquals("NoOp(long)", world.ran().getLast());
    }

    @Test
    void aNumberThatIsNoneGoesToI() {
        world.keys(300, "9").run("Background(menu)\n" + MENU);
        assertEquals("NoOp(invalid 9)", world.ran().getLast());
    }

    @Test
    void withoutKeysBackgroundGoesOn() {
        world.run("Background(menu)\nNoOp(next)");
        assertEquals("NoOp(next)", world.ran().getLast());
        assertEquals(1_000, world.lengthMs());
    }

    @Test
    void withMOnlyExtensionsOfOneDigitInterrupt() {
        world.keys(100, "2").keys(500, "1").run("Background(menu,m)\n" + MENU);
        assertEquals("NoOp(one)", world.ran().getLast());
        assertEquals(List.of("0 menu", "500 stop at 500"), world.heard());
    }

    @Test
    void withPNothingInterrupts() {
        world.keys(100, "1").run("Background(menu,p)\nNoOp(next)\n" + MENU);
        assertEquals("NoOp(next)", world.ran().getLast());
    }

    @Test
    void withSNothingIsPlayedBeforeAnAnswerAndWithNItIsEarlyMedia() {
        world.run("Background(menu,s)\nBackground(menu,n)");
        assertEquals(List.of("0 menu"), world.heard());
        assertEquals(List.of("progress", "hangup 16"), world.told());
    }

    @Test
    void anotherContextAndLanguageMayBeMeant() {
        world.records(400, "fr/menu").keys(100, "5").run("""
                Background(menu,,fr,b)
                [b]
                exten => 5,1,NoOp(five of ${CONTEXT})
                """);
        assertEquals("NoOp(five of b)", world.ran().getLast());
    }

    @Test
    void aMissingMenuFails() {
        world.run("Background(none)\nNoOp(${BACKGROUNDSTATUS})");
        assertEquals("NoOp(FAILED)", world.ran().getLast());
    }

    @Test
    void backgroundDetectGoesToTalkWhenSomebodyHasTalked() {
        world.talks(200, 900).talks(400, 300).run("""
                BackgroundDetect(menu,500,150,800)
                NoOp(never)
                exten => talk,1,NoOp(${TALK_DETECTED})
                """);
        assertEquals("NoOp(300)", world.ran().getLast());
        assertEquals(List.of("0 detect 150/500", "0 menu", "400 stop at 400", "400 ignore"), world.heard());
    }

    @Test
    void backgroundDetectTakesKeysAndOtherwiseGoesOn() {
        world.talks(500, 300).keys(1_200, "1").run("""
                BackgroundDetect(menu,,,,400)
                NoOp(on)
                BackgroundDetect(menu)
                """ + MENU);
        assertTrue(world.ran().contains("NoOp(on)"));
        assertEquals("NoOp(one)", world.ran().getLast());
    }

    @Test
    void waitExtenTakesWhatIsDialed() {
        world.keys(1_500, "2345").run("Background(menu)\nWaitExten(3)\n" + MENU);
        assertEquals("NoOp(long)", world.ran().getLast());
    }

    @Test
    void waitExtenGoesToTInTheEnd() {
        world.run("Answer()\nWaitExten(3)\n" + MENU);
        assertEquals("NoOp(timeout)", world.ran().getLast());
        assertEquals(3_000, world.lengthMs());
    }

    @Test
    void waitExtenWithoutATimeTakesTheResponseTimeout() {
        world.run("Answer()\nWaitExten()\n" + MENU);
        assertEquals(10_000, world.lengthMs());
    }

    @Test
    void waitExtenCanSoundADialTone() {
        world.keys(500, "1").run("Answer()\nWaitExten(3,d)\n" + MENU);
        assertEquals(List.of("0 440Hz/0", "500 stop at 500"), world.heard());
        assertEquals("NoOp(one)", world.ran().getLast());
    }

    @Test
    void readEndsAtTheHash() {
        world.keys(300, "123#").run("Read(X,menu)\nNoOp(${X} ${READSTATUS})");
        assertEquals("NoOp(123 OK)", world.ran().getLast());
        assertEquals(List.of("0 menu", "300 stop at 300"), world.heard());
        assertEquals(600, world.lengthMs());
    }

    @Test
    void readEndsAtItsMost() {
        world.keys(300, "1234").run("Read(X,,2)\nNoOp(${X} ${READSTATUS})");
        assertEquals("NoOp(12 OK)", world.ran().getLast());
        assertEquals(400, world.lengthMs());
    }

    @Test
    void readTimesOutAndKeepsWhatCame() {
        world.keys(300, "12").run("Read(X,,5,,3,2.5)\nNoOp(${X} ${READSTATUS})");
        assertEquals("NoOp(12 TIMEOUT)", world.ran().getLast());
        assertEquals(400 + 2_500, world.lengthMs());
    }

    @Test
    void readAsksAgainWhileNothingComes() {
        world.keys(6_500, "7#").run("Read(X,menu,,,3,2)\nNoOp(${X} ${READSTATUS})");
        assertEquals("NoOp(7 OK)", world.ran().getLast());
        assertEquals(List.of("0 menu", "3000 menu", "6000 menu", "6500 stop at 500"), world.heard());
    }

    @Test
    void readTakesOtherTerminatorsOrNone() {
        world.keys(100, "1#*").keys(1_000, "##").run("Read(X,,,t(*))\nRead(Y,,2,t())\nNoOp(${X} ${Y})");
        assertEquals("NoOp(1# ##)", world.ran().getLast());
    }

    @Test
    void aTerminatorAloneIsTheValueOnlyWithE() {
        world.keys(100, "#").keys(1_000, "#").run("Read(X,,,e)\nRead(Y)\nNoOp(${X}/${Y}/${READSTATUS})");
        assertEquals("NoOp(#//OK)", world.ran().getLast());
    }

    @Test
    void readMaySkipOrNotAnswer() {
        world.keys(100, "5").run("Read(X,menu,1,s)\nNoOp(${READSTATUS})\nRead(Y,menu,1,n)\nNoOp(${Y})");
        assertTrue(world.ran().contains("NoOp(SKIPPED)"));
        assertEquals("NoOp(5)", world.ran().getLast());
        assertEquals(List.of("progress", "hangup 16"), world.told());
    }

    @Test
    void readWithAToneStopsItAtTheFirstKey() {
        world.keys(700, "42").run("Read(X,dial,2,i)\nNoOp(${X})");
        assertEquals("NoOp(42)", world.ran().getLast());
        assertEquals(List.of("0 440Hz/0", "700 stop at 700"), world.heard());
    }

    @Test
    void whatWasReadIsThereWhenTheCallerLeaves() {
        world.keys(100, "12").leaves(900).run("Read(X,menu)\nNoOp(never)\nexten => h,1,NoOp(${X} ${READSTATUS})");
        assertEquals("NoOp(12 HANGUP)", world.ran().getLast());
    }

    @Test
    void waitDigitTellsWhatCame() {
        world.keys(500, "3").keys(1_000, "9").run("""
                Answer()
                WaitDigit(2,123)
                NoOp(${WAITDIGITSTATUS} ${WAITDIGITRESULT})
                WaitDigit(2,123)
                NoOp(${WAITDIGITSTATUS} ${WAITDIGITRESULT})
                WaitDigit(2)
                NoOp(${WAITDIGITSTATUS} ${WAITDIGITRESULT})
                """);
        assertEquals(
                List.of("NoOp(DTMF 3)", "NoOp(CANCEL 9)", "NoOp(TIMEOUT )"),
                world.ran().stream().filter(ran -> ran.startsWith("NoOp")).toList());
        assertEquals(3_000, world.lengthMs());
    }
}
