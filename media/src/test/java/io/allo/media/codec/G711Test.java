package io.allo.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class G711Test {
    /** G.711 table 2a, column 3: decision values at the segment ends, on the 14-bit scale. */
    private static final int[] ULAW_SEGMENTS = {31, 95, 223, 479, 991, 2015, 4063};

    /** G.711 table 1a, column 3: the same of A-law, on the 13-bit scale. */
    private static final int[] ALAW_SEGMENTS = {64, 128, 256, 512, 1024, 2048};

    @Test
    void everyCodeDecodesAsSoxDecodesIt() {
        assertDecodes(G711.ULAW, "codec/ulaw-codes.sln");
        assertDecodes(G711.ALAW, "codec/alaw-codes.sln");
    }

    @Test
    void everySampleEncodesAsSoxEncodesItButForRoundingAtDecisionValues() {
        // sox rounds to 14 or 13 bits before it looks up the code, G.191 cuts off; they part only within that rounding.
        assertEquals(510, differencesFromSox(G711.ULAW, "codec/ulaw-all.sox.gz", 4));
        assertEquals(1020, differencesFromSox(G711.ALAW, "codec/alaw-all.sox.gz", 16));
    }

    @Test
    void codesAreNeverFartherFromTheSampleThanSoxsByMoreThanTheRounding() {
        assertNearest(G711.ULAW, 4);
        assertNearest(G711.ALAW, 16);
    }

    @Test
    void segmentsBeginAtTheDecisionValuesOfTheRecommendation() {
        for (int i = 0; i < ULAW_SEGMENTS.length; i++) {
            int at = ULAW_SEGMENTS[i] * 4;
            assertEquals(i, segment(~G711.ULAW.encode(at - 1)), "u-law below " + at);
            assertEquals(i + 1, segment(~G711.ULAW.encode(at)), "u-law at " + at);
        }
        for (int i = 0; i < ALAW_SEGMENTS.length; i++) {
            int at = ALAW_SEGMENTS[i] * 8;
            assertEquals(i + 1, segment(G711.ALAW.encode(at - 1) ^ 0x55), "A-law below " + at);
            assertEquals(i + 2, segment(G711.ALAW.encode(at) ^ 0x55), "A-law at " + at);
        }
    }

    @Test
    void encodingWhatWasDecodedGivesTheCodeAgain() {
        for (int code = 0; code < 256; code++) {
            assertEquals((byte) code, G711.ALAW.encode(G711.ALAW.decode((byte) code)));
            if (code != 0x7f) { // u-law has two zeros; 0xff is the one that is sent
                assertEquals((byte) code, G711.ULAW.encode(G711.ULAW.decode((byte) code)));
            }
        }
        assertEquals((byte) 0xff, G711.ULAW.encode(0));
        assertEquals((byte) 0xd5, G711.ALAW.encode(0));
    }

    @Test
    void theDigitalMilliwattOfTable5DecodesToASineWave() {
        byte[] ulaw = {0x1e, 0x0b, 0x0b, 0x1e, (byte) 0x9e, (byte) 0x8b, (byte) 0x8b, (byte) 0x9e};
        byte[] alaw = {0x34, 0x21, 0x21, 0x34, (byte) 0xb4, (byte) 0xa1, (byte) 0xa1, (byte) 0xb4};
        for (var pcm : new short[][] {TestSound.decode(G711.ULAW, ulaw), TestSound.decode(G711.ALAW, alaw)}) {
            double dbm0 = 20 * Math.log10(TestSound.rms(pcm, 0, 8) * Math.sqrt(2) / 32768) + 3.14;
            assertEquals(0, dbm0, 0.1);
        }
    }

    @Test
    void speechKeepsItsSignalToNoiseRatio() {
        var speech = TestSound.samples("codec/speech.sln");
        for (var codec : new Codec[] {G711.ULAW, G711.ALAW}) {
            var back = TestSound.decode(codec, TestSound.encode(codec, speech));
            assertTrue(TestSound.snr(speech, back, 0, 0, back.length) > 35, codec.name());
        }
    }

    private static void assertDecodes(Codec codec, String resource) {
        var codes = new byte[256];
        for (int i = 0; i < 256; i++) {
            codes[i] = (byte) i;
        }
        assertArrayEquals(TestSound.samples(resource), TestSound.decode(codec, codes));
    }

    private static int differencesFromSox(G711 codec, String resource, int rounding) {
        var sox = TestSound.bytes(resource);
        int different = 0;
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            byte code = codec.encode(sample);
            if (code != sox[sample + 32768]) {
                different++;
                boolean near = sox[sample + 32768] == codec.encode(sample - rounding)
                        || sox[sample + 32768] == codec.encode(sample + rounding);
                assertTrue(near, "at " + sample);
            }
        }
        return different;
    }

    /** Whatever code is chosen, no other would be nearer by more than the recommendation's rounding at segment ends. */
    private static void assertNearest(G711 codec, int rounding) {
        var values = new short[256];
        for (int code = 0; code < 256; code++) {
            values[code] = codec.decode((byte) code);
        }
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int mine = Math.abs(sample - codec.decode(codec.encode(sample)));
            int best = Integer.MAX_VALUE;
            for (int value : values) {
                best = Math.min(best, Math.abs(sample - value));
            }
            int segmentWidth =
                    Math.max(rounding, Math.abs(sample) >> 5); // decision values at segment ends are not midway
            assertTrue(mine <= best + segmentWidth, "at " + sample + ": " + mine + " instead of " + best);
        }
    }

    private static int segment(int code) {
        return code >> 4 & 7;
    }
}
