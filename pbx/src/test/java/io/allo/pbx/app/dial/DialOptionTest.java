package io.allo.pbx.app.dial;

import static io.allo.pbx.app.dial.DialTown.*;
import static org.junit.jupiter.api.Assertions.*;

import io.allo.pbx.call.*;
import io.allo.pbx.event.CallEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/** Dial's options about the time before two talk. */
class DialOptionTest {
    @TempDir
    private Path sounds;

    private DialTown town;

    @BeforeEach
    void build() {
        town = new DialTown(sounds);
    }

    @Test
    void withRTheCallerHearsRingingAtOnceAndNoEarlyMedia() {
        town.phone("bob", early(300), answers(1_000), leaves(2_000)).run("Dial(Phone/bob,20,r)");
        assertEquals(List.of("0 ring", "1000 answer", "2000 hangup 16"), town.notes("caller"));
        assertEquals(List.of("1000 join 1 2", "2000 leave 1"), town.notes("media"));
    }

    @Test
    void rWithAToneSendsItAsSound() {
        town.phone("bob", answers(1_000), leaves(2_000)).run("Dial(Phone/bob,20,r(!425/500\\,0/500))");
        assertEquals(List.of("0 progress", "1000 answer", "2000 hangup 16"), town.notes("caller"));
        assertEquals("0 play to 1: 425Hz 0Hz", town.notes("media").getFirst());
        assertTrue(town.notes("media").contains("1000 stop 1"));
    }

    @Test
    void rWithAToneNobodyKnowsRingsAsUsual() {
        town.phone("bob", answers(1_000), leaves(2_000)).run("Dial(Phone/bob,20,r(bird))");
        assertEquals("0 ring", town.notes("caller").getFirst());
        assertTrue(town.problems.getFirst().contains("bird"));
    }

    @Test
    void withCapitalRItRingsAtOnceUntilEarlyMediaComes() {
        town.phone("bob", early(300), answers(1_000), leaves(2_000)).run("Dial(Phone/bob,20,R)");
        assertEquals(List.of("0 ring", "300 progress", "1000 answer", "2000 hangup 16"), town.notes("caller"));
    }

    @Test
    void withMTheCallerHearsASoundBeforeTheAnswer() {
        town.phone("bob", rings(100), answers(1_000), leaves(2_000)).run("Dial(Phone/bob,20,m(default))");
        assertEquals(List.of("0 progress", "1000 answer", "2000 hangup 16"), town.notes("caller"));
        assertTrue(town.notes("media").getFirst().startsWith("0 play to 1:"));
        assertTrue(town.notes("media").contains("1000 stop 1"));
    }

    @Test
    void bRunsASubroutineOnEachChannelBeforeAnyIsDialed() {
        town.phone("bob", answers(1_000), leaves(2_000)).phone("carol").run("""
                Dial(Phone/bob&Phone/carol,20,b(pre^s^1(x^y)))
                [pre]
                exten => s,1,Say(${CHANNEL(channeltype)} ${ARG1}${ARG2})
                exten => s,2,Wait(1)
                exten => s,3,Return()
                """.replace(
                        "${CHANNEL(channeltype)} ", ""));
        assertEquals(List.of("xy", "xy"), town.said);
        assertEquals("2000 dialed by \"Carl\" <55>", town.notes("bob").getFirst());
        assertEquals("2000 dialed by \"Carl\" <55>", town.notes("carol").getFirst());
    }

    @Test
    void aChannelThatBHangsUpIsNotDialed() {
        town.phone("bob", answers(1_000)).run("""
                Dial(Phone/bob,20,b(pre^s^1))
                Say(${DIALSTATUS})
                [pre]
                exten => s,1,Hangup(17)
                """);
        assertEquals(List.of("BUSY"), town.said);
        assertEquals(List.of("0 hangup 17"), town.notes("bob"));
    }

    @Test
    void bToNowhereIsReportedAndTheCallGoesOn() {
        town.phone("bob", answers(1_000), leaves(2_000)).run("Dial(Phone/bob,20,b(none^s^1))");
        assertEquals("ANSWER", town.variable("DIALSTATUS"));
        assertTrue(town.problems.getFirst().contains("none,s,1"));
    }

    @Test
    void capitalBRunsASubroutineOnTheCaller() {
        town.phone("bob", answers(1_000), leaves(2_000)).run("""
                Dial(Phone/bob,20,B(pre^s^1(x)))
                [pre]
                exten => s,1,Set(SEEN=${ARG1})
                exten => s,2,Return()
                """);
        assertEquals("x", town.variable("SEEN"));
        assertEquals("ANSWER", town.variable("DIALSTATUS"));
    }

    @Test
    void aAnswersTheCallerFirst() {
        town.phone("bob", answers(1_000), leaves(2_000)).run("Dial(Phone/bob,20,a)");
        assertEquals("0 answer", town.notes("caller").getFirst());
    }

    @Test
    void fSetsWhatTheCalledSideIsShown() {
        town.phone("bob", busy(10)).run("Dial(Phone/bob,20,f(\"Shop\" <800>))");
        assertTrue(town.notes("bob").getFirst().endsWith("<800>"), town.notes::toString);
    }

    @Test
    void oStoresACallerIdOnTheCalledChannel() {
        town.phone("bob", busy(10)).phone("carol", busy(10)).run("""
                Dial(Phone/bob,20,o)
                Dial(Phone/carol,20,o(900))
                """);
        assertEquals("55", town.phones.get("bob").callerId().number());
        assertEquals("900", town.phones.get("carol").callerId().number());
    }

    @Test
    void uSaysWhetherTheCallerMayBeShown() {
        town.phone("bob", busy(10)).run("Dial(Phone/bob,20,u(prohib))");
        assertEquals(
                PartyId.Presentation.PROHIBITED,
                town.phones.get("bob").connectedLine().presentation());
    }

    @Test
    void withCTheCancelledAreToldThatItWasAnsweredElsewhere() {
        town.phone("bob", rings(10)).caller(leaves(1_000)).run("Dial(Phone/bob,20,c)");
        assertEquals("1000 hangup 26", town.notes("bob").getLast());
    }

    @Test
    void withQTheCancelledAreToldThatCause() {
        town.phone("bob", answers(500), leaves(900))
                .phone("carol", rings(10))
                .run("Dial(Phone/bob&Phone/carol,20,Q(USER_BUSY))");
        assertEquals("500 hangup 17", town.notes("carol").getLast());
    }

    @Test
    void capitalCBeginsTheRecordAnew() {
        town.phone("bob", busy(10)).run("Dial(Phone/bob,20,C)");
        assertTrue(town.events.stream()
                .anyMatch(e ->
                        e instanceof CallEvent.RecordFieldSet set && set.field().equals("resetcdr")));
    }

    @Test
    void withDADigitOfTheCallerLeadsElsewhereWhileItRings() {
        town.phone("bob", rings(10))
                .caller(presses(1_000, '7'), presses(2_000, '3'))
                .run("""
                Set(EXITCONTEXT=menu)
                Dial(Phone/bob,20,d)
                Say(never)
                [menu]
                exten => 3,1,Say(three ${DIALSTATUS})
                """);
        assertEquals(List.of("three CANCEL"), town.said);
        assertEquals("2000 hangup 16", town.notes("bob").getLast());
    }

    @Test
    void withCapitalHTheCallersStarEndsTheRinging() {
        town.phone("bob", rings(10)).caller(presses(1_000, '*')).run("""
                Dial(Phone/bob,20,H)
                Say(${DIALSTATUS})
                """);
        assertEquals(List.of("CANCEL"), town.said);
    }

    @Test
    void withoutDAndHTheCallersDigitsDoNothing() {
        town.phone("bob", rings(10))
                .caller(presses(1_000, '*'), presses(1_100, '3'))
                .run("""
                Dial(Phone/bob,2)
                Say(${DIALSTATUS})
                exten => 3,1,Say(never)
                """);
        assertEquals(List.of("NOANSWER"), town.said);
    }

    @Test
    void withZTheTimeIsNotCountedAfterARedirect() {
        town.phone(
                        "bob",
                        new Act(100, new ChannelEvent.Redirected(List.of("200"))),
                        ends(100, HangupCause.NORMAL_CLEARING, 302, "302 Moved"))
                .phone("carol", answers(9_000), leaves(10_000))
                .run("""
                Dial(Phone/bob,2,z)
                exten => 200,1,Dial(Phone/carol)
                """);
        assertEquals("ANSWER", town.variable("DIALSTATUS"));
    }

    @Test
    void anOptionWithoutItsPartIsReportedOnceAndPassedOver() {
        town.phone("bob", busy(10)).run("""
                Dial(Phone/bob,20,KjY)
                Dial(Phone/bob,20,KjY)
                """);
        assertEquals(
                List.of(
                        "dial-option: Dial: option K needs call parking, not built yet; it is passed over",
                        "dial-option: Dial: Dial has no option Y; it is passed over",
                        "dial-option: Dial: option j needs more than one stream of sound in a call, not built yet; it is passed over"),
                town.problems.stream().filter(p -> p.startsWith("dial-option")).toList());
    }

    @Test
    void theUrlIsPassedOver() {
        town.phone("bob", busy(10)).run("""
                Dial(Phone/bob,20,,http://example.com)
                Say(${DIALSTATUS})
                """);
        assertEquals(List.of("BUSY"), town.said);
    }
}
