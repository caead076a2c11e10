package io.allo.pbx.app.dial;

import static io.allo.pbx.app.dial.DialTown.*;
import static org.junit.jupiter.api.Assertions.*;

import io.allo.pbx.call.*;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/** From Dial's first moment to an answer, or to why there was none. */
class DialRingTest {
    @TempDir
    private Path sounds;

    private DialTown town;

    @BeforeEach
    void build() {
        town = new DialTown(sounds);
    }

    @Test
    void ringingIsShownAndTheAnswerJoinsTheTwo() {
        town.phone("bob", rings(200), answers(3_000), leaves(10_000)).run("""
                Dial(Phone/bob,20)
                Say(never)
                exten => h,1,Say(${DIALSTATUS} ${HANGUPCAUSE} ${DIALEDTIME} ${ANSWEREDTIME} ${DIALEDTIME_MS} ${ANSWEREDTIME_MS} ${RINGTIME_MS})
                """);
        assertEquals(List.of("200 ring", "3000 answer", "10000 hangup 16"), town.notes("caller"));
        assertEquals(List.of("0 dialed by \"Carl\" <55>", "10000 left 16"), town.notes("bob"));
        assertEquals(List.of("3000 join 1 2", "10000 leave 1"), town.notes("media"));
        assertEquals(List.of("ANSWER 16 10 7 10000 7000 200"), town.said);
        assertEquals(List.of("ANSWER"), town.outcomes());
        assertEquals("bob", town.variable("DIALEDPEERNUMBER"));
        assertEquals(town.phones.get("bob").name(), town.variable("DIALEDPEERNAME"));
    }

    @Test
    void nobodyAnswersInTimeAndTheDialplanGoesOn() {
        town.phone("bob", rings(100)).run("""
                Dial(Phone/bob,2.5)
                Say(${DIALSTATUS} ${HANGUPCAUSE} ${DIALEDTIME_MS} [${ANSWEREDTIME}])
                """);
        assertEquals(List.of("NOANSWER 19 2500 []"), town.said);
        assertEquals(List.of("0 dialed by \"Carl\" <55>", "2500 hangup 19"), town.notes("bob"));
        assertEquals(List.of("NOANSWER"), town.outcomes());
    }

    @Test
    void aBusyPhoneIsBusyAtOnceWithTheReasonInTheLog() {
        town.phone("bob", busy(50)).run("""
                Dial(Phone/bob,20)
                Say(${DIALSTATUS} ${HANGUPCAUSE})
                """);
        assertEquals(List.of("BUSY 17"), town.said);
        assertEquals(List.of("dial-failed: Phone/bob: 486 Busy Here"), town.problems);
    }

    @Test
    void aPhoneWithoutContactIsUnavailableWithAPlainReason() {
        town.run("""
                Dial(Phone/nobody,20)
                Say(${DIALSTATUS} ${HANGUPCAUSE})
                """);
        assertEquals(List.of("CHANUNAVAIL 20"), town.said);
        assertEquals(List.of("dial: Phone/nobody: nobody is not registered"), town.problems);
    }

    @Test
    void anUnknownTechnologyIsUnavailable() {
        town.run("""
                Dial(DAHDI/1,20)
                Say(${DIALSTATUS})
                """);
        assertEquals(List.of("CHANUNAVAIL"), town.said);
        assertTrue(town.problems.getFirst().contains("DAHDI/1"), town.problems::toString);
    }

    @Test
    void aCongestedTrunkIsCongestion() {
        town.phone("trunk", ends(10, HangupCause.TEMPORARY_FAILURE, 503, "503 Service Unavailable"))
                .run("""
                Dial(Phone/trunk,20)
                Say(${DIALSTATUS} ${HANGUPCAUSE})
                """);
        assertEquals(List.of("CONGESTION 41"), town.said);
    }

    @Test
    void aDeclinedCallIsBusyButATrunkThatForbidsItIsUnavailable() {
        town.phone("bob", ends(10, HangupCause.CALL_REJECTED, 603, "603 Decline"))
                .phone("trunk", ends(10, HangupCause.CALL_REJECTED, 403, "403 Forbidden"))
                .run("""
                Dial(Phone/bob,20)
                Say(${DIALSTATUS})
                Dial(Phone/trunk,20)
                Say(${DIALSTATUS})
                """);
        assertEquals(List.of("BUSY", "CHANUNAVAIL"), town.said);
    }

    @Test
    void aCallThatWasAcceptedNowhereEndsForThatReason() {
        town.phone("bob", busy(10)).run("Dial(Phone/bob,20)");
        assertEquals(List.of("10 hangup 17"), town.notes("caller"));
    }

    @Test
    void theFirstToAnswerWinsAndTheOthersAreToldSo() {
        town.phone("bob", rings(100), answers(3_000), leaves(9_000))
                .phone("carol", rings(150))
                .phone("dave", busy(200))
                .run("Dial(Phone/bob&Phone/carol&Phone/dave,20)");
        assertEquals(List.of("0 dialed by \"Carl\" <55>", "3000 hangup 26"), town.notes("carol"));
        assertEquals(List.of("0 dialed by \"Carl\" <55>", "200 left 17"), town.notes("dave"));
        assertEquals("ANSWER", town.variable("DIALSTATUS"));
        assertEquals(List.of("BUSY", "CANCEL", "ANSWER"), town.outcomes());
    }

    @Test
    void twoAnswersInTheSameMomentLeaveOneTalkingAndTheOtherHungUp() {
        town.phone("bob", answers(1_000), leaves(5_000))
                .phone("carol", answers(1_000), leaves(5_000))
                .run("Dial(Phone/bob&Phone/carol,20)");
        var hungUp = Stream.of("bob", "carol")
                .filter(who -> town.notes(who).contains("1000 hangup 26"))
                .toList();
        assertEquals(1, hungUp.size());
        assertEquals(
                1, town.notes("media").stream().filter(n -> n.contains("join")).count());
        assertEquals(List.of("1000 answer", "5000 hangup 16"), town.notes("caller"));
    }

    @Test
    void aBusyPhoneDoesNotEndTheRingingOfAnother() {
        town.phone("bob", busy(10))
                .phone("carol", rings(50), answers(2_000), leaves(4_000))
                .run("Dial(Phone/bob&Phone/carol&Phone/nobody,20)");
        assertEquals("ANSWER", town.variable("DIALSTATUS"));
        assertEquals("carol", town.variable("DIALEDPEERNUMBER"));
    }

    @Test
    void whenAllAreBusyOrAwayBusyCountsMost() {
        town.phone("bob", busy(10))
                .phone("trunk", ends(10, HangupCause.CONGESTION, 503, "503"))
                .run("""
                Dial(Phone/nobody&Phone/trunk&Phone/bob,20)
                Say(${DIALSTATUS} ${HANGUPCAUSE})
                """);
        assertEquals(List.of("BUSY 17"), town.said);
    }

    @Test
    void aPhoneThatRangWithoutAnswerCountsMoreThanABusyOne() {
        town.phone("bob", busy(10)).phone("carol", rings(10)).run("""
                Dial(Phone/bob&Phone/carol,3)
                Say(${DIALSTATUS} ${HANGUPCAUSE})
                """);
        assertEquals(List.of("NOANSWER 19"), town.said);
    }

    @Test
    void aCallerWhoHangsUpWhileItRingsCancelsAll() {
        town.phone("bob", rings(10))
                .phone("carol", rings(10))
                .caller(leaves(1_500))
                .run("""
                Dial(Phone/bob&Phone/carol,20)
                Say(never)
                exten => h,1,Say(${DIALSTATUS} ${HANGUPCAUSE} ${DIALEDTIME_MS})
                """);
        assertEquals(List.of("CANCEL 16 1500"), town.said);
        assertEquals("1500 hangup 16", town.notes("bob").getLast());
        assertEquals("1500 hangup 16", town.notes("carol").getLast());
        assertEquals(List.of("CANCEL", "CANCEL"), town.outcomes());
    }

    @Test
    void anAnswerThatCrossesTheCallersHangupIsHungUpToo() {
        town.phone("bob", answers(1_000)).caller(leaves(1_000)).run("Dial(Phone/bob,20)");
        assertEquals("1000 hangup 16", town.notes("bob").getLast());
        assertFalse(town.notes("caller").contains("1000 answer"));
    }

    @Test
    void anAnswerThatCrossesTheTimeoutIsNotTakenTwice() {
        town.phone("bob", answers(2_000), leaves(4_000)).run("""
                Dial(Phone/bob,2)
                Say(${DIALSTATUS})
                """);
        assertEquals(1, town.outcomes().size());
        assertTrue(town.outcomes().contains("ANSWER") != town.said.contains("NOANSWER"));
    }

    @Test
    void ringingIsShownOnceOfMany() {
        town.phone("bob", rings(10), rings(400)).phone("carol", rings(20)).run("Dial(Phone/bob&Phone/carol,1)");
        assertTrue(town.notes("caller").contains("10 ring"));
    }

    @Test
    void earlyMediaOfASingleTargetIsPassedOn() {
        town.phone("bob", early(300), answers(2_000), leaves(3_000)).run("Dial(Phone/bob,20)");
        assertEquals(List.of("300 progress", "2000 answer", "3000 hangup 16"), town.notes("caller"));
        assertEquals(List.of("300 join 1 2", "2000 join 1 2", "3000 leave 1"), town.notes("media"));
    }

    @Test
    void earlyMediaOfSeveralIsNotPassedOn() {
        town.phone("bob", early(300)).phone("carol", rings(400)).run("Dial(Phone/bob&Phone/carol,1)");
        assertFalse(town.notes("caller").contains("300 progress"));
        assertEquals(List.of(), town.notes("media"));
    }

    @Test
    void aCallerWhoWasAnsweredBeforeHearsTheRingTone() {
        town.phone("bob", rings(200), answers(1_000), leaves(2_000)).run("""
                Answer()
                Dial(Phone/bob,20)
                """);
        assertEquals("200 play to 1: 440Hz 0Hz", town.notes("media").getFirst());
        assertEquals("1000 stop 1", town.notes("media").get(1));
    }

    @Test
    void aRedirectIsFollowedThroughTheDialplan() {
        town.phone(
                        "bob",
                        new Act(100, new ChannelEvent.Redirected(List.of("200"))),
                        ends(100, HangupCause.NORMAL_CLEARING, 302, "302 Moved"))
                .phone("carol", answers(500), leaves(3_000))
                .run("""
                Dial(Phone/bob,20)
                exten => 200,1,Dial(Phone/carol,20)
                """);
        assertEquals("ANSWER", town.variable("DIALSTATUS"));
        assertTrue(town.notes("caller").contains("600 answer"), town.notes::toString);
    }

    @Test
    void theOutcomeOfTheRedirectIsTheOutcome() {
        town.phone(
                        "bob",
                        new Act(100, new ChannelEvent.Redirected(List.of("200"))),
                        ends(100, HangupCause.NORMAL_CLEARING, 302, "302 Moved"))
                .phone("carol", busy(500))
                .run("""
                Dial(Phone/bob,20)
                Say(${DIALSTATUS})
                exten => 200,1,Dial(Phone/carol,20)
                """);
        assertEquals(List.of("BUSY"), town.said);
    }

    @Test
    void aRedirectGoesWhereForwardContextSays() {
        town.phone(
                        "bob",
                        new Act(100, new ChannelEvent.Redirected(List.of("200"))),
                        ends(100, HangupCause.NORMAL_CLEARING, 302, "302 Moved"))
                .run("""
                Set(FORWARD_CONTEXT=away)
                Dial(Phone/bob,20)
                [away]
                exten => 200,1,Say(forwarded ${CALLERID(num)})
                """.replace("${CALLERID(num)}", "${CONTEXT}"));
        assertEquals(List.of("forwarded away"), town.said);
    }

    @Test
    void redirectsInACircleEnd() {
        town.phone(
                        "bob",
                        new Act(100, new ChannelEvent.Redirected(List.of("200"))),
                        ends(100, HangupCause.NORMAL_CLEARING, 302, "302 Moved"))
                .run("""
                Dial(Phone/bob,600)
                Say(${DIALSTATUS})
                exten => 200,1,Dial(Phone/bob,600)
                """);
        assertTrue(
                town.problems.stream().anyMatch(p -> p.contains("the dialplan calls itself")), town.problems::toString);
    }

    @Test
    void withOptionIARedirectIsRefusedAndCountsAsBusy() {
        town.phone(
                        "bob",
                        new Act(100, new ChannelEvent.Redirected(List.of("200"))),
                        ends(100, HangupCause.NORMAL_CLEARING, 302, "302 Moved"))
                .run("""
                Dial(Phone/bob,20,i)
                Say(${DIALSTATUS})
                exten => 200,1,Say(never)
                """);
        assertEquals(List.of("BUSY"), town.said);
        assertTrue(town.problems.getFirst().startsWith("redirect: Phone/bob asked to be called at [200]"));
    }

    @Test
    void aLocalTargetRunsTheDialplanAndItsAnswerIsTheAnswer() {
        town.phone("bob", rings(100), answers(1_000), leaves(5_000)).run("""
                Set(__COMPANY=Acme)
                Set(_ONCE=1)
                Dial(Local/200@b/n,20)
                [b]
                exten => 200,1,Say(${COMPANY} ${ONCE})
                exten => 200,2,Dial(Phone/bob,20)
                """);
        assertEquals(List.of("Acme 1"), town.said);
        assertEquals(List.of("100 ring", "1000 answer", "5000 hangup 16"), town.notes("caller"));
        assertEquals("Acme", town.phones.get("bob").variables().value("COMPANY"));
        assertNull(town.phones.get("bob").variables().value("ONCE"));
    }

    @Test
    void aDialplanThatCallsItselfThroughLocalChannelsEnds() {
        town.run("""
                Dial(Local/100@a,20)
                Say(${DIALSTATUS})
                """);
        assertTrue(town.problems.stream().anyMatch(p -> p.contains("nested 30 deep")), town.problems::toString);
        assertFalse(town.said.isEmpty());
    }

    @Test
    void dialWithoutTargetsIsAnInvalidArgumentAndEndsTheCall() {
        town.run("""
                Dial(,20)
                Say(never)
                exten => h,1,Say(${DIALSTATUS})
                """);
        assertEquals(List.of("INVALIDARGS"), town.said);
    }

    @Test
    void anUnreadableTimeoutIsReportedAndIsNone() {
        town.phone("bob", answers(500_000), leaves(501_000)).run("Dial(Phone/bob,soon)");
        assertEquals("ANSWER", town.variable("DIALSTATUS"));
        assertTrue(town.problems.getFirst().contains("soon"));
    }

    @Test
    void nobodyIsCalledForACallerWhoIsGone() {
        town.phone("bob", answers(10)).run("""
                Hangup()
                exten => h,1,Dial(Phone/bob,20)
                exten => h,2,Say(${DIALSTATUS})
                """);
        assertEquals(List.of("CANCEL"), town.said);
        assertEquals(List.of(), town.notes("bob"));
    }

    @Test
    void aRedirectOfTheCallWhileItRingsLeavesDialAndCancels() {
        town.phone("bob", rings(10))
                .caller(new Act(1_000, new ChannelEvent.RedirectRequested(new DialplanLocation("a", "200", 1))))
                .run("""
                Dial(Phone/bob,20)
                exten => 200,1,Say(moved ${DIALSTATUS})
                """);
        assertEquals(List.of("moved CANCEL"), town.said);
        assertEquals("1000 hangup 16", town.notes("bob").getLast());
    }

    @Test
    void noMoreThanAHundredRingAtOnce() {
        town.phone("bob", rings(10));
        var many = IntStream.range(0, 101).mapToObj(i -> "Phone/bob").collect(Collectors.joining("&"));
        town.run("Dial(" + many + ",1)");
        assertEquals(
                100,
                town.notes("bob").stream().filter(n -> n.contains("dialed")).count());
        assertEquals(List.of("dial: more than 100 phones to ring at once"), town.problems);
    }

    @Test
    void anAnswerIsSeenThoughAnEarlierPhonesPortIsGivenBackInTheSameMoment() {
        town.media.slow();
        town.phone("bob", rings(100)).phone("carol", rings(100), leaves(9_000));
        town.time.after(3_000, () -> {
            town.media.closeAll();
            town.phones.get("carol").post(new ChannelEvent.Answered());
        });
        town.run("""
                Dial(Phone/bob,2)
                Dial(Phone/carol,20)
                """);
        assertTrue(town.notes("caller").contains("3000 answer"), town.notes::toString);
    }
}
