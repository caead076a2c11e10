package io.allo.media.rtp;

import static io.allo.media.rtp.SequenceNumber.Verdict.JUMP;
import static io.allo.media.rtp.SequenceNumber.Verdict.NEW;
import static io.allo.media.rtp.SequenceNumber.Verdict.OLD;
import static io.allo.media.rtp.SequenceNumber.Verdict.PROBATION;
import static io.allo.media.rtp.SequenceNumber.Verdict.RESTART;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceNumberTest {
    @Test
    void aSourceIsBelievedAfterTwoPacketsInSequence() {
        var sequence = new SequenceNumber();
        assertEquals(PROBATION, sequence.update(10));
        assertEquals(PROBATION, sequence.update(12));
        assertFalse(sequence.isBelieved());
        assertEquals(0, sequence.expected());
        assertEquals(NEW, sequence.update(13));
        assertTrue(sequence.isBelieved());
        assertEquals(1, sequence.expected());
    }

    @Test
    void aSignalledSourceCanBeBelievedAtOnce() {
        var sequence = new SequenceNumber(1);
        assertEquals(NEW, sequence.update(65535));
        assertEquals(NEW, sequence.update(0));
        assertEquals(65536, sequence.extendedMax());
        assertEquals(2, sequence.expected());
    }

    @Test
    void wrapsAreCountedThroughLossAndReordering() {
        var sequence = new SequenceNumber(1);
        long sent = 65000;
        sequence.update((int) sent);
        for (int i = 0; i < 300_000; i++) {
            sent += i % 5 == 0 ? 3 : 1;
            assertEquals(NEW, sequence.update((int) (sent & 0xffff)));
            assertEquals(sent, sequence.extendedMax());
            assertEquals(i % 5 == 0 ? 2 : 0, sequence.missed());
            assertEquals(OLD, sequence.update((int) (sent - 2 & 0xffff)));
            assertEquals(sent - 2, sequence.extend((int) (sent - 2 & 0xffff)));
        }
        assertEquals(sent - 65000 + 1, sequence.expected());
    }

    @Test
    void aDuplicateIsOld() {
        var sequence = new SequenceNumber(1);
        sequence.update(5);
        assertEquals(OLD, sequence.update(5));
    }

    @Test
    void aLargeJumpIsFollowedOnlyIfTheNextPacketFollowsIt() {
        var sequence = new SequenceNumber(1);
        sequence.update(100);
        assertEquals(JUMP, sequence.update(20000));
        assertEquals(NEW, sequence.update(101));
        assertEquals(JUMP, sequence.update(20000));
        assertEquals(RESTART, sequence.update(20001));
        assertEquals(20001, sequence.extendedMax());
        assertEquals(NEW, sequence.update(20002));
        assertEquals(2, sequence.expected());
    }

    @Test
    void theLimitsAreThoseOfAppendixA1() {
        var sequence = new SequenceNumber(1);
        sequence.update(1000);
        assertEquals(OLD, sequence.update(901));
        assertEquals(JUMP, sequence.update(900));
        assertEquals(NEW, sequence.update(1000 + 2999));
        assertEquals(JUMP, sequence.update(3999 + 3000));
    }

    @Test
    void resetForgetsTheSource() {
        var sequence = new SequenceNumber();
        sequence.update(1);
        sequence.update(2);
        sequence.reset();
        assertEquals(PROBATION, sequence.update(50000));
        assertEquals(NEW, sequence.update(50001));
    }
}
