package io.allo.io.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InboxTest {
    private final SystemClock clock = new SystemClock();

    @Test
    void whatIsAddedComesOutInOrder() {
        var inbox = new Inbox<Integer>(10, clock);
        assertTrue(inbox.offer(1));
        inbox.add(2);
        assertEquals(2, inbox.size());
        assertEquals(1, inbox.poll());
        assertEquals(2, inbox.poll());
        assertNull(inbox.poll());
        assertEquals(0, inbox.size());
        assertEquals(2, inbox.highest());
    }

    @Test
    void atItsLimitItRefusesWhatMayBeLostAndTakesWhatMustNot() {
        var inbox = new Inbox<Integer>(2, clock);
        assertTrue(inbox.offer(1));
        assertTrue(inbox.offer(2));
        assertFalse(inbox.offer(3));
        assertEquals(1, inbox.refused());
        for (var i = 2; i < 2 * Inbox.RESERVE; i++) {
            inbox.add(i);
        }
        assertThrows(IllegalStateException.class, () -> inbox.add(99));
        assertEquals(2 * Inbox.RESERVE, inbox.size());
    }

    @Test
    @Timeout(10)
    void theOwnerWakesAtItsDeadline() {
        var inbox = new Inbox<Integer>(2, clock);
        var deadline = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        inbox.await(deadline);
        assertTrue(clock.nanoTime() >= deadline);
    }

    @Test
    @Timeout(30)
    void nothingIsLostAmongManyProducersAndASleepingOwner() throws InterruptedException {
        var inbox = new Inbox<Integer>(1_000_000, clock);
        var each = 50_000;
        for (var producer = 0; producer < 4; producer++) {
            Thread.ofVirtual().start(() -> {
                for (var i = 0; i < each; i++) {
                    inbox.add(1);
                }
            });
        }
        var taken = 0;
        while (taken < 4 * each) {
            var item = inbox.poll();
            if (item == null) {
                inbox.await(Long.MAX_VALUE);
            } else {
                taken += item;
            }
        }
        assertNull(inbox.poll());
    }
}
