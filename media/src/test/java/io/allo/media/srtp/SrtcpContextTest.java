package io.allo.media.srtp;

import static io.allo.media.srtp.SrtpPackets.key;
import static io.allo.media.srtp.SrtpPackets.protect;
import static io.allo.media.srtp.SrtpPackets.unprotect;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtcpContextTest {

    /** A receiver report without reports and a source description. */
    private static byte[] rtcp(int ssrc) {
        var b = HexFormat.of().parseHex("80c90001000000008101000400000000010461404200000000000000");
        b[9] = (byte) 0xca;
        b[7] = (byte) ssrc;
        return b;
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void whatIsProtectedComesOutOnce(SrtpSuite suite) {
        var out = new SrtcpContext(key(suite));
        var in = new SrtcpContext(key(suite));
        for (var i = 0; i < 200; i++) {
            var sealed = protect(out, rtcp(1));
            assertEquals(rtcp(1).length + 4 + suite.controlTagBytes(), sealed.length);
            assertArrayEquals(Arrays.copyOf(rtcp(1), 8), Arrays.copyOf(sealed, 8));
            assertEquals("OK", unprotect(in, sealed, rtcp(1)));
            assertEquals("REPLAYED", unprotect(in, sealed, rtcp(1)));
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void everyChangedByteIsRefused(SrtpSuite suite) {
        var sealed = protect(new SrtcpContext(key(suite)), rtcp(1));
        var in = new SrtcpContext(key(suite));
        for (var i = 0; i < sealed.length; i++) {
            var forged = sealed.clone();
            forged[i] ^= 1;
            assertEquals("FORGED", unprotect(in, forged, rtcp(1)), "byte " + i);
        }
        assertEquals("OK", unprotect(in, sealed, rtcp(1)));
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void whatIsTooShortIsNoPacket(SrtpSuite suite) {
        var context = new SrtcpContext(key(suite));
        var sealed = protect(new SrtcpContext(key(suite)), rtcp(1));
        for (var length = 0; length < 8 + context.overheadBytes(); length++) {
            assertEquals("MALFORMED", unprotect(context, Arrays.copyOf(sealed, length), sealed));
        }
        sealed[0] = 0;
        assertEquals("MALFORMED", unprotect(context, sealed, sealed));
        assertEquals(SrtpFailure.MALFORMED, SrtpFailure.of(context.protect(new byte[64], 0, 7)));
        assertEquals(SrtpFailure.NO_ROOM, SrtpFailure.of(context.protect(rtcp(1), 0, rtcp(1).length)));
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void whatIsOnlyAuthenticatedIsTakenToo(SrtpSuite suite) {
        var key = key(suite);
        var cipher = new SrtpKeys(key, new SrtpScratch()).rtcp();
        var plain = rtcp(1);
        var sealed = Arrays.copyOf(plain, plain.length + 4 + cipher.tagBytes());
        var wordAt = suite.isAead() ? plain.length + cipher.tagBytes() : plain.length;
        sealed[wordAt + 3] = 77;
        var tagAt = suite.isAead() ? plain.length : plain.length + 4;
        cipher.seal(sealed, 0, plain.length, plain.length, 1, 77, 77, tagAt);
        assertEquals("OK", unprotect(new SrtcpContext(key), sealed, plain));
        sealed[wordAt] ^= (byte) 0x80;
        assertEquals("FORGED", unprotect(new SrtcpContext(key), sealed, plain));
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void anIdentifierStandsInEveryPacket(SrtpSuite suite) {
        var key = key(suite).withMki(new byte[] {3});
        var sealed = protect(new SrtcpContext(key), rtcp(1));
        assertEquals("OK", unprotect(new SrtcpContext(key), sealed, rtcp(1)));
        assertEquals("WRONG_KEY", unprotect(new SrtcpContext(key.withMki(new byte[] {4})), sealed, rtcp(1)));
    }

    @Test
    void theWindowMovesAndTheSourcesAreLimited() {
        var key = key(SrtpSuite.AES_CM_128_HMAC_SHA1_32);
        var in = new SrtcpContext(key);
        var old = protect(new SrtcpContext(key, 10), rtcp(1));
        assertEquals("OK", unprotect(in, protect(new SrtcpContext(key, 138), rtcp(1)), rtcp(1)));
        assertEquals("TOO_OLD", unprotect(in, old, rtcp(1)));
        assertEquals("OK", unprotect(in, protect(new SrtcpContext(key, 11), rtcp(1)), rtcp(1)));
        var out = new SrtcpContext(key, 200);
        for (var ssrc = 2; ssrc <= SrtpContext.MAX_SOURCES; ssrc++) {
            assertEquals("OK", unprotect(in, protect(out, rtcp(ssrc)), rtcp(ssrc)));
        }
        assertEquals("TOO_MANY_SOURCES", unprotect(in, protect(out, rtcp(100)), rtcp(100)));
    }

    @Test
    void afterTheLastIndexTheKeyIsUsedUp() {
        var key = key(SrtpSuite.AEAD_AES_256_GCM);
        var out = new SrtcpContext(key, Integer.MAX_VALUE);
        var in = new SrtcpContext(key);
        assertEquals("OK", unprotect(in, protect(out, rtcp(1)), rtcp(1)));
        assertEquals(
                SrtpFailure.KEY_EXHAUSTED, SrtpFailure.of(out.protect(SrtpPackets.roomy(rtcp(1)), 0, rtcp(1).length)));
    }
}
