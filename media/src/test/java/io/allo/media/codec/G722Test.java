package io.allo.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class G722Test {
    @Test
    void speechIsEncodedBitForBitAsByFfmpeg() {
        assertArrayEquals(
                TestSound.bytes("codec/speech.g722"),
                TestSound.encode(G722.CODEC, TestSound.samples("codec/speech.sln16")));
    }

    @Test
    void speechIsDecodedBitForBitAsByFfmpeg() {
        assertArrayEquals(
                TestSound.samples("codec/speech.g722.sln16"),
                TestSound.decode(G722.CODEC, TestSound.bytes("codec/speech.g722")));
    }

    @Test
    void noiseAndSquareWavesAreEncodedAndDecodedBitForBitAsByFfmpeg() {
        // At half scale: at full scale ffmpeg leaves out the limit of xL and xH that the recommendation's program has.
        var code = TestSound.encode(G722.CODEC, TestSound.torture(1));
        assertEquals("5bf68578c9e0d4761d90b1332081a0823b9f031fadda1e84028dd7e6e19eda42", TestSound.sha256(code));
        assertEquals(
                "77b288871deb2ca10662070c036cd85a24bc5029d09db370e98b541607d55372",
                TestSound.sha256(TestSound.littleEndian(TestSound.decode(G722.CODEC, code))));
    }

    @Test
    void fullScaleInputIsLimitedNotWrapped() {
        var square = TestSound.torture(0);
        var back = TestSound.decode(G722.CODEC, TestSound.encode(G722.CODEC, square));
        double correlation = 0;
        for (int i = 16000; i < 31000; i++) {
            correlation += Math.signum(square[i]) * back[i + 22];
        }
        assertTrue(correlation / 15000 > 25000, "mean along the square wave " + correlation / 15000);
    }

    @Test
    void samplingIsTwiceTheRtpClock() {
        assertEquals(8000, G722.CODEC.clockRate());
        assertEquals(16000, G722.CODEC.sampleRate());
        assertEquals(320, G722.CODEC.frameSamples());
        assertEquals(160, G722.CODEC.frameTimestampUnits());
        assertEquals(160, G722.CODEC.maxBytes(320));
    }

    @Test
    void anOddNumberOfSamplesIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> G722.CODEC.newEncoder().encode(new short[3], 0, 3, new byte[2], 0));
    }
}
