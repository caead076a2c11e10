package io.allo.io.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnfinishedMessagesTest {
    private static final int LARGE = 1 << 18;

    private final UnfinishedMessages unfinished = new UnfinishedMessages();

    private void fill(long bytes) {
        for (var i = 0; i < bytes / LARGE; i++) {
            assertTrue(unfinished.change(0, LARGE, true));
        }
        assertEquals(bytes, unfinished.bytes());
    }

    @Test
    void strangersMayFillHalf() {
        fill(UnfinishedMessages.STRANGERS_BYTES);
        assertFalse(unfinished.change(0, LARGE, false));
        assertTrue(unfinished.change(LARGE, 0, false));
        assertTrue(unfinished.change(0, LARGE, true));
    }

    @Test
    void whenAllIsFullShortMessagesGoOnAndLongOnesMayShrink() {
        fill(UnfinishedMessages.ALL_BYTES);
        assertFalse(unfinished.change(0, LARGE, true));
        assertTrue(unfinished.change(0, UnfinishedMessages.SMALL_BYTES, false));
        assertFalse(unfinished.change(UnfinishedMessages.SMALL_BYTES, 2 * UnfinishedMessages.SMALL_BYTES, true));
        assertTrue(unfinished.change(LARGE, LARGE / 2, false));
    }
}
