package io.allo.pbx.app.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.app.CallerWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a conversation begins and ends, and what a hangup or a bad script does to it. */
class AgiSessionTest {
    @TempDir
    Path sounds;

    private CallerWorld world;
    private ScriptKit kit;

    @BeforeEach
    void prepare() {
        world = new CallerWorld(sounds).records(1_000, "menu");
        kit = new ScriptKit(world);
    }

    @Test
    void theEnvironmentIsAsterisks() {
        world.language("fr").run("AGI(script,one,\"two, three\")");
        assertEquals(
                List.of(
                        "agi_request: script",
                        "agi_channel: Test/1",
                        "agi_language: fr",
                        "agi_type: Test",
                        "agi_uniqueid: 1.1",
                        "agi_version: 1.2",
                        "agi_callerid: unknown",
                        "agi_calleridname: unknown",
                        "agi_callingpres: 0",
                        "agi_callingani2: 0",
                        "agi_callington: 0",
                        "agi_callingtns: 0",
                        "agi_dnid: unknown",
                        "agi_rdnis: unknown",
                        "agi_context: a",
                        "agi_extension: 100",
                        "agi_priority: 1",
                        "agi_enhanced: 0.0",
                        "agi_accountcode: "),
                kit.environment.lines().toList().subList(0, 19));
        assertEquals(
                List.of("agi_arg_1: one", "agi_arg_2: two, three", ""),
                kit.environment.lines().toList().subList(20, 23));
    }

    @Test
    void aServerIsToldThatItIsOne() {
        world.run("AGI(agi://127.0.0.1:4000/shop/enter?x=1,a)");
        assertEquals("connect agi://127.0.0.1:4000", kit.told.getFirst());
        assertTrue(
                kit.environment.startsWith("agi_network: yes\nagi_network_script: shop/enter?x=1\n"
                        + "agi_request: agi://127.0.0.1:4000/shop/enter?x=1\n"),
                kit.environment);
        assertEquals("SUCCESS", world.variable("AGISTATUS"));
    }

    @Test
    void whatIsNotThereIsSaid() {
        world.run("AGI(missing)\nNoOp(${AGISTATUS})\nAGI(refused)\nNoOp(${AGISTATUS})\nAGI(agi://:0)\n"
                + "NoOp(${AGISTATUS})\nAGI(agi:async)\nNoOp(${AGISTATUS})");
        var said = world.ran().stream().filter(each -> each.startsWith("NoOp")).toList();
        assertEquals(List.of("NoOp(NOTFOUND)", "NoOp(FAILURE)", "NoOp(NOTFOUND)", "NoOp(FAILURE)"), said);
        assertTrue(world.problems().toString().contains("comes with it"));
    }

    @Test
    void aHangupIsRepliedToAndTold() {
        kit.says("STREAM FILE menu \"\"", "STREAM FILE menu \"\"", "SET VARIABLE LAST 1", "WAIT FOR DIGIT 5");
        world.leaves(500).run("Answer()\nAGI(script)\nNoOp(never)\nexten => h,1,NoOp(h ${AGISTATUS} ${LAST})");
        assertEquals(
                List.of(
                        "200 result=-1 endpos=4000",
                        "HANGUP",
                        "511 Command Not Permitted on a dead channel or intercept routine",
                        "200 result=1",
                        "511 Command Not Permitted on a dead channel or intercept routine"),
                kit.told);
        assertEquals("NoOp(h HANGUP 1)", world.ran().getLast());
        assertTrue(kit.closed);
    }

    @Test
    void agisighupKeepsTheSignalBack() {
        kit.says("STREAM FILE menu \"\"", "NOOP");
        world.leaves(500).run("Set(AGISIGHUP=no)\nAnswer()\nAGI(script)");
        assertEquals(List.of("200 result=-1 endpos=4000", "200 result=0"), kit.told);
    }

    @Test
    void agiexitonhangupEndsItAtOnce() {
        kit.says("STREAM FILE menu \"\"", "NOOP");
        world.leaves(500).run("Set(AGIEXITONHANGUP=yes)\nAnswer()\nAGI(script)");
        assertEquals(List.of("200 result=-1 endpos=4000", "HANGUP"), kit.told);
        assertTrue(kit.closed);
    }

    @Test
    void aScriptMayHangUpItself() {
        kit.says("HANGUP", "GET VARIABLE EXTEN");
        world.run("Answer()\nAGI(script)\nNoOp(never)\nexten => h,1,NoOp(h)");
        assertEquals(List.of("200 result=1", "HANGUP", "200 result=1 (100)"), kit.told);
        assertEquals("NoOp(h)", world.ran().getLast());
    }

    @Test
    void inHTheChannelIsDead() {
        kit.says("ANSWER", "NOOP");
        world.leaves(100).run("Answer()\nWait(5)\nexten => h,1,DeadAGI(script)\nexten => h,2,NoOp(${AGISTATUS})");
        assertEquals(
                List.of("511 Command Not Permitted on a dead channel or intercept routine", "200 result=0"), kit.told);
        assertEquals("NoOp(SUCCESS)", world.ran().getLast());
    }

    @Test
    void aScriptThatHangsIsEnded() {
        kit.silentAtTheEnd = true;
        kit.says("NOOP");
        world.run("Answer()\nAGI(script)\nNoOp(${AGISTATUS})");
        assertEquals(300_000, world.lengthMs());
        assertEquals("NoOp(FAILURE)", world.ran().getLast());
        assertTrue(world.problems().toString().contains("agi-timeout"));
        assertTrue(kit.closed);
    }

    @Test
    void afterTheHangupAScriptHasAMinute() {
        kit.silentAtTheEnd = true;
        world.leaves(1_000).run("Answer()\nAGI(script)");
        assertEquals(61_000, world.lengthMs());
    }

    @Test
    void rubbishWithoutEndIsEnded() {
        kit.endless = true;
        kit.says("lorem ipsum");
        world.run("Answer()\nAGI(script)\nNoOp(${AGISTATUS})");
        assertEquals("NoOp(FAILURE)", world.ran().getLast());
        assertEquals(AgiSession.MOST_RUBBISH, kit.told.size());
        assertTrue(world.problems().toString().contains("lorem ipsum"));
    }

    @Test
    void commandsWithoutEndLetTheCallBreatheAndItsHangupIsSeen() {
        kit.endless = true;
        kit.says("NOOP");
        kit.settings = new AgiSettings(300, 1, true);
        world.leaves(1_000).run("Answer()\nAGI(script)\nNoOp(never)");
        assertFalse(world.ran().contains("NoOp(never)"));
        assertTrue(kit.told.contains("HANGUP"));
    }

    @Test
    void aScriptThatDoesNotReadIsEnded() {
        kit.deaf = true;
        kit.says("NOOP", "NOOP");
        world.run("Answer()\nAGI(script)\nNoOp(${AGISTATUS})");
        assertEquals("NoOp(FAILURE)", world.ran().getLast());
    }
}
