package io.allo.sip.message;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever octets come, the parser reads or refuses them and the framer gets on. With JAZZER_FUZZ=1 it searches for new ones. */
class SipFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void theParserReadsOrRefuses(byte[] bytes) {
        RoundTripTest.survives(bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void theFramerGetsOn(FuzzedDataProvider data) {
        var framer = new SipFramer(
                data.consumeBoolean() ? SipFramer.Side.CLIENT : SipFramer.Side.SERVER, 1 + data.consumeInt(0, 100_000));
        int fed = 0;
        int frames = 0;
        while (data.remainingBytes() > 0) {
            byte[] piece = data.consumeBytes(data.consumeInt(1, 700));
            framer.feed(piece, 0, piece.length);
            fed += piece.length;
            while (framer.next() != null) {
                frames++;
            }
            assertTrue(frames <= fed, "more frames than octets");
            assertTrue(framer.pendingBytes() <= fed);
        }
    }
}
