package io.allo.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CodecsTest {
    @Test
    void staticPayloadTypesAreThoseOfRfc3551() {
        assertSame(G711.ULAW, Codecs.byPayloadType(0).orElseThrow());
        assertSame(Gsm.CODEC, Codecs.byPayloadType(3).orElseThrow());
        assertSame(G711.ALAW, Codecs.byPayloadType(8).orElseThrow());
        assertSame(G722.CODEC, Codecs.byPayloadType(9).orElseThrow());
        assertTrue(Codecs.byPayloadType(4).isEmpty());
        for (var codec : Codecs.all()) {
            int type = Codecs.staticPayloadType(codec);
            assertTrue(type == -1 || Codecs.byPayloadType(type).orElseThrow() == codec);
        }
    }

    @Test
    void namesAreFoundInAnyCaseAndWithTheirClock() {
        assertSame(G711.ULAW, Codecs.byName("pcmu").orElseThrow());
        assertSame(G722.CODEC, Codecs.byName("G722", 8000).orElseThrow());
        assertTrue(Codecs.byName("G722", 16000).isEmpty());
        assertEquals(new Linear(44100), Codecs.byName("l16", 44100).orElseThrow());
        assertTrue(Codecs.byName("G729").isEmpty());
    }

    @Test
    void l16IsBigEndianOnTheWire() {
        var out = new byte[4];
        new Linear(8000).newEncoder().encode(new short[] {0x1234, -2}, 0, 2, out, 0);
        assertArrayEquals(new byte[] {0x12, 0x34, (byte) 0xff, (byte) 0xfe}, out);
        assertArrayEquals(new short[] {0x1234, -2}, TestSound.decode(new Linear(8000), out));
    }

    @Test
    void rangesThatDoNotFitAreRefusedBeforeAnythingIsWritten() {
        for (var codec : Codecs.all()) {
            int n = codec.frameSamples();
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> codec.newEncoder().encode(new short[n], 0, n, new byte[codec.maxBytes(n) - 1], 0));
            if (codec == Opus.CODEC) {
                continue; // how many samples a packet makes is said in it: see OpusTest
            }
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> codec.newDecoder()
                            .decode(new byte[codec.maxBytes(n)], 0, codec.maxBytes(n), new short[n - 1], 0));
        }
    }

    @Test
    void steadyEncodingDecodingAndConcealingAllocateNothing() {
        for (var codec : Codecs.all()) {
            int n = codec.frameSamples();
            var pcm = TestSound.sine(codec.sampleRate(), 440, 8000, n);
            var out = new short[n];
            var bytes = new byte[codec.maxBytes(n)];
            var encoder = codec.newEncoder();
            var decoder = codec.newDecoder();
            assertEquals(
                    0,
                    TestSound.allocatedBytes(() -> {
                        int length = encoder.encode(pcm, 0, n, bytes, 0);
                        decoder.decode(bytes, 0, length, out, 0);
                        decoder.conceal(out, 0, n);
                    }),
                    codec.toString());
        }
    }
}
