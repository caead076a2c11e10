package io.allo.pbx.app.say;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.app.CallerWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SayApplicationsTest {
    @TempDir
    Path sounds;

    private CallerWorld world;

    @BeforeEach
    void record() {
        world = new CallerWorld(sounds)
                .records(100, "digits/0", "digits/1", "digits/2", "digits/20", "digits/60", "digits/11", "digits/et")
                .records(100, "digits/h-1", "letters/a", "uppercase", "phonetic/b_p", "digits/star", "digits/minus")
                .records(100, "digits/day-5", "digits/mon-10", "digits/oclock", "digits/thousand", "digits/6");
    }

    @Test
    void wordsAreSaidAsTheirApplicationsName() {
        world.run("""
                Answer()
                SayDigits(12*)
                SayNumber(-21)
                SayOrdinal(21)
                SayAlpha(A1)
                SayAlphaCase(u,A)
                SayPhonetic(B2)
                """);
        assertEquals(
                List.of(
                        "0 digits/1 digits/2 digits/star",
                        "300 digits/minus digits/20 digits/1",
                        "600 digits/20 digits/h-1",
                        "800 letters/a digits/1",
                        "1000 uppercase letters/a",
                        "1200 phonetic/b_p digits/2"),
                world.heard());
    }

    @Test
    void frenchChannelsHearFrenchGrammar() {
        world.language("fr").run("Answer()\nSayNumber(71)\nSayNumber(21,f)");
        assertEquals(List.of("0 digits/60 digits/et digits/11", "300 digits/20 digits/et digits/1"), world.heard());
    }

    @Test
    void aFeminineRecordingIsPreferredWhereThereIsOne() {
        world.records(100, "digits/1F").language("fr").run("Answer()\nSayNumber(1,f)\nSayNumber(1)");
        assertEquals(List.of("0 digits/1F", "100 digits/1"), world.heard());
    }

    @Test
    void withoutAnAnswerItIsEarlyMedia() {
        world.run("SayDigits(1)");
        assertEquals(List.of("progress", "hangup 16"), world.told());
    }

    @Test
    void keysLeadToAnExtensionWhereTheDialplanWantsIt() {
        world.keys(100, "7").run("""
                Answer()
                Set(SAY_DTMF_INTERRUPT=yes)
                SayDigits(1111111111)
                NoOp(never)
                exten => 7,1,NoOp(seven)
                """);
        assertEquals("NoOp(seven)", world.ran().getLast());
        assertEquals(100, world.lengthMs());
    }

    @Test
    void otherwiseKeysDoNothing() {
        world.keys(100, "7").run("Answer()\nSayDigits(1111111111)\nNoOp(after)\nexten => 7,1,NoOp(seven)");
        assertEquals("NoOp(after)", world.ran().getLast());
        assertEquals(1_000, world.lengthMs());
    }

    @Test
    void timesAreSaidInTheirZone() {
        // Friday 20 November 2026, 11:00:00 UTC
        world.run("SayUnixTime(1795172400,UTC,AB'uppercase' e)\nSayUnixTime(,America/Los_Angeles,k)");
        assertEquals(List.of("answer", "hangup 16"), world.told());
        assertEquals(
                "0 digits/day-5 digits/mon-10 uppercase",
                world.heard().getFirst().replace(" digits/h-20", ""));
    }

    @Test
    void whatCanNotBeSaidIsTold() {
        world.run(
                "SayNumber(many)\nSayUnixTime(now)\nSayUnixTime(1,,A?)\nSayUnixTime(1,Nowhere/None)\nSayAlphaCase(x,a)");
        assertEquals(5, world.problems().size());
        assertTrue(world.problems().getFirst().contains("many"));
        assertEquals(List.of(), world.heard());
    }
}
