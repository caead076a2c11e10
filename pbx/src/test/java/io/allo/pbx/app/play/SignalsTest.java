package io.allo.pbx.app.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.app.CallerWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalsTest {
    @TempDir
    Path sounds;

    private CallerWorld run(String dialplan) {
        return new CallerWorld(sounds).run(dialplan);
    }

    @Test
    void answerWaitsForItsDelay() {
        var world = run("Answer(700)\nAnswer(700)");
        assertEquals(List.of("answer", "hangup 16"), world.told());
        assertEquals(700, world.lengthMs());
    }

    @Test
    void ringingBeforeAnAnswerIsTheTonePhonesMakeAndAfterItAllos() {
        var world = run("Ringing()\nAnswer()\nRinging()\nWait(2)\nStopPlayTones()");
        assertEquals(List.of("ring", "answer", "hangup 16"), world.told());
        assertEquals(List.of("0 440Hz/1500 0Hz/3500", "2000 stop at 2000"), world.heard());
    }

    @Test
    void busyRefusesACallThatWasNotAnswered() {
        assertEquals(List.of("hangup 17"), run("Busy(5)\nNoOp()").told());
        assertEquals(List.of("hangup 34"), run("Congestion()").told());
    }

    @Test
    void busySoundsInACallThatWasAnswered() {
        var world = run("Answer()\nBusy(5)");
        assertEquals(List.of("0 440Hz/500 0Hz/500"), world.heard());
        assertEquals(List.of("answer", "hangup 17"), world.told());
        assertEquals(5_000, world.lengthMs());
    }

    @Test
    void congestionWithoutATimeLastsUntilTheCallerLeaves() {
        var world = new CallerWorld(sounds).leaves(60_000).run("Answer()\nCongestion()");
        assertEquals(List.of("answer", "left 16"), world.told());
    }

    @Test
    void hangupTakesNumbersAndNames() {
        assertEquals(List.of("hangup 21"), run("Hangup(21)").told());
        assertEquals(List.of("hangup 17"), run("Hangup(USER_BUSY)").told());
        assertEquals(List.of("hangup 17"), run("Set(HANGUPCAUSE=17)\nHangup()").told());
        var unknown = run("Hangup(nonsense)");
        assertEquals(List.of("hangup 16"), unknown.told());
        assertTrue(unknown.problems().getFirst().contains("nonsense"));
    }

    @Test
    void waitTakesFractionsAndUnits() {
        assertEquals(1_500, run("Wait(1.5)").lengthMs());
        assertEquals(300, run("Wait(300ms)").lengthMs());
        var wrong = run("Wait(soon)\nNoOp(after)");
        assertEquals(0, wrong.lengthMs());
        assertTrue(wrong.ran().contains("NoOp(after)"));
    }

    @Test
    void milliwattSoundsUntilTheCallerLeaves() {
        var world = new CallerWorld(sounds).keys(100, "#").leaves(9_000).run("Milliwatt()");
        assertEquals(List.of("0 1004Hz/0"), world.heard());
        assertEquals(9_000, world.lengthMs());
    }

    @Test
    void tonesSoundWhileTheDialplanGoesOn() {
        var world = run("Answer()\nPlayTones(440+480/2000,0/4000)\nWait(1)\nStopPlayTones()\nPlayTones(what)");
        assertEquals(List.of("0 440Hz/2000 0Hz/4000", "1000 stop at 1000"), world.heard());
        assertTrue(world.problems().getFirst().contains("what is neither a tone"));
    }

    @Test
    void echoSendsSoundAndKeysBackUntilHash() {
        var world = new CallerWorld(sounds).keys(500, "4").keys(2000, "#").run("Answer()\nEcho()\nNoOp(after)");
        assertEquals(List.of("0 echo true", "500 send 4 100/100", "2000 echo false"), world.heard());
        assertTrue(world.ran().contains("NoOp(after)"));
    }

    @Test
    void sendDtmfWaitsUntilTheDigitsAreOut() {
        var world = run("Answer()\nSendDTMF(12w3,200,50)");
        assertEquals(List.of("0 send 12 50/200", "1000 send 3 50/200"), world.heard());
        assertEquals(1_250, world.lengthMs());
        assertTrue(run("SendDTMF(12x)").problems().getFirst().contains("12x"));
        assertTrue(run("SendDTMF(12,,,PJSIP/other-1)").problems().getFirst().contains("PJSIP/other-1"));
    }
}
