package io.allo.pbx.app.dial;

import static io.allo.pbx.app.dial.DialTown.*;
import static org.junit.jupiter.api.Assertions.*;

import io.allo.pbx.call.*;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.fraud.CutWarning;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/** Two who talk: what is done first, what keys and time do, and who goes where in the end. */
class TalkTest {
    @TempDir
    private Path sounds;

    private DialTown town;

    @BeforeEach
    void build() {
        town = new DialTown(sounds);
    }

    // ---- the end

    @Test
    void withGTheDialplanGoesOnAfterTheCalledSideHungUp() {
        town.phone("bob", answers(1_000), leaves(3_000)).run("""
                Dial(Phone/bob,20,g)
                Say(${DIALSTATUS} ${ANSWEREDTIME} ${HANGUPCAUSE})
                """);
        assertEquals(List.of("ANSWER 2 16"), town.said);
    }

    @Test
    void theCalledSideIsHungUpWhenTheCallerLeavesEvenWithG() {
        town.phone("bob", answers(1_000)).caller(leaves(3_000)).run("""
                Dial(Phone/bob,20,g)
                Say(never)
                exten => h,1,Say(${DIALSTATUS} ${ANSWEREDTIME_MS})
                """);
        assertEquals(List.of("ANSWER 2000"), town.said);
        assertEquals("3000 hangup 16", town.notes("bob").getLast());
    }

    @Test
    void bothHangingUpInTheSameMomentEndsBoth() {
        town.phone("bob", answers(1_000), leaves(3_000)).caller(leaves(3_000)).run("Dial(Phone/bob,20)");
        assertEquals("3000 left 16", town.notes("caller").getLast());
        assertTrue(List.of("3000 left 16", "3000 hangup 16")
                .contains(town.notes("bob").getLast()));
    }

    @Test
    void withFTheCalledSideGoesOnAlone() {
        town.phone("bob", answers(1_000), leaves(9_000)).caller(leaves(3_000)).run("""
                Dial(Phone/bob,20,F(after^s^1))
                [after]
                exten => s,1,Wait(2)
                exten => s,2,Say(survey)
                exten => s,3,Wait(60)
                """);
        assertEquals(List.of("survey"), town.said);
        assertEquals("9000 left 16", town.notes("bob").getLast());
    }

    @Test
    void fWithoutAPlaceIsTheNextPriority() {
        town.phone("bob", answers(1_000)).caller(leaves(3_000)).run("""
                Dial(Phone/bob,20,F)
                Say(next)
                """);
        assertEquals(List.of("next"), town.said);
        assertEquals("3000 hangup 16", town.notes("bob").getLast());
    }

    @Test
    void eRunsHForTheCalledSideToo() {
        town.phone("bob", answers(1_000), leaves(3_000)).run("""
                Dial(Phone/bob,20,e)
                exten => h,1,Say(h)
                """);
        assertEquals(List.of("h", "h"), town.said);
    }

    @Test
    void capitalGSendsBothIntoTheDialplan() {
        town.phone("bob", answers(1_000)).run("""
                Dial(Phone/bob,20,G(after^s^1))
                [after]
                exten => s,1,Goto(caller)
                exten => s,2,Say(called)
                exten => s,3,Hangup()
                exten => s,10(caller),Say(caller)
                """);
        assertEquals(List.of("called", "caller"), town.said.stream().sorted().toList());
    }

    @Test
    void silenceOnOneSideEndsTheCallWithAReason() {
        town.phone(
                        "bob",
                        answers(1_000),
                        new Act(
                                8_000,
                                new ChannelEvent.HangupRequested(
                                        HangupCause.RECOVERY_ON_TIMER_EXPIRE, "no sound came for 30 s (rtp_timeout)")))
                .run("Dial(Phone/bob,20)");
        assertEquals("8000 hangup 102", town.notes("caller").getLast());
        assertTrue(town.events.stream()
                .anyMatch(e -> e instanceof CallEvent.HungUp end && end.why().contains("rtp_timeout")));
    }

    @Test
    void aRedirectOfTheCallWhileTheyTalkHangsTheOtherUp() {
        town.phone("bob", answers(1_000))
                .caller(new Act(2_000, new ChannelEvent.RedirectRequested(new DialplanLocation("a", "200", 1))))
                .run("""
                Dial(Phone/bob,20)
                exten => 200,1,Say(moved)
                """);
        assertEquals(List.of("moved"), town.said);
        assertEquals("2000 hangup 16", town.notes("bob").getLast());
    }

    // ---- time

    @Test
    void sEndsTheTalkAfterSoManySeconds() {
        town.phone("bob", answers(1_000)).run("""
                Dial(Phone/bob,20,S(2.5)g)
                Say(${ANSWEREDTIME_MS})
                """);
        assertEquals(List.of("2500"), town.said);
    }

    @Test
    void lEndsTheTalkAndWarnsBefore() {
        town.phone("bob", answers(1_000)).run("Dial(Phone/bob,20,L(10000:5000:2000))");
        assertEquals("11000 hangup 16", town.notes("caller").getLast());
        assertEquals("11000 hangup 16", town.notes("bob").getLast());
        assertEquals(
                List.of("6000 play to 1: 1400Hz", "8000 play to 1: 1400Hz", "10000 play to 1: 1400Hz"),
                town.notes("media").stream().filter(n -> n.contains("1400Hz")).toList());
    }

    @Test
    void whoHearsTheWarningIsSetByVariables() {
        town.phone("bob", answers(1_000)).run("""
                Set(LIMIT_PLAYAUDIO_CALLER=no)
                Set(LIMIT_PLAYAUDIO_CALLEE=yes)
                Dial(Phone/bob,20,L(10000:5000))
                """);
        assertEquals(
                List.of("6000 play to 2: 1400Hz"),
                town.notes("media").stream().filter(n -> n.contains("1400Hz")).toList());
    }

    @Test
    void aLimitThatIsNoNumberIsReportedAndIsNone() {
        town.phone("bob", answers(1_000), leaves(60_000)).run("Dial(Phone/bob,20,L(ten))");
        assertTrue(town.problems.getFirst().contains("ten"));
        assertEquals("60000 left 16", town.notes("bob").getLast());
    }

    // ---- keys

    @Test
    void digitsPassFromSideToSide() {
        town.phone("bob", answers(1_000), presses(3_000, '5'), leaves(5_000))
                .caller(presses(2_000, '*'))
                .run("Dial(Phone/bob,20)");
        assertTrue(town.notes("bob").contains("2000 digits *"));
        assertTrue(town.notes("caller").contains("3000 digits 5"));
    }

    @Test
    void withHTheCalledSidesStarEndsTheTalkAndIsNotPassedOn() {
        town.phone("bob", answers(1_000), presses(3_000, '*')).run("Dial(Phone/bob,20,h)");
        assertEquals("3000 hangup 16", town.notes("caller").getLast());
        assertTrue(town.notes("media").contains("1000 pass 2 false"));
        assertTrue(town.notes("media").contains("3000 pass 2 true"));
        assertFalse(town.notes("caller").contains("3000 digits *"));
    }

    @Test
    void withHTheCallersStarIsADigitLikeAnother() {
        town.phone("bob", answers(1_000), leaves(5_000))
                .caller(presses(2_000, '*'))
                .run("Dial(Phone/bob,20,h)");
        assertTrue(town.notes("bob").contains("2000 digits *"));
    }

    @Test
    void withCapitalHTheCallersStarEndsTheTalk() {
        town.phone("bob", answers(1_000)).caller(presses(2_000, '*')).run("Dial(Phone/bob,20,H)");
        assertEquals("2000 hangup 16", town.notes("bob").getLast());
    }

    @Test
    void withTTheCalledSideTransfersTheCaller() {
        town.phone("bob", answers(1_000), presses(2_000, '#'), presses(2_500, '2'), presses(2_800, '0'))
                .phone("carol", answers(500), leaves(2_000))
                .run("""
                Dial(Phone/bob,20,t)
                exten => 20,1,Say(transferred by ${CUT(BLINDTRANSFER,-,1)})
                exten => 20,2,Dial(Phone/carol)
                """.replace("${CUT(BLINDTRANSFER,-,1)}", "${BLINDTRANSFER:0:9}"));
        assertEquals(
                List.of("transferred by Phone/bob"),
                town.said.stream().map(s -> s.replace("-", "")).toList());
        assertEquals("2800 hangup 16", town.notes("bob").getLast());
        assertEquals("carol", town.variable("DIALEDPEERNUMBER"));
    }

    @Test
    void withCapitalTTheCallerTransfersTheCalledSide() {
        town.phone("bob", answers(1_000), leaves(9_000))
                .caller(presses(2_000, '#'), presses(2_500, '2'), presses(2_800, '0'))
                .run("""
                Set(__TRANSFER_CONTEXT=out)
                Dial(Phone/bob,20,T)
                [out]
                exten => 20,1,Say(transferred)
                exten => 20,2,Wait(60)
                """);
        assertEquals(List.of("transferred"), town.said);
        assertEquals("2800 hangup 16", town.notes("caller").getLast());
        assertEquals("9000 left 16", town.notes("bob").getLast());
    }

    @Test
    void aTransferToNowhereJoinsTheTwoAgain() {
        town.phone("bob", answers(1_000), presses(2_000, '#'), presses(2_500, '9'), leaves(20_000))
                .run("Dial(Phone/bob,20,t)");
        var joins = town.notes("media").stream().filter(n -> n.contains("join")).toList();
        assertEquals(2, joins.size(), joins::toString);
        assertTrue(town.problems.stream().anyMatch(p -> p.startsWith("transfer:")));
        assertEquals("20000 left 16", town.notes("bob").getLast());
    }

    @Test
    void aSideThatHangsUpWhileItTransfersEndsTheTalk() {
        town.phone("bob", answers(1_000), presses(2_000, '#'), leaves(2_500)).run("Dial(Phone/bob,20,t)");
        assertEquals("2500 hangup 16", town.notes("caller").getLast());
    }

    @Test
    void dSendsDigitsToBothAfterTheAnswer() {
        town.phone("bob", answers(1_000), leaves(20_000)).run("Dial(Phone/bob,20,D(1ww2:9))");
        assertTrue(town.notes("bob").containsAll(List.of("1000 digits 1", "2350 digits 2")), town.notes::toString);
        assertTrue(town.notes("caller").contains("2700 digits 9"), town.notes::toString);
        assertTrue(town.notes("media").contains("3050 join 1 2"), town.notes::toString);
    }

    // ---- the called side's subroutine

    @Test
    void uRunsOnTheCalledSideBeforeTheyTalk() {
        town.phone("bob", answers(1_000), leaves(5_000)).run("""
                Dial(Phone/bob,20,U(sub^x^y))
                [sub]
                exten => s,1,Say(${ARG1}${ARG2} ${CHANNEL:0:9})
                exten => s,2,Wait(1)
                exten => s,3,Return()
                """);
        assertEquals(
                List.of("xy Phone/bob"),
                town.said.stream().map(s -> s.replaceFirst("-$", "")).toList());
        assertTrue(town.notes("caller").contains("2000 answer"));
    }

    private List<String> result(String result) {
        town.phone("bob", answers(1_000), leaves(50_000)).run("""
                Dial(Phone/bob,20,U(sub))
                Say(on ${DIALSTATUS} ${HANGUPCAUSE})
                exten => h,1,Say(h ${DIALSTATUS})
                exten => 200,1,Say(went)
                [sub]
                exten => s,1,Set(GOSUB_RESULT=%s)
                exten => s,2,Return()
                """.formatted(result));
        assertEquals("1000 hangup 16", town.notes("bob").getLast());
        assertFalse(town.notes("caller").contains("1000 answer"));
        return town.said;
    }

    @Test
    void gosubResultAbortEndsBoth() {
        assertEquals(List.of("h ANSWER"), result("ABORT"));
    }

    @Test
    void gosubResultBusyIsBusy() {
        assertEquals(List.of("on BUSY 17", "h BUSY"), result("BUSY"));
    }

    @Test
    void gosubResultCongestionIsCongestion() {
        assertEquals(List.of("on CONGESTION 34", "h CONGESTION"), result("CONGESTION"));
    }

    @Test
    void gosubResultContinueGoesOnWithoutThem() {
        assertEquals("on ANSWER 0", result("CONTINUE").getFirst());
    }

    @Test
    void gosubResultGotoSendsTheCallerThere() {
        assertEquals(List.of("went", "h ANSWER"), result("GOTO:a^200^1"));
    }

    @Test
    void mIsAMacroOnTheCalledSide() {
        town.phone("bob", answers(1_000), leaves(5_000)).run("""
                Dial(Phone/bob,20,M(screen^x))
                Say(${DIALSTATUS})
                [macro-screen]
                exten => s,1,Set(MACRO_RESULT=BUSY)
                """);
        assertEquals(List.of("BUSY"), town.said);
    }

    @Test
    void aCalledSideThatHangsUpInItsSubroutineEndsTheCall() {
        town.phone("bob", answers(1_000), leaves(2_000)).run("""
                Dial(Phone/bob,20,U(sub))
                Say(never)
                [sub]
                exten => s,1,Wait(60)
                """);
        assertEquals("2000 hangup 16", town.notes("caller").getLast());
    }

    @Test
    void aCallerWhoHangsUpDuringTheSubroutineEndsTheCallAfterIt() {
        town.phone("bob", answers(1_000)).caller(leaves(2_000)).run("""
                Dial(Phone/bob,20,U(sub))
                [sub]
                exten => s,1,Wait(3)
                """);
        assertEquals("4000 hangup 16", town.notes("bob").getLast());
        assertFalse(town.notes("caller").contains("4000 answer"));
    }

    // ---- who is who, and hold

    @Test
    void aCallerWhoWasAnsweredIsToldWhoAnswered() {
        town.phone("bob", answers(1_000), leaves(2_000)).run("""
                Answer()
                Dial(Phone/bob,20)
                """);
        assertTrue(town.notes("caller").contains("1000 connected to bob"));
        assertEquals("bob", town.caller.connectedLine().number());
    }

    @Test
    void withCapitalINobodyIsToldOfChanges() {
        town.phone(
                        "bob",
                        answers(1_000),
                        new Act(2_000, new ChannelEvent.ConnectedLineChanged(PartyId.UNKNOWN.withNumber("77"))),
                        leaves(3_000))
                .run("""
                Answer()
                Dial(Phone/bob,20,I)
                """);
        assertTrue(town.notes("caller").stream().noneMatch(n -> n.contains("connected")));
    }

    @Test
    void aChangedPartyIsToldToTheOtherSide() {
        town.phone(
                        "bob",
                        answers(1_000),
                        new Act(2_000, new ChannelEvent.ConnectedLineChanged(PartyId.UNKNOWN.withNumber("77"))),
                        leaves(3_000))
                .run("Dial(Phone/bob,20)");
        assertTrue(town.notes("caller").contains("2000 connected to 77"));
    }

    @Test
    void holdIsPassedOnToTheOtherSide() {
        town.phone(
                        "bob",
                        answers(1_000),
                        new Act(2_000, new ChannelEvent.Hold(true)),
                        new Act(3_000, new ChannelEvent.Hold(false)),
                        leaves(4_000))
                .run("Dial(Phone/bob,20)");
        assertTrue(town.notes("caller").containsAll(List.of("2000 held", "3000 resumed")));
    }

    @Test
    void whoIsHeldHearsMusicUntilHeIsTakenBack() {
        town.phone(
                        "bob",
                        answers(1_000),
                        new Act(2_000, new ChannelEvent.Hold(true)),
                        new Act(3_000, new ChannelEvent.Hold(false)),
                        leaves(4_000))
                .run("Dial(Phone/bob,20)");
        var media = town.notes("media");
        assertTrue(media.contains("2000 play to 1: music default"), media.toString());
        assertTrue(media.contains("3000 stop 1"), media.toString());
    }

    @Test
    void soundThatIsSettledAfterTheAnswerJoinsThem() {
        town.phone("bob", answers(1_000), leaves(5_000))
                .caller(new Act(2_000, new ChannelEvent.MediaReady()))
                .run("Dial(Phone/bob,20)");
        assertEquals(List.of("1000 join 1 2", "2000 join 1 2", "5000 leave 1"), town.notes("media"));
    }

    // ---- what is played

    private void record(int ms, String... names) {
        new io.allo.pbx.app.CallerWorld(sounds).records(ms, names);
    }

    @Test
    void anAnnouncementIsHeardByTheCalledSideBeforeTheyTalk() {
        record(1_500, "this-is-sales");
        town.phone("bob", answers(1_000), leaves(9_000)).run("Dial(Phone/bob,20,A(this-is-sales))");
        assertEquals(List.of("1000 play to 2: this-is-sales", "2500 join 1 2", "9000 leave 1"), town.notes("media"));
        assertEquals("2500 answer", town.notes("caller").getFirst());
    }

    @Test
    void eachSideMayHearAnAnnouncementOfItsOwn() {
        record(1_500, "this-is-sales", "one-moment");
        town.phone("bob", answers(1_000), leaves(9_000)).run("Dial(Phone/bob,20,A(this-is-sales:one-moment))");
        assertEquals(
                List.of("1000 play to 1: one-moment", "1000 play to 2: this-is-sales", "2500 join 1 2"),
                town.notes("media").subList(0, 3));
    }

    @Test
    void aCalledSideThatHangsUpDuringTheAnnouncementEndsTheCall() {
        record(5_000, "this-is-sales");
        town.phone("bob", answers(1_000), leaves(2_000)).run("""
                Dial(Phone/bob,20,A(this-is-sales)g)
                Say(on)
                """);
        assertEquals(List.of("on"), town.said);
        assertFalse(town.notes("caller").contains("2000 answer"));
    }

    @Test
    void theLimitsSoundsAreThoseOfItsVariables() {
        record(1_000, "go", "soon", "over");
        town.phone("bob", answers(1_000)).run("""
                Set(LIMIT_CONNECT_FILE=go)
                Set(LIMIT_WARNING_FILE=soon)
                Set(LIMIT_TIMEOUT_FILE=over)
                Dial(Phone/bob,20,L(10000:5000))
                """);
        assertEquals(
                List.of("1000 play to 1: go", "6000 play to 1: soon", "11000 play to 1: over"),
                town.notes("media").stream().filter(n -> n.contains("play to")).toList());
    }

    private DialTown.Act warnsTheCaller(long ms, long leftSeconds) {
        return new DialTown.Act(
                ms, new ChannelEvent.Aside(call -> new CutWarning(town.prompts).accept(town.caller, leftSeconds)));
    }

    @Test
    void whoeverIsAboutToBeCutOffHearsItInTheMiddleOfTheTalkAndGoesOn() {
        record(300, "beep", "vm-youhave", "digits/1", "queue-minutes", "digits/30", "queue-seconds");
        town.phone("bob", answers(1_000), warnsTheCaller(5_000, 93), leaves(20_000))
                .run("Dial(Phone/bob,20)");
        assertEquals(
                List.of("5000 play to 1: beep vm-youhave digits/1 queue-minutes digits/30 queue-seconds"),
                town.notes("media").stream().filter(n -> n.contains("play to")).toList());
        assertEquals("20000 hangup 16", town.notes("caller").getLast());
    }

    @Test
    void whereNothingIsRecordedTheWarningIsABeep() {
        town.phone("bob", answers(1_000), warnsTheCaller(5_000, 60), leaves(20_000))
                .run("Dial(Phone/bob,20)");
        assertEquals(
                1,
                town.notes("media").stream()
                        .filter(n -> n.contains("5000 play to 1: 1400Hz"))
                        .count());
    }

    @Test
    void theTimeThatIsLeftIsSaidInWords() {
        record(300, "vm-youhave", "digits/1", "queue-minutes", "digits/30", "queue-seconds");
        town.phone("bob", answers(1_000)).run("Dial(Phone/bob,20,L(100000:90000))");
        assertEquals(
                "11000 play to 1: vm-youhave digits/1 queue-minutes digits/30 queue-seconds",
                town.notes("media").stream()
                        .filter(n -> n.contains("play to"))
                        .findFirst()
                        .orElseThrow());
    }
}
