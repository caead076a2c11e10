package io.allo.pbx.app.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.app.CallerWorld;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command, with the result lines that Asterisk 22 gives. */
class AgiCommandsTest {
    @TempDir
    Path sounds;

    private CallerWorld world;
    private ScriptKit kit;

    @BeforeEach
    void prepare() {
        world = new CallerWorld(sounds).records(1_000, "menu", "digits/1", "digits/2", "letters/a", "phonetic/a_p");
        kit = new ScriptKit(world);
    }

    @Test
    void thereAreAllOfAsterisks() {
        assertEquals(
                List.of(
                        "answer",
                        "asyncagi break",
                        "channel status",
                        "control stream file",
                        "database del",
                        "database deltree",
                        "database get",
                        "database put",
                        "exec",
                        "get data",
                        "get full variable",
                        "get option",
                        "get variable",
                        "gosub",
                        "hangup",
                        "noop",
                        "receive char",
                        "receive text",
                        "record file",
                        "say alpha",
                        "say date",
                        "say datetime",
                        "say digits",
                        "say number",
                        "say phonetic",
                        "say time",
                        "send image",
                        "send text",
                        "set autohangup",
                        "set callerid",
                        "set context",
                        "set extension",
                        "set music",
                        "set priority",
                        "set variable",
                        "speech activate grammar",
                        "speech create",
                        "speech deactivate grammar",
                        "speech destroy",
                        "speech load grammar",
                        "speech recognize",
                        "speech set",
                        "speech unload grammar",
                        "stream file",
                        "tdd mode",
                        "verbose",
                        "wait for digit"),
                AgiApplications.commandNames(kit.agiWorld()));
    }

    @Test
    void wordsAreTakenApartAsAsteriskDoes() {
        assertEquals(
                List.of("SET", "VARIABLE", "X", "a b", "", "c\"d"),
                AgiLine.words("SET  VARIABLE\tX \"a b\" \"\" c\\\"d "));
        assertEquals(List.of(), AgiLine.words("  "));
    }

    @Test
    void commandsMayBeInAnyCaseAndUnknownOnesAre510() {
        assertEquals(
                List.of(
                        "200 result=0",
                        "510 Invalid or unknown command",
                        "510 Invalid or unknown command",
                        "510 Invalid or unknown command"),
                kit.replies("nOOp hello", "STREAM", "<b>Warning</b>: foo", ""));
    }

    @Test
    void wrongArgumentsAre520WithTheUsage() {
        var told = kit.replies("STREAM FILE menu", "SAY NUMBER seven \"\"", "GET VARIABLE");
        assertEquals("520-Invalid command syntax.  Proper usage follows:", told.get(0));
        assertEquals("Usage: STREAM FILE <filename> <escape digits> [sample offset]", told.get(1));
        assertEquals("520 End of proper usage.", told.get(3));
        assertEquals(3, Collections.frequency(told, "520 End of proper usage."));
    }

    @Test
    void streamFileSaysTheKeyAndHowFarItWas() {
        world.keys(1_500, "5");
        assertEquals(
                List.of(
                        "200 result=0 endpos=8000",
                        "200 result=53 endpos=4000",
                        "200 result=0 endpos=0",
                        "200 result=0 endpos=8000"),
                kit.replies(
                        "STREAM FILE menu \"\"",
                        "STREAM FILE menu 456",
                        "STREAM FILE none \"\"",
                        "STREAM FILE menu \"\" 4000"));
        assertTrue(world.heard().contains("1500 stop at 500"), world.heard().toString());
        assertTrue(world.heard().contains("1500 seek to 500"), world.heard().toString());
    }

    @Test
    void getOptionWaitsAfterTheSound() {
        world.keys(1_700, "2").keys(4_000, "9");
        assertEquals(
                List.of("200 result=50 endpos=8000", "200 result=0 endpos=8000", "200 result=0 endpos=8000"),
                kit.replies("GET OPTION menu 123 1000", "GET OPTION menu 123 2000", "GET OPTION menu 123 100"));
    }

    @Test
    void controlStreamFileObeysKeys() {
        world.keys(200, "#").keys(400, "*").keys(600, "8");
        assertEquals(List.of("200 result=56 endpos=600"), kit.replies("CONTROL STREAM FILE menu 8 100 # *"));
        assertEquals("USERSTOPPED", world.variable("CPLAYBACKSTATUS"));
        assertEquals("8", world.variable("CPLAYBACKSTOPKEY"));
        assertEquals("600", world.variable("CPLAYBACKOFFSET"));
    }

    @Test
    void getDataReadsDigits() {
        world.keys(200, "12#").keys(1_000, "345").keys(4_000, "6");
        assertEquals(
                List.of("200 result=12", "200 result=34", "200 result=56 (timeout)", "200 result= (timeout)"),
                kit.replies("GET DATA menu 2000 5", "GET DATA \"\" 3000 2", "GET DATA menu 3000", "GET DATA menu 100"));
    }

    @Test
    void waitForDigitGivesItsCharacter() {
        world.keys(300, "*");
        assertEquals(List.of("200 result=42", "200 result=0"), kit.replies("WAIT FOR DIGIT -1", "WAIT FOR DIGIT 500"));
        assertEquals(800, world.lengthMs());
    }

    @Test
    void sayingIsEndedByEscapeDigitsOnly() {
        world.keys(500, "9").keys(2_500, "1");
        assertEquals(
                List.of("200 result=0", "200 result=49", "200 result=0", "200 result=0"),
                kit.replies("SAY DIGITS 12 \"\"", "SAY NUMBER 2 1", "SAY ALPHA a \"\"", "SAY PHONETIC a \"\""));
        assertEquals("0 digits/1 digits/2", world.heard().getFirst());
    }

    @Test
    void timesAreSaidInTheirZone() {
        world.records(
                        100,
                        "digits/day-0",
                        "digits/mon-0",
                        "digits/h-1",
                        "digits/20",
                        "digits/10",
                        "digits/0",
                        "digits/thousand",
                        "digits/oclock",
                        "digits/a-m")
                .records(100, "digits/at", "digits/3", "digits/p-m", "digits/8", "digits/6", "digits/hundred");
        kit.replies("SAY DATETIME 1767225600 \"\" IMp America/New_York", "SAY TIME 1767225600 \"\"");
        assertEquals(List.of("200 result=0", "200 result=0"), kit.told);
        assertTrue(
                world.heard().getFirst().contains("digits/p-m"), world.heard().toString());
        assertTrue(world.heard().get(1).contains("digits/a-m"), world.heard().toString());
    }

    @Test
    void variablesAreReadAndSet() {
        assertEquals(
                List.of(
                        "200 result=1",
                        "200 result=1 (a b)",
                        "200 result=0",
                        "200 result=1 (100-a b)",
                        "200 result=1 (Test/1)",
                        "200 result=1",
                        "200 result=1 ()"),
                kit.replies(
                        "SET VARIABLE X \"a b\"",
                        "GET VARIABLE X",
                        "GET VARIABLE NONE",
                        "GET FULL VARIABLE \"${EXTEN}-${X}\"",
                        "GET VARIABLE CHANNEL",
                        "SET VARIABLE Y \"\"",
                        "GET VARIABLE Y"));
    }

    @Test
    void theDatabaseIsDbs() {
        assertEquals(
                List.of(
                        "200 result=1",
                        "200 result=1 (7 8)",
                        "200 result=1",
                        "200 result=0",
                        "200 result=0",
                        "200 result=1",
                        "200 result=1",
                        "200 result=0"),
                kit.replies(
                        "DATABASE PUT f k \"7 8\"",
                        "DATABASE GET f k",
                        "DATABASE DEL f k",
                        "DATABASE DEL f k",
                        "DATABASE GET f k",
                        "DATABASE PUT f a/b 1",
                        "DATABASE DELTREE f a",
                        "DATABASE DELTREE f"));
    }

    @Test
    void execRunsApplicationsAndTellsUnknownOnesByMinus2() {
        assertEquals(
                List.of("200 result=0", "200 result=-2", "200 result=1 (5)"),
                kit.replies("EXEC Set \"Z=5\"", "EXEC NoSuchThing", "GET VARIABLE Z"));
        assertTrue(world.problems().toString().contains("there is no application NoSuchThing"));
    }

    @Test
    void gosubReturnsToTheScript() {
        kit.says("GOSUB sub s 1 \"x,y\"", "GET VARIABLE GOT", "GOSUB sub s nowhere", "GOSUB sub s lab");
        world.run("""
                AGI(script)
                NoOp(on ${AGISTATUS})
                [sub]
                exten => s,1(lab),Set(GOT=${ARG1}+${ARG2})
                exten => s,2,Return()
                """);
        assertEquals(
                List.of(
                        "100 result=0 Trying...",
                        "200 result=0 Gosub complete",
                        "200 result=1 (x+y)",
                        "200 result=-1 Gosub label not found",
                        "100 result=0 Trying...",
                        "200 result=0 Gosub complete"),
                kit.told);
        assertEquals("NoOp(on FAILURE)", world.ran().getLast());
    }

    @Test
    void setContextExtensionAndPrioritySayWhereTheDialplanGoesOn() {
        kit.says("SET CONTEXT b", "SET EXTENSION 7", "SET PRIORITY 1");
        world.run("AGI(script)\nNoOp(never)\n[b]\nexten => 7,1,NoOp(here)\n");
        assertEquals("NoOp(here)", world.ran().getLast());
    }

    @Test
    void withoutAPriorityTheNextOneRunsThere() {
        kit.says("SET CONTEXT b", "SET EXTENSION 7");
        world.run("AGI(script)\nNoOp(never)\n[b]\nexten => 7,1,NoOp(one)\nexten => 7,2,NoOp(two)\n");
        assertEquals(List.of("AGI(script)", "NoOp(two)"), world.ran());
    }

    @Test
    void anExecutedGotoIsObeyed() {
        kit.says("EXEC Goto b,7,1");
        world.run("AGI(script)\nNoOp(never)\n[b]\nexten => 7,1,NoOp(here)\n");
        assertEquals("NoOp(here)", world.ran().getLast());
    }

    @Test
    void theChannelIsAskedAndChanged() {
        kit.says(
                "CHANNEL STATUS",
                "ANSWER",
                "CHANNEL STATUS",
                "CHANNEL STATUS Test/none",
                "SET CALLERID \"Zoe <55>\"",
                "SET AUTOHANGUP 60",
                "SEND IMAGE x",
                "SEND TEXT hello",
                "TDD MODE on",
                "SET MUSIC sideways",
                "VERBOSE \"it works\" 3",
                "RECEIVE CHAR 100",
                "RECEIVE TEXT 100",
                "ASYNCAGI BREAK",
                "HANGUP Test/none");
        world.run("AGI(script)\nNoOp(${AGISTATUS})");
        assertEquals("200 result=0", kit.told.get(0));
        assertEquals(
                List.of(
                        "200 result=0",
                        "200 result=6",
                        "200 result=-1",
                        "200 result=1",
                        "200 result=0",
                        "200 result=0",
                        "200 result=0",
                        "200 result=0",
                        "520-Invalid command syntax.  Proper usage follows:"),
                kit.told.subList(1, 10));
        assertEquals(
                List.of("200 result=1", "200 result=0 (timeout)", "200 result=-1", "200 result=0", "200 result=-1"),
                kit.told.subList(kit.told.size() - 5, kit.told.size()));
        assertEquals("NoOp(SUCCESS)", world.ran().getLast());
    }

    @Test
    void speechHasNoEngine() {
        assertEquals(
                Collections.nCopies(8, "200 result=0"),
                kit.replies(
                        "SPEECH CREATE lumenvox",
                        "SPEECH SET a b",
                        "SPEECH LOAD GRAMMAR g /g",
                        "SPEECH ACTIVATE GRAMMAR g",
                        "SPEECH RECOGNIZE menu 1000",
                        "SPEECH DEACTIVATE GRAMMAR g",
                        "SPEECH UNLOAD GRAMMAR g",
                        "SPEECH DESTROY"));
    }
}
