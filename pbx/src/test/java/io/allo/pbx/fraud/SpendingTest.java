package io.allo.pbx.fraud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpendingTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final long NOON =
            ZonedDateTime.of(2026, 11, 21, 12, 0, 0, 0, PARIS).toInstant().toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final Ceilings TWO_CALLS = new Ceilings(2, 0, 0);
    private static final Ceilings TEN_MINUTES = new Ceilings(0, 10, 0);
    private static final Ceilings ONE_AT_A_TIME = new Ceilings(0, 0, 1);

    private final Map<String, Tally> kept = new HashMap<>();
    private final Spending spending = new Spending(PARIS, tally -> kept.put(tally.day() + " " + tally.payer(), tally));

    @Test
    void theCallsOfADayAreCounted() {
        assertNull(spending.begin("c1", "alice", "a", TWO_CALLS, NOON));
        spending.ended("c1", NOON);
        assertNull(spending.begin("c2", "alice", "b", TWO_CALLS, NOON));
        spending.ended("c2", NOON);
        assertEquals("calls", spending.begin("c3", "alice", "c", TWO_CALLS, NOON));
        assertNull(spending.begin("c4", "bob", "d", TWO_CALLS, NOON));
    }

    @Test
    void aSecondTrunkTriedForTheSameCallDoesNotCountAgain() {
        assertNull(spending.begin("c1", "alice", "a", TWO_CALLS, NOON));
        spending.ended("c1", NOON);
        assertNull(spending.begin("c2", "alice", "a", TWO_CALLS, NOON));
        assertEquals(1, spending.today(NOON).getFirst().calls());
    }

    @Test
    void simultaneousCallsAreCountedByCallNotByChannel() {
        assertNull(spending.begin("c1", "alice", "a", ONE_AT_A_TIME, NOON));
        assertNull(spending.begin("c2", "alice", "a", ONE_AT_A_TIME, NOON));
        assertEquals("simultaneous", spending.begin("c3", "alice", "b", ONE_AT_A_TIME, NOON));
        spending.ended("c1", NOON);
        assertEquals("simultaneous", spending.begin("c3", "alice", "b", ONE_AT_A_TIME, NOON));
        spending.ended("c2", NOON);
        assertNull(spending.begin("c3", "alice", "b", ONE_AT_A_TIME, NOON));
    }

    @Test
    void onlyTimeAfterTheAnswerCounts() {
        spending.begin("c1", "alice", "a", TEN_MINUTES, NOON);
        spending.answered("c1", NOON + 5 * MINUTE);
        spending.ended("c1", NOON + 8 * MINUTE);
        assertEquals(180, spending.today(NOON + 8 * MINUTE).getFirst().seconds());
    }

    @Test
    void aCallInProgressCountsAlready() {
        spending.begin("c1", "alice", "a", TEN_MINUTES, NOON);
        spending.answered("c1", NOON);
        assertNull(spending.begin("c2", "alice", "b", TEN_MINUTES, NOON + 9 * MINUTE));
        assertEquals("minutes", spending.begin("c3", "alice", "c", TEN_MINUTES, NOON + 10 * MINUTE));
    }

    @Test
    void midnightGivesANewAllowance() {
        var late = NOON + 11 * 60 * MINUTE + 55 * MINUTE;
        spending.begin("c1", "alice", "a", TEN_MINUTES, late);
        spending.answered("c1", late);
        spending.tick(late + 4 * MINUTE, 2);
        spending.ended("c1", late + 7 * MINUTE);
        var next = spending.today(late + 7 * MINUTE).getFirst();
        assertEquals("2026-11-22", next.day());
        assertEquals(120, next.seconds());
        assertTrue(kept.get("2026-11-21 alice").seconds() >= 240);
    }

    @Test
    void whatIsKeptIsAheadOfACallInProgress() {
        spending.begin("c1", "alice", "a", TEN_MINUTES, NOON);
        spending.answered("c1", NOON);
        spending.tick(NOON + 10_000, 2);
        assertEquals(15, kept.get("2026-11-21 alice").seconds(), "killed before the next tick, nothing is given away");
    }

    @Test
    void aRestartGoesOnWhereTheLastRunEnded() {
        spending.begin("c1", "alice", "a", TWO_CALLS, NOON);
        spending.begin("c2", "alice", "b", TWO_CALLS, NOON);
        var next = new Spending(PARIS, tally -> {});
        next.restore(kept.values(), NOON + MINUTE);
        assertEquals("calls", next.begin("c1", "alice", "x", TWO_CALLS, NOON + MINUTE));
    }

    @Test
    void aTallyOfYesterdayIsNotTodays() {
        spending.restore(List.of(new Tally("2026-11-20", "alice", 2, 0)), NOON);
        assertNull(spending.begin("c1", "alice", "x", TWO_CALLS, NOON));
    }

    @Test
    void aCallThatGoesOnIsToldOnceAndCutOnce() {
        spending.begin("c1", "alice", "a", TEN_MINUTES, NOON);
        spending.answered("c1", NOON);
        assertEquals(List.of(), spending.tick(NOON + 9 * MINUTE, 2));
        assertEquals(List.of(false), cuts(NOON + 10 * MINUTE));
        assertEquals(List.of(), cuts(NOON + 15 * MINUTE));
        assertEquals(List.of(true), cuts(NOON + 20 * MINUTE));
        assertEquals(List.of(), cuts(NOON + 25 * MINUTE));
    }

    @Test
    void aCallIsWarnedOnceBeforeItIsCut() {
        spending.begin("c1", "alice", "a", TEN_MINUTES, NOON);
        spending.answered("c1", NOON);
        assertEquals(List.of("REACHED 600"), found(NOON + 10 * MINUTE));
        assertEquals(List.of(), found(NOON + 18 * MINUTE));
        assertEquals(List.of("ENDS_SOON 57"), found(NOON + 19 * MINUTE + 3_000));
        assertEquals(List.of(), found(NOON + 19 * MINUTE + 8_000));
        assertEquals(List.of("CUT 0"), found(NOON + 20 * MINUTE));
        assertEquals(List.of(), found(NOON + 21 * MINUTE));
    }

    @Test
    void whoTalksInTwoCallsAtOnceIsWarnedInBothByTheTimeThatIsReallyLeft() {
        spending.begin("c1", "alice", "a", TEN_MINUTES, NOON);
        spending.begin("c2", "alice", "b", TEN_MINUTES, NOON);
        spending.answered("c1", NOON);
        spending.answered("c2", NOON);
        found(NOON + 5 * MINUTE);
        assertEquals(List.of(), found(NOON + 8 * MINUTE + 55_000));
        assertEquals(List.of("ENDS_SOON 60", "ENDS_SOON 60"), found(NOON + 9 * MINUTE));
        assertEquals(List.of("CUT 0", "CUT 0"), found(NOON + 10 * MINUTE));
    }

    private List<String> found(long at) {
        return spending.tick(at, 2, 60).stream()
                .map(over -> over.finding() + " " + over.leftSeconds())
                .toList();
    }

    private List<Boolean> cuts(long at) {
        return spending.tick(at, 2).stream().map(Spending.Over::cut).toList();
    }

    @Test
    void withZeroNothingIsEverCut() {
        spending.begin("c1", "alice", "a", TEN_MINUTES, NOON);
        spending.answered("c1", NOON);
        spending.tick(NOON + 10 * MINUTE, 0);
        assertEquals(List.of(), spending.tick(NOON + 600 * MINUTE, 0));
    }

    @Test
    void aChannelThatCouldNotBeMadeNeverCounted() {
        spending.begin("c1", "alice", "a", TWO_CALLS, NOON);
        spending.withdraw("c1");
        assertEquals(List.of(), spending.today(NOON));
        assertEquals(0, spending.simultaneous("alice"));
    }

    @Test
    void zeroIsNoLimit() {
        for (var i = 0; i < 5_000; i++) {
            assertNull(spending.begin("c" + i, "alice", "call" + i, new Ceilings(0, 0, 0), NOON));
        }
    }
}
