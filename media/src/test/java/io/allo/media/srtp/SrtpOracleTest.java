package io.allo.media.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.core.random.RandomSource;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** jitsi-srtp, an independent program, opens what we seal and seals what we open: all suites, RTP and RTCP, over the wrap. */
class SrtpOracleTest {

    private static final int PACKETS = 300;
    private static final int FIRST = 65_400;
    private static final byte[] REPORT =
            HexFormat.of().parseHex("80c90001cafebabe81ca0004cafebabe010461404200000000000000");

    @BeforeAll
    static void withoutItsBenchmark() {
        Aes.setFactoryClassName("SunJCE");
    }

    private static SrtpContextFactory oracle(boolean sender, SrtpMasterKey key) {
        return new SrtpContextFactory(
                sender,
                key.key(),
                key.salt(),
                policy(key.suite(), key.suite().tagBytes()),
                policy(key.suite(), key.suite().controlTagBytes()),
                new LoggerImpl("oracle"));
    }

    private static SrtpPolicy policy(SrtpSuite suite, int tagBytes) {
        return suite.isAead()
                ? new SrtpPolicy(
                        SrtpPolicy.AESGCM_ENCRYPTION,
                        suite.keyBytes(),
                        SrtpPolicy.NULL_AUTHENTICATION,
                        0,
                        tagBytes,
                        suite.saltBytes())
                : new SrtpPolicy(
                        SrtpPolicy.AESCM_ENCRYPTION,
                        suite.keyBytes(),
                        SrtpPolicy.HMACSHA1_AUTHENTICATION,
                        20,
                        tagBytes,
                        suite.saltBytes());
    }

    private static SrtpMasterKey key(SrtpSuite suite) {
        return SrtpMasterKey.generate(suite, RandomSource.seeded(suite.ordinal()));
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void itOpensWhatWeSeal(SrtpSuite suite) throws GeneralSecurityException {
        var factory = oracle(false, key(suite));
        var oracle = factory.deriveContext(SrtpPackets.SSRC, 0);
        var ours = new SrtpContext(key(suite));
        for (var sequence = FIRST; sequence < FIRST + PACKETS; sequence++) {
            var plain = SrtpPackets.rtp(SrtpPackets.SSRC, sequence);
            var packet = new Packet(SrtpPackets.protect(ours, plain));
            assertEquals(SrtpErrorStatus.OK, oracle.reverseTransformPacket(packet, false));
            assertEquals(HexFormat.of().formatHex(plain), packet.hex());
        }
        var control = factory.deriveControlContext(SrtpPackets.SSRC);
        var ourControl = new SrtcpContext(key(suite), 1);
        for (var i = 0; i < PACKETS; i++) {
            var packet = new Packet(SrtpPackets.protect(ourControl, REPORT));
            assertEquals(SrtpErrorStatus.OK, control.reverseTransformPacket(packet));
            assertEquals(HexFormat.of().formatHex(REPORT), packet.hex());
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void weOpenWhatItSeals(SrtpSuite suite) throws GeneralSecurityException {
        var factory = oracle(true, key(suite));
        var oracle = factory.deriveContext(SrtpPackets.SSRC, 0);
        var ours = new SrtpContext(key(suite));
        for (var sequence = FIRST; sequence < FIRST + PACKETS; sequence++) {
            var plain = SrtpPackets.rtp(SrtpPackets.SSRC, sequence);
            var packet = new Packet(plain);
            assertEquals(SrtpErrorStatus.OK, oracle.transformPacket(packet));
            assertEquals("OK", SrtpPackets.unprotect(ours, packet.bytes(), plain));
        }
        var control = factory.deriveControlContext(SrtpPackets.SSRC);
        var ourControl = new SrtcpContext(key(suite));
        for (var i = 0; i < PACKETS; i++) {
            var packet = new Packet(REPORT);
            assertEquals(SrtpErrorStatus.OK, control.transformPacket(packet));
            assertEquals("OK", SrtpPackets.unprotect(ourControl, packet.bytes(), REPORT));
        }
    }

    /** Sources whose numbers wrap at different times, and a new key in the middle: RFC 3711 3.2.3, 3.3.1. */
    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void severalSourcesEachCountForThemselvesAlsoUnderANewKey(SrtpSuite suite) throws GeneralSecurityException {
        var sources = new int[] {0x1111_1111, 0x2222_2222, 0x3333_3333};
        var second = SrtpMasterKey.generate(suite, RandomSource.seeded(90 + suite.ordinal()));
        var ours = new SrtpContext(key(suite));
        for (var current : List.of(key(suite), second)) {
            if (current == second) {
                ours = new SrtpContext(second, ours);
            }
            var factory = oracle(true, current);
            for (var at = 0; at < sources.length; at++) {
                var oracle = factory.deriveContext(sources[at], 0);
                for (var i = 0; i < PACKETS; i++) {
                    var plain = SrtpPackets.rtp(sources[at], FIRST + at * 40 + i);
                    var packet = new Packet(plain);
                    assertEquals(SrtpErrorStatus.OK, oracle.transformPacket(packet));
                    assertEquals("OK", SrtpPackets.unprotect(ours, packet.bytes(), plain));
                }
            }
        }
    }

    /** A packet as jitsi-srtp wants it. */
    private static final class Packet implements ByteArrayBuffer {
        private byte[] buffer;
        private int length;

        Packet(byte[] bytes) {
            buffer = Arrays.copyOf(bytes, bytes.length + 64);
            length = bytes.length;
        }

        byte[] bytes() {
            return Arrays.copyOf(buffer, length);
        }

        String hex() {
            return HexFormat.of().formatHex(bytes());
        }

        @Override
        public byte[] getBuffer() {
            return buffer;
        }

        @Override
        public int getOffset() {
            return 0;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int newLength) {
            length = newLength;
        }

        @Override
        public void setOffset(int offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int offset, int count, byte[] out) {
            System.arraycopy(buffer, offset, out, 0, count);
        }

        @Override
        public void grow(int count) {
            buffer = Arrays.copyOf(buffer, buffer.length + count);
        }

        @Override
        public void append(byte[] data, int count) {
            System.arraycopy(data, 0, buffer, length, count);
            length += count;
        }

        @Override
        public void shrink(int count) {
            length -= count;
        }
    }
}
