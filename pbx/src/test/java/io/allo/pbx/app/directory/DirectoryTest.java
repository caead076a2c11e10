package io.allo.pbx.app.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.app.CallerWorld;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.voicemail.Spool;
import io.allo.pbx.voicemail.VoicemailConf;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
    private static final String CONF = """
            [default]
            101 => 1,Éric Lefèvre
            102 => 1,Anna Leffer
            103 => 1,Zoé Müller
            104 => 1,Hidden Leffert,,,hidefromdir=yes
            [other]
            105 => 1,Carl Lefort
            """;
    private static final String COLLEAGUES = "\nexten => _10X,1,NoOp(called ${EXTEN} ${DIRECTORY_RESULT})";

    @TempDir
    Path directory;

    private CallerWorld caller() {
        var file = new ConfParser(ConfSource.of(Map.of("voicemail.conf", CONF))).parse("voicemail.conf");
        var settings = VoicemailConf.read(file, problem -> {});
        var world = new CallerWorld(directory.resolve("sounds"));
        world.records(
                300,
                "dir-intro",
                "dir-intro-fn",
                "dir-welcome",
                "dir-pls-enter",
                "dir-firstlast",
                "dir-first",
                "dir-last",
                "dir-usingkeypad",
                "dir-instr",
                "dir-nomatch",
                "dir-nomore",
                "dir-multi1",
                "dir-multi2",
                "dir-multi9",
                "pbx-invalid",
                "vm-extension",
                "digits/1",
                "digits/2",
                "digits/3",
                "digits/0");
        for (char letter = 'a'; letter <= 'z'; letter++) world.records(50, "letters/" + letter);
        return world.registers((runner, prompts) ->
                Directory.register(runner, prompts, () -> settings, new Spool(directory.resolve("voicemail"))));
    }

    @Test
    void keysOfNamesFoldAccents() {
        assertEquals("5333873", SpelledName.keys("Lefèvre"));
        assertEquals("685537", SpelledName.keys("Müller"));
        assertEquals("Lefèvre", SpelledName.last("Éric Lefèvre"));
        assertEquals("Zoé", SpelledName.first("Zoé"));
    }

    @Test
    void theFirstThreeLettersOfTheLastNameFindAndOneKeyTakes() {
        var world = caller().hears("dir-intro", "685").hears("dir-instr", "1").run("Directory(default)" + COLLEAGUES);
        assertEquals("NoOp(called 103 SELECTED)", world.ran().getLast());
    }

    @Test
    void starGoesToTheNextOfTheSameLettersAndHiddenOnesAreNotSaid() {
        var world = caller().hears("dir-intro", "533")
                .hears("dir-instr", "*")
                .hears("dir-instr", "1")
                .run("Directory(default)" + COLLEAGUES);
        assertEquals("NoOp(called 101 SELECTED)", world.ran().getLast());
    }

    @Test
    void aMenuOffersAllAtOnce() {
        var world =
                caller().hears("dir-intro", "533").hears("dir-multi1", "2").run("Directory(default,,m)" + COLLEAGUES);
        assertEquals("NoOp(called 101 SELECTED)", world.ran().getLast());
    }

    @Test
    void firstNamesAndEitherAreSearchedToo() {
        var world =
                caller().hears("dir-intro-fn", "266").hears("dir-instr", "1").run("Directory(default,,f)" + COLLEAGUES);
        assertEquals("NoOp(called 102 SELECTED)", world.ran().getLast());
        world = caller().hears("dir-firstlast", "963")
                .hears("dir-instr", "1")
                .run("Directory(default,,b)" + COLLEAGUES);
        assertEquals("NoOp(called 103 SELECTED)", world.ran().getLast());
    }

    @Test
    void nobodyOfThatNameIsSaidAndAskedAgain() {
        var world = caller().hears("dir-intro", "999")
                .hears("dir-nomatch", "")
                .hears("dir-intro", "685")
                .hears("dir-instr", "1")
                .run("Directory(default)" + COLLEAGUES);
        assertEquals("NoOp(called 103 SELECTED)", world.ran().getLast());
    }

    @Test
    void zeroLeadsToTheOperatorAndStarToTheAssistant() {
        var world =
                caller().hears("dir-intro", "0").run("Directory(default)\nexten => o,1,NoOp(o ${DIRECTORY_RESULT})");
        assertEquals("NoOp(o OPERATOR)", world.ran().getLast());
        world = caller().hears("dir-intro", "*").run("Directory(default)\nexten => a,1,NoOp(a ${DIRECTORY_RESULT})");
        assertEquals("NoOp(a ASSISTANT)", world.ran().getLast());
    }

    @Test
    void whoSaysNothingGoesOnInTheDialplan() {
        var world = caller().run("Directory(default)\nNoOp(${DIRECTORY_RESULT})");
        assertEquals("NoOp(TIMEOUT)", world.ran().getLast());
    }

    @Test
    void aMailboxWithoutAnExtensionIsToldAsAProblem() {
        var world = caller().hears("dir-intro", "685")
                .hears("dir-instr", "1")
                .run("Directory(default,nowhere)\nNoOp(${DIRECTORY_RESULT})");
        assertEquals("NoOp(FAILED)", world.ran().getLast());
        assertTrue(
                world.problems().getLast().startsWith("directory-extension"),
                List.copyOf(world.problems()).toString());
    }
}
