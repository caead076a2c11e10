package io.allo.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GsmTest {
    @Test
    void speechIsEncodedBitForBitAsBySox() {
        assertArrayEquals(
                TestSound.bytes("codec/speech.gsm"),
                TestSound.encode(Gsm.CODEC, TestSound.samples("codec/speech.sln")));
    }

    @Test
    void speechIsDecodedBitForBitAsBySox() {
        assertArrayEquals(
                TestSound.samples("codec/speech.gsm.sln"),
                TestSound.decode(Gsm.CODEC, TestSound.bytes("codec/speech.gsm")));
    }

    @Test
    void fullScaleNoiseAndSquareWavesAreEncodedAndDecodedBitForBitAsBySox() {
        var code = TestSound.encode(Gsm.CODEC, TestSound.torture(0));
        assertEquals("f8174fda141db79472d39ae7836e5a5f179240460213649254c6de51aaef1bf2", TestSound.sha256(code));
        assertEquals(
                "e4a8f4a3dfdf34d64b4d1c45793435f2c1ed840fbd2abe4afb4ef2cf940054ba",
                TestSound.sha256(TestSound.littleEndian(TestSound.decode(Gsm.CODEC, code))));
    }

    @Test
    void microsoftsPackingHoldsTheSameParameters() {
        var speech = Arrays.copyOf(TestSound.samples("codec/speech.sln"), 19840);
        assertArrayEquals(
                TestSound.decode(Gsm.CODEC, TestSound.encode(Gsm.CODEC, speech)),
                TestSound.decode(Gsm.MICROSOFT, TestSound.encode(Gsm.MICROSOFT, speech)));
    }

    @Test
    void anyBitsCanBeDecoded() {
        var random = new java.util.Random(7);
        var frame = new byte[33 * 500];
        random.nextBytes(frame);
        for (int i = 0; i < frame.length; i += 33) {
            frame[i] = (byte) (0xd0 | frame[i] & 0x0f);
        }
        assertEquals(80000, TestSound.decode(Gsm.CODEC, frame).length);
    }

    @Test
    void aFrameWithoutTheSignatureIsConcealedNotPlayed() {
        var code = TestSound.bytes("codec/speech.gsm");
        var pcm = new short[160];
        var decoder = Gsm.CODEC.newDecoder();
        Arrays.fill(code, 0, 33, (byte) 0x7e);
        assertEquals(160, decoder.decode(code, 0, 33, pcm, 0));
        assertTrue(TestSound.rms(pcm, 0, 160) < 50);
    }

    @Test
    void lostFramesAreRepeatedThenFadeToSilence() {
        var code = TestSound.bytes("codec/speech.gsm");
        var decoder = Gsm.CODEC.newDecoder();
        var pcm = new short[160 * 20];
        decoder.decode(code, 0, 33 * 20, pcm, 0);
        double before = TestSound.rms(pcm, 160 * 19, 160 * 20);
        decoder.conceal(pcm, 0, pcm.length);
        assertTrue(TestSound.rms(pcm, 0, 160) > before / 3, "first lost frame sounds");
        assertTrue(TestSound.rms(pcm, 160 * 18, 160 * 20) < 20, "after 360 ms there is silence");
    }

    @Test
    void concealingInPartsGivesWhatConcealingAtOnceGives() {
        var code = TestSound.bytes("codec/speech.gsm");
        var whole = Gsm.CODEC.newDecoder();
        var parts = Gsm.CODEC.newDecoder();
        var a = new short[160 * 20];
        var b = new short[160 * 20];
        whole.decode(code, 0, 33 * 20, a, 0);
        parts.decode(code, 0, 33 * 20, b, 0);
        whole.conceal(a, 0, 480);
        for (int i = 0; i < 480; i += 80) {
            parts.conceal(b, i, 80);
        }
        assertArrayEquals(Arrays.copyOf(a, 480), Arrays.copyOf(b, 480));
    }

    @Test
    void partOfAFrameIsRefusedWhenEncodingAndIgnoredWhenDecoding() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Gsm.CODEC.newEncoder().encode(new short[80], 0, 80, new byte[33], 0));
        assertEquals(0, Gsm.CODEC.newDecoder().decode(new byte[32], 0, 32, new short[160], 0));
    }
}
