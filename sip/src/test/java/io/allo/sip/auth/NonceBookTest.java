package io.allo.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.auth.NonceBook.Standing;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NonceBookTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final NonceBook book = new NonceBook(30 * SECOND, 3, RandomSource.seeded(1));

    @Test
    void noncesOfOneMomentDiffer() {
        assertNotEquals(book.issue(0), book.issue(0));
    }

    @Test
    void eachCountHoldsOnce() {
        String nonce = book.issue(0);
        assertEquals(Standing.GOOD, book.use(nonce, 1, SECOND));
        assertEquals(Standing.REPLAYED, book.use(nonce, 1, SECOND));
        assertEquals(Standing.GOOD, book.use(nonce, 2, SECOND));
        assertEquals(Standing.REPLAYED, book.use(nonce, 0, SECOND));
    }

    @Test
    void reorderedRequestsHoldWithinTheWindow() {
        String nonce = book.issue(0);
        assertEquals(Standing.GOOD, book.use(nonce, 100, SECOND));
        assertEquals(Standing.GOOD, book.use(nonce, 100 - 63, SECOND));
        assertEquals(Standing.GOOD, book.use(nonce, 99, SECOND));
        assertEquals(Standing.REPLAYED, book.use(nonce, 99, SECOND));
        assertEquals(Standing.REPLAYED, book.use(nonce, 100 - 64, SECOND), "too far behind to tell");
        assertEquals(Standing.GOOD, book.use(nonce, 163, SECOND));
        assertEquals(Standing.REPLAYED, book.use(nonce, 100, SECOND), "still remembered");
        assertEquals(Standing.GOOD, book.use(nonce, 0xFFFF_FFFFL, SECOND));
        assertEquals(Standing.REPLAYED, book.use(nonce, 163, SECOND));
    }

    @Test
    void oldNonceIsStale() {
        String nonce = book.issue(0);
        assertEquals(Standing.GOOD, book.use(nonce, 1, 30 * SECOND));
        assertEquals(Standing.STALE, book.use(nonce, 2, 30 * SECOND + 1));
        assertEquals(0, book.size());
    }

    @Test
    void foreignNonceIsUnknown() {
        assertEquals(Standing.UNKNOWN, book.use("dcd98b7102dd2f0e8b11d0f600bfb0c093", 1, 0));
        assertEquals(Standing.UNKNOWN, book.use("not base64 \u20ac", 1, 0));
        assertEquals(Standing.UNKNOWN, book.use("", 1, 0));
        String other = new NonceBook(30 * SECOND, 3, RandomSource.seeded(2)).issue(0);
        assertEquals(Standing.UNKNOWN, book.use(other, 1, 0));
        assertEquals(0, book.size());
    }

    @Test
    void changedNonceIsUnknown() {
        String nonce = book.issue(0);
        for (int i = 0; i < nonce.length() - 1; i++) {
            char c = nonce.charAt(i) == 'A' ? 'B' : 'A';
            String changed = nonce.substring(0, i) + c + nonce.substring(i + 1);
            assertEquals(Standing.UNKNOWN, book.use(changed, 1, 0), changed);
        }
    }

    @Test
    void handingNoncesOutKeepsNothing() {
        for (int i = 0; i < 1_000; i++) {
            book.issue(i);
        }
        assertEquals(0, book.size());
    }

    @Test
    void fullBookForgetsWithoutEverLettingAReplayThrough() {
        String[] nonces = new String[6];
        for (int i = 0; i < nonces.length; i++) {
            nonces[i] = book.issue(i * SECOND);
            assertEquals(Standing.GOOD, book.use(nonces[i], 1, 6 * SECOND));
        }
        assertEquals(3, book.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(Standing.STALE, book.use(nonces[i], 1, 6 * SECOND), "forgotten " + i);
        }
        for (int i = 3; i < 6; i++) {
            assertEquals(Standing.REPLAYED, book.use(nonces[i], 1, 6 * SECOND), "remembered " + i);
            assertEquals(Standing.GOOD, book.use(nonces[i], 2, 6 * SECOND));
        }
    }

    @Test
    void oldOnesMakeRoomFirst() {
        String old = book.issue(0);
        book.use(old, 1, 0);
        String young = book.issue(31 * SECOND);
        assertEquals(Standing.GOOD, book.use(young, 1, 31 * SECOND));
        assertEquals(1, book.size());
        String unused = book.issue(SECOND);
        assertEquals(Standing.GOOD, book.use(unused, 1, 31 * SECOND), "expiry is no forgetting");
    }

    @Test
    void clockBelowZeroHoldsToo() {
        String nonce = book.issue(-100 * SECOND);
        assertEquals(Standing.GOOD, book.use(nonce, 1, -90 * SECOND));
        assertEquals(Standing.STALE, book.use(nonce, 2, -69 * SECOND));
        assertTrue(book.size() <= 3);
    }
}
