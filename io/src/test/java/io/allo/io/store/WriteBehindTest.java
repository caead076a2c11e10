package io.allo.io.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WriteBehindTest {

    @Test
    void everythingIsWrittenInOrder() throws Exception {
        var written = Collections.synchronizedList(new ArrayList<Integer>());
        try (var behind = new WriteBehind<Integer>("test", 10_000, written::addAll)) {
            IntStream.range(0, 2000).forEach(behind::add);
            assertTrue(behind.flush(10_000));
            assertEquals(IntStream.range(0, 2000).boxed().toList(), written);
            assertEquals(0, behind.waiting());
        }
    }

    @Test
    void aHurriedOneTakesWhatWaitsAlong() throws Exception {
        var written = Collections.synchronizedList(new ArrayList<String>());
        var both = new CountDownLatch(2);
        try (var behind = new WriteBehind<String>("test", 10, batch -> {
            written.addAll(batch);
            batch.forEach(each -> both.countDown());
        })) {
            behind.add("a record");
            behind.addHurried("a contact");
            assertTrue(both.await(10, TimeUnit.SECONDS));
            assertEquals(List.of("a record", "a contact"), written);
        }
    }

    @Test
    void aBatchThatFailsIsTriedAgain() throws Exception {
        var tries = new AtomicInteger();
        var written = Collections.synchronizedList(new ArrayList<String>());
        try (var behind = new WriteBehind<String>("test", 10, batch -> {
            if (tries.incrementAndGet() < 2) {
                throw new IOException("disk full");
            }
            written.addAll(batch);
        })) {
            behind.add("a");
            assertTrue(behind.flush(10_000));
            assertEquals(List.of("a"), written);
            assertEquals(2, tries.get());
        }
    }

    @Test
    void beyondTheLimitOneIsLostAndCounted() throws Exception {
        var hold = new CountDownLatch(1);
        try (var behind = new WriteBehind<Integer>("test", 3, batch -> hold.await())) {
            IntStream.range(0, 5).forEach(behind::add);
            assertEquals(3, behind.waiting());
            assertEquals(2, behind.lost());
            assertFalse(behind.flush(1));
            hold.countDown();
            assertTrue(behind.flush(10_000));
        }
    }

    @Test
    void closingWritesWhatWaits() {
        var written = Collections.synchronizedList(new ArrayList<Integer>());
        var behind = new WriteBehind<Integer>("test", 10_000, written::addAll);
        IntStream.range(0, 1500).forEach(behind::add);
        behind.close();
        assertEquals(1500, written.size());
        behind.add(1);
        assertEquals(1, behind.lost());
    }
}
