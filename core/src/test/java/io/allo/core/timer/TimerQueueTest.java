package io.allo.core.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerQueueTest {

    private final TimerQueue<String> queue = new TimerQueue<>();

    @Test
    void emptyQueueWaitsForNothing() {
        assertEquals(Long.MAX_VALUE, queue.nextDeadlineNanos());
        assertNull(queue.pollExpired(Long.MAX_VALUE));
        assertFalse(queue.cancel("never scheduled"));
        assertTrue(queue.isEmpty());
    }

    @Test
    void keyIsDueAtItsDeadlineAndNotBefore() {
        queue.schedule("a", 100);
        assertEquals(100, queue.nextDeadlineNanos());
        assertNull(queue.pollExpired(99));
        assertEquals("a", queue.pollExpired(100));
        assertNull(queue.pollExpired(100), "a key comes out once");
        assertEquals(0, queue.size());
    }

    @Test
    void peekedKeyStaysInAndItsDeadlineMoves() {
        queue.schedule("a", 100);
        queue.schedule("b", 200);
        assertNull(queue.peekExpired(99));
        assertEquals("a", queue.peekExpired(100));
        assertEquals("a", queue.peekExpired(100), "looking does not take out");
        queue.schedule("a", 300);
        assertEquals("b", queue.peekExpired(250));
        assertEquals(2, queue.size());
    }

    @Test
    void earliestComesFirstAndEqualDeadlinesInTheOrderOfScheduling() {
        queue.schedule("late", 30);
        queue.schedule("first", 10);
        queue.schedule("second", 10);
        queue.schedule("third", 10);
        assertEquals(List.of("first", "second", "third", "late"), drain(queue, 30));
    }

    @Test
    void reschedulingMovesTheOnlyDeadlineOfAKey() {
        queue.schedule("a", 10);
        queue.schedule("b", 20);
        queue.schedule("a", 30);
        assertEquals(2, queue.size());
        assertEquals(20, queue.nextDeadlineNanos());
        assertEquals(30, queue.deadlineNanos("a"));
        queue.schedule("a", 5);
        assertEquals(List.of("a", "b"), drain(queue, 100));
    }

    @Test
    void neverTakesTheKeyOut() {
        queue.schedule("a", 10);
        queue.schedule("a", Long.MAX_VALUE);
        assertTrue(queue.isEmpty());
        assertEquals(Long.MAX_VALUE, queue.deadlineNanos("a"));
    }

    @Test
    void cancelledKeyNeverComesOut() {
        queue.schedule("a", 10);
        queue.schedule("b", 20);
        assertTrue(queue.cancel("a"));
        assertFalse(queue.cancel("a"));
        assertEquals(List.of("b"), drain(queue, 100));
    }

    @Test
    void keysMayBeScheduledAndCancelledBetweenPolls() {
        queue.schedule("a", 10);
        queue.schedule("b", 11);
        assertEquals("a", queue.pollExpired(50));
        queue.schedule("a", 12);
        queue.cancel("b");
        assertEquals("a", queue.pollExpired(50));
        assertNull(queue.pollExpired(50));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesLikeASortedListOverRandomSteps(long seed) {
        var random = RandomSource.seeded(seed);
        var timers = new TimerQueue<Integer>();
        var model = new HashMap<Integer, long[]>(); // key -> deadline, order
        long now = 0;
        for (long step = 0; step < 20_000; step++) {
            int key = random.nextInt(300);
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    long deadline = now + random.nextInt(500);
                    timers.schedule(key, deadline);
                    var old = model.get(key);
                    if (old == null || old[0] != deadline) {
                        model.put(key, new long[] {deadline, step});
                    }
                }
                case 2 -> assertEquals(model.remove(key) != null, timers.cancel(key));
                default -> {
                    now += random.nextInt(20);
                    assertEquals(dueInModel(model, now), drain(timers, now));
                }
            }
            assertEquals(model.size(), timers.size());
            assertEquals(
                    model.values().stream().mapToLong(d -> d[0]).min().orElse(Long.MAX_VALUE),
                    timers.nextDeadlineNanos());
        }
    }

    private static List<Integer> dueInModel(Map<Integer, long[]> model, long now) {
        var due = model.entrySet().stream()
                .filter(e -> e.getValue()[0] <= now)
                .sorted(Comparator.<Map.Entry<Integer, long[]>>comparingLong(e -> e.getValue()[0])
                        .thenComparingLong(e -> e.getValue()[1]))
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(model::remove);
        return due;
    }

    private static <T> List<T> drain(TimerQueue<T> timers, long now) {
        var out = new ArrayList<T>();
        for (T key = timers.pollExpired(now); key != null; key = timers.pollExpired(now)) {
            out.add(key);
        }
        return out;
    }
}
