package io.allo.sip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.Uri;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written reads the same, for messages and their parts made from seeds. */
class RoundTripTest {
    private static final int SEEDS = 3000;

    @Test
    void aWrittenMessageReadsTheSame() {
        for (long seed = 0; seed < SEEDS; seed++) {
            SipMessage message = new RandomMessage(seed).next();
            SipMessage read = SipParser.parse(SipWriter.toBytes(message));
            assertEquals(message, read, "seed " + seed);
            SipMessage compact = SipParser.parse(SipWriter.toBytes(message, true));
            assertEquals(message, compact, "compact, seed " + seed);
        }
    }

    @Test
    void addressesReadTheSame() {
        for (long seed = 0; seed < SEEDS; seed++) {
            NameAddress address = new RandomMessage(seed).address();
            assertEquals(address, NameAddress.parse(address.toString()), "seed " + seed);
        }
    }

    @Test
    void urisReadTheSame() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Uri uri = new RandomMessage(seed).uri();
            Uri read = Uri.parse(uri.toString());
            assertEquals(uri, read, "seed " + seed);
            assertTrue(uri.matches(read), "seed " + seed);
        }
    }

    @Test
    void aDamagedMessageIsReadOrRefusedAndNothingElse() {
        int read = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] bytes = SipWriter.toBytes(new RandomMessage(seed).next());
            var random = new Random(seed);
            for (int i = 0; i <= random.nextInt(4); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(3) * random.nextInt(bytes.length / 3));
            read += survives(bytes) ? 1 : 0;
        }
        assertTrue(read > 0);
    }

    /** Whether the octets are a message; if so it is stable: writing and reading it again changes nothing. */
    static boolean survives(byte[] bytes) {
        SipMessage message;
        try {
            message = SipParser.parse(bytes);
        } catch (BadMessageException refused) {
            SipResponse answer = refused.answer("tag");
            if (answer != null) {
                assertTrue(SipWriter.toBytes(answer).length > 0);
            }
            return false;
        }
        byte[] written = SipWriter.toBytes(message);
        SipMessage again = SipParser.parse(written);
        assertEquals(message, again);
        assertArrayEquals(written, SipWriter.toBytes(again));
        if (message instanceof SipRequest request) {
            RequestCheck.Rejection rejection = Torture.SERVER.check(request);
            SipResponse answer =
                    rejection == null ? SipResponse.to(request, 200, "tag") : rejection.answer(request, "tag");
            try {
                assertEquals(answer, SipParser.parse(SipWriter.toBytes(answer)));
            } catch (SipParseException malformed) {
                throw new AssertionError("the answer to a message that was read must be readable", malformed);
            }
        }
        return true;
    }
}
