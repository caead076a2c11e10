package io.allo.core.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomSourceTest {

    @Test
    void sameSeedGivesTheSameSequence() {
        var one = RandomSource.seeded(42);
        var two = RandomSource.seeded(42);
        var other = RandomSource.seeded(43);
        boolean differs = false;
        for (int i = 0; i < 100; i++) {
            long value = one.nextLong();
            assertEquals(value, two.nextLong());
            differs |= value != other.nextLong();
        }
        assertTrue(differs, "another seed gives another sequence");
    }

    @Test
    void boundedNumbersAreEvenlySpread() {
        var random = RandomSource.seeded(1);
        int[] seen = new int[7];
        for (int i = 0; i < 70_000; i++) {
            seen[random.nextInt(7)]++;
        }
        for (int count : seen) {
            assertEquals(10_000, count, 500, Arrays.toString(seen)); // five standard deviations are 463
        }
    }

    @Test
    void boundedNumbersStayInBoundsAtTheExtremes() {
        RandomSource ones = () -> -1L;
        assertEquals(Integer.MAX_VALUE - 1, ones.nextInt(Integer.MAX_VALUE));
        assertEquals(0, ones.nextInt(1));
        assertEquals(9, ones.nextInt(10));
        assertThrows(IllegalArgumentException.class, () -> ones.nextInt(0));
        assertThrows(IllegalArgumentException.class, () -> ones.nextInt(-1));
    }

    @Test
    void numbersThatWouldBeUnfairAreDrawnAgain() {
        long[] draws = {0L, 5L << 32};
        int[] next = {0};
        RandomSource scripted = () -> draws[next[0]++];
        assertEquals(0, scripted.nextInt(3), "2^32 mod 3 is 1: the draw 0 is refused, 5 * 3 >> 32 is 0");
        assertEquals(2, next[0]);
    }

    @Test
    void bytesOfEveryLengthAreFilled() {
        for (int length : new int[] {0, 1, 7, 8, 9, 33}) {
            byte[] one = new byte[length];
            byte[] two = new byte[length];
            RandomSource.seeded(9).nextBytes(one);
            RandomSource.seeded(9).nextBytes(two);
            assertArrayEquals(one, two);
        }
        byte[] counted = new byte[10];
        RandomSource ones = () -> -1L;
        ones.nextBytes(counted);
        for (byte value : counted) {
            assertEquals((byte) -1, value);
        }
    }

    @Test
    void secureSourceDoesNotRepeat() {
        var secure = RandomSource.secure();
        assertNotEquals(secure.nextLong(), secure.nextLong());
        byte[] one = new byte[16];
        byte[] two = new byte[16];
        secure.nextBytes(one);
        secure.nextBytes(two);
        assertFalse(Arrays.equals(one, two));
    }
}
