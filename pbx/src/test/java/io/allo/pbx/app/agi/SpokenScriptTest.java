package io.allo.pbx.app.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.sound.SoundLibrary;
import io.allo.io.speech.SpeechException;
import io.allo.io.speech.SpeechSynthesis;
import io.allo.pbx.app.CallerWorld;
import io.allo.pbx.app.ivr.IvrApplications;
import io.allo.pbx.app.play.PlayApplications;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.prompt.Voice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts in dialplans, and googletts.agi and its kin without their scripts. The voice is a test's: a second of silence. */
class SpokenScriptTest {
    @TempDir
    Path sounds;

    private final List<String> spoken = new ArrayList<>();
    private CallerWorld world;

    @BeforeEach
    void prepare() {
        world = new CallerWorld(sounds).records(1_000, "voice", "menu");
        SpeechSynthesis voice = text -> {
            if (text.text().equals("unspeakable")) {
                throw new SpeechException("no voice is installed: apt-get install espeak-ng", "aucune voix");
            }
            spoken.add(text.language() + " " + text.speed() + " " + text.text());
            return sounds.resolve("voice");
        };
        var prompts =
                new Prompts(world.media(), new SoundLibrary(List.of(sounds)), "fr", new Voice(voice, Runnable::run));
        PlayApplications.register(world.runner(), prompts);
        IvrApplications.register(world.runner(), prompts);
        var kit = new ScriptKit(world);
        var plain = kit.agiWorld();
        AgiApplications.register(
                world.runner(),
                new AgiWorld(
                        kit,
                        prompts,
                        plain.recorder(),
                        plain.sounds(),
                        plain.calls(),
                        plain.database(),
                        plain.settings(),
                        plain.version()));
    }

    @Test
    void textsAreSpokenInPlaybackAndBackground() {
        world.language("fr").keys(2_300, "7").run("""
                Playback(tts:Bonjour à tous&menu)
                Background(tts:Press one,,en)
                NoOp(never)
                exten => 7,1,NoOp(seven)
                """);
        assertEquals("NoOp(seven)", world.ran().getLast());
        assertEquals(List.of("fr 1.0 Bonjour à tous", "en 1.0 Press one"), spoken);
        assertEquals("SUCCESS", world.variable("PLAYBACKSTATUS"));
    }

    @Test
    void readAsksWithATextThatHasAComma() {
        world.language("fr").keys(400, "12#").run("Read(PIN,\"tts:Votre code, svp\",4)\nNoOp(${PIN})");
        assertEquals(List.of("fr 1.0 Votre code, svp"), spoken);
        assertEquals("NoOp(12)", world.ran().getLast());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "googletts.agi,\"Bonjour, toi\",fr|fr 1.0 Bonjour, toi",
                "GoogleTTS.AGI,Hello,en-US,any,1.2|en_US 1.2 Hello",
                "picotts.agi,Salut,fr-FR|fr_FR 1.0 Salut",
                "espeak,Hi|es 1.0 Hi",
                "flite.agi,Hi,any|es 1.0 Hi",
                "polly.php,Bonsoir,Celine|fr 1.0 Bonsoir",
                "/usr/share/asterisk/agi-bin/googletts.agi,Ciao,it|it 1.0 Ciao"
            })
    void scriptsThatSpeakAreSpokenByAllo(String request, String expected) {
        world.language("es").run("AGI(" + request + ")\nNoOp(${AGISTATUS})");
        assertEquals(List.of(expected), spoken);
        assertEquals("NoOp(SUCCESS)", world.ran().getLast());
        assertEquals("answer", world.told().getFirst());
    }

    @Test
    void aKeyThatInterruptsIsTheExtension() {
        world.keys(200, "5").keys(400, "2").run("""
                AGI(googletts.agi,Menu,fr,123)
                NoOp(never)
                exten => 2,1,NoOp(two)
                """);
        assertEquals("NoOp(two)", world.ran().getLast());
        assertTrue(world.heard().contains("400 stop at 400"), world.heard().toString());
    }

    @Test
    void whatCannotBeSpokenIsSaidAndTheCallGoesOn() {
        world.run(
                "AGI(googletts.agi,unspeakable,fr)\nNoOp(${AGISTATUS})\nPlayback(tts:unspeakable)\nNoOp(${PLAYBACKSTATUS})");
        assertTrue(world.ran().contains("NoOp(FAILURE)"));
        assertEquals("NoOp(FAILED)", world.ran().getLast());
        assertTrue(
                world.problems().toString().contains("apt-get install espeak-ng"),
                world.problems().toString());
    }

    @Test
    void otherScriptsAreNotSpoken() {
        world.run("AGI(missing)\nNoOp(${AGISTATUS})");
        assertEquals("NoOp(NOTFOUND)", world.ran().getLast());
        assertEquals(List.of(), spoken);
    }
}
