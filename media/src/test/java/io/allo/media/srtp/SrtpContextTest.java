package io.allo.media.srtp;

import static io.allo.media.srtp.SrtpPackets.SSRC;
import static io.allo.media.srtp.SrtpPackets.key;
import static io.allo.media.srtp.SrtpPackets.protect;
import static io.allo.media.srtp.SrtpPackets.rtp;
import static io.allo.media.srtp.SrtpPackets.unprotect;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpContextTest {

    private static final SrtpMasterKey KEY = key(SrtpSuite.AES_CM_128_HMAC_SHA1_80);

    private final SrtpContext sender = new SrtpContext(KEY);
    private final SrtpContext receiver = new SrtpContext(KEY);

    private String pass(int sequence) {
        var packet = rtp(SSRC, sequence);
        return unprotect(receiver, protect(sender, packet), packet);
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void whatIsProtectedComesOutAgain(SrtpSuite suite) {
        var out = new SrtpContext(key(suite));
        var in = new SrtpContext(key(suite));
        for (var sequence = 65_500; sequence < 65_600; sequence++) {
            var packet = rtp(SSRC, sequence);
            var sealed = protect(out, packet);
            assertEquals(packet.length + suite.tagBytes(), sealed.length);
            assertEquals("OK", unprotect(in, sealed, packet));
            assertEquals("REPLAYED", unprotect(in, sealed, packet));
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void everyChangedByteIsRefusedAndNothingIsLearntFromIt(SrtpSuite suite) {
        var out = new SrtpContext(key(suite));
        var in = new SrtpContext(key(suite));
        var packet = rtp(SSRC, 3);
        var sealed = protect(out, packet);
        for (var i = 0; i < sealed.length; i++) {
            var forged = sealed.clone();
            forged[i] ^= 0x10;
            // 0x10 of the first byte is the extension bit: then the header may be longer than the packet
            var outcome = unprotect(in, forged, packet);
            assertTrue(outcome.equals("FORGED") || i == 0 && outcome.equals("MALFORMED"), "byte " + i + ": " + outcome);
        }
        assertEquals("OK", unprotect(in, sealed, packet));
    }

    @Test
    void headersWithContributorsAndExtensionStayReadable() {
        var packet = HexFormat.of().parseHex("928000010000000adeadbeef0000000100000002bede000110aa000001020304");
        var sealed = protect(sender, packet);
        assertArrayEquals(Arrays.copyOf(packet, 28), Arrays.copyOf(sealed, 28));
        assertNotEquals(0x01020304, HexFormat.fromHexDigits(HexFormat.of().formatHex(sealed, 28, 32)));
        assertEquals("OK", unprotect(receiver, sealed, packet));
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void whatIsTooShortIsNoPacket(SrtpSuite suite) {
        var context = new SrtpContext(key(suite));
        var sealed = protect(new SrtpContext(key(suite)), rtp(SSRC, 1));
        for (var length = 0; length < 12 + suite.tagBytes(); length++) {
            assertEquals("MALFORMED", unprotect(context, Arrays.copyOf(sealed, length), sealed));
        }
        sealed[0] = 0x40;
        assertEquals("MALFORMED", unprotect(context, sealed, sealed), "version 1");
        sealed[0] = (byte) 0x90;
        sealed[14] = 0x7f;
        assertEquals("MALFORMED", unprotect(context, sealed, sealed), "an extension longer than the packet");
        var bare = Arrays.copyOf(sealed, 12 + suite.tagBytes());
        assertEquals("MALFORMED", unprotect(context, bare, sealed), "an extension without its header");
        assertEquals(SrtpFailure.MALFORMED, SrtpFailure.of(context.protect(new byte[40], 0, 11)));
    }

    @Test
    void aHeaderWithoutSoundIsAPacket() {
        var packet = Arrays.copyOf(rtp(SSRC, 1), 12);
        assertEquals("OK", unprotect(receiver, protect(sender, packet), packet));
    }

    @Test
    void withoutRoomForTheTagNothingIsWritten() {
        var packet = rtp(SSRC, 1);
        var b = Arrays.copyOf(packet, packet.length + 9);
        assertEquals(SrtpFailure.NO_ROOM, SrtpFailure.of(sender.protect(b, 0, packet.length)));
        assertArrayEquals(packet, Arrays.copyOf(b, packet.length));
        assertEquals("OK", pass(1));
    }

    @Test
    void aNumberIsNotUsedTwiceForSending() {
        var b = SrtpPackets.roomy(rtp(SSRC, 1_000));
        assertEquals(182, sender.protect(b, 0, 172));
        b = SrtpPackets.roomy(rtp(SSRC, 1_000));
        assertEquals(SrtpFailure.REPLAYED, SrtpFailure.of(sender.protect(b, 0, 172)));
        assertArrayEquals(rtp(SSRC, 1_000), Arrays.copyOf(b, 172));
        b = SrtpPackets.roomy(rtp(SSRC, 1_000 - 128));
        assertEquals(SrtpFailure.TOO_OLD, SrtpFailure.of(sender.protect(b, 0, 172)));
        b = SrtpPackets.roomy(rtp(SSRC, 1_000 - 127));
        assertEquals(182, sender.protect(b, 0, 172));
    }

    @Test
    void theEdgeOfTheWindowIsExact() {
        var edge = protect(sender, rtp(SSRC, 1_001));
        var sealed = protect(sender, rtp(SSRC, 1_000));
        assertEquals("OK", unprotect(receiver, protect(sender, rtp(SSRC, 1_128)), rtp(SSRC, 1_128)));
        assertEquals("TOO_OLD", unprotect(receiver, sealed, rtp(SSRC, 1_000)));
        assertEquals("OK", unprotect(receiver, edge, rtp(SSRC, 1_001)));
    }

    @Test
    void packetsOutOfOrderRoundTheWrapAreTakenOnce() {
        var random = new Random(5);
        for (var start = 65_400; start < 400_000; start += 60) {
            var order = new java.util.ArrayList<Integer>();
            for (var i = 0; i < 60; i++) {
                order.add(start + i);
            }
            var sealed = new java.util.HashMap<Integer, byte[]>();
            order.forEach(s -> sealed.put(s, protect(sender, rtp(SSRC, s))));
            java.util.Collections.shuffle(order, random);
            for (var sequence : order) {
                assertEquals("OK", unprotect(receiver, sealed.get(sequence), rtp(SSRC, sequence)));
                assertEquals("REPLAYED", unprotect(receiver, sealed.get(sequence), rtp(SSRC, sequence)));
            }
        }
    }

    @Test
    void theCounterGoesBackForLatePacketsAfterTheWrap() {
        assertEquals("OK", pass(65_530));
        var late = protect(sender, rtp(SSRC, 65_535));
        var later = protect(sender, rtp(SSRC, 65_536 + 20));
        assertEquals("OK", unprotect(receiver, later, rtp(SSRC, 65_536 + 20)));
        assertEquals("OK", unprotect(receiver, late, rtp(SSRC, 65_535)));
        assertEquals("OK", pass(65_536 + 21));
    }

    @Test
    void upToHalfTheNumbersMayBeLostRoundTheWrap() {
        assertEquals("OK", pass(65_000));
        for (var sequence = 65_001; sequence < 65_000 + 32_000; sequence++) {
            protect(sender, rtp(SSRC, sequence));
        }
        assertEquals("OK", pass(65_000 + 32_000));
    }

    @Test
    void aStreamWhoseFirstPacketsWereLostBeforeTheWrapIsHeard() {
        protect(sender, rtp(SSRC, 65_535));
        assertEquals("OK", pass(65_536));
        assertEquals("OK", pass(65_537));
    }

    @Test
    void aLowFirstCounterIsNotSteppedBelowZero() {
        assertEquals("OK", pass(5));
        var jump = protect(sender, rtp(SSRC, 60_000));
        assertEquals("OK", unprotect(receiver, jump, rtp(SSRC, 60_000)));
    }

    @Test
    void afterTheLastIndexTheKeyIsUsedUp() {
        var last = new SrtpContext(KEY, 0xFFFF_FFFFL);
        var in = new SrtpContext(KEY, 0xFFFF_FFFFL);
        var packet = rtp(SSRC, 65_535);
        assertEquals("OK", unprotect(in, protect(last, packet), packet));
        var beyond = SrtpPackets.roomy(rtp(SSRC, 65_536));
        assertEquals(SrtpFailure.KEY_EXHAUSTED, SrtpFailure.of(last.protect(beyond, 0, 172)));
        assertEquals("KEY_EXHAUSTED", unprotect(in, Arrays.copyOf(beyond, 182), packet));
    }

    @Test
    void everySourceHasItsOwnNumbersUpToTheLimit() {
        for (var ssrc = 0; ssrc < SrtpContext.MAX_SOURCES; ssrc++) {
            var packet = rtp(ssrc, 9);
            assertEquals("OK", unprotect(receiver, protect(sender, packet), packet));
        }
        var more = SrtpPackets.roomy(rtp(-1, 9));
        assertEquals(SrtpFailure.TOO_MANY_SOURCES, SrtpFailure.of(sender.protect(more, 0, 172)));
        var other = protect(new SrtpContext(KEY), rtp(-1, 9));
        assertEquals("TOO_MANY_SOURCES", unprotect(receiver, other, rtp(-1, 9)));
        for (var ssrc = 0; ssrc < SrtpContext.MAX_SOURCES; ssrc++) {
            var packet = rtp(ssrc, 10);
            assertEquals("OK", unprotect(receiver, protect(sender, packet), packet));
        }
    }

    @Test
    void forgedPacketsMakeNoSources() {
        for (var ssrc = 0; ssrc < 1_000; ssrc++) {
            assertEquals("FORGED", unprotect(receiver, Arrays.copyOf(rtp(ssrc, 1), 182), rtp(ssrc, 1)));
        }
        assertEquals("OK", pass(1));
    }

    @Test
    void aNewKeyBeginsWithAnyCounterThatItsSenderHas() {
        for (var sequence = 0; sequence < 200_000; sequence += 20_000) {
            assertEquals("OK", pass(sequence));
        }
        var newKey = key(SrtpSuite.AEAD_AES_128_GCM);
        var packet = rtp(SSRC, 200_000);
        var fromZero = protect(new SrtpContext(newKey), packet);
        assertEquals("OK", unprotect(new SrtpContext(newKey, receiver), fromZero, packet));
        var goesOn = protect(new SrtpContext(newKey, 200_000 >> 16), packet);
        assertEquals("OK", unprotect(new SrtpContext(newKey, receiver), goesOn, packet));
        assertEquals("FORGED", unprotect(new SrtpContext(newKey), goesOn, packet));
        assertEquals("FORGED", unprotect(receiver, fromZero, packet));
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void anIdentifierStandsInEveryPacket(SrtpSuite suite) {
        var key = key(suite).withMki(new byte[] {0, 0, 0, 9});
        var packet = rtp(SSRC, 1);
        var sealed = protect(new SrtpContext(key), packet);
        assertEquals(packet.length + suite.tagBytes() + 4, sealed.length);
        assertEquals(9, sealed[suite.isAead() ? sealed.length - 1 : packet.length + 3]);
        assertEquals("OK", unprotect(new SrtpContext(key), sealed, packet));
        var otherKey = key(suite).withMki(new byte[] {0, 0, 0, 8});
        assertEquals("WRONG_KEY", unprotect(new SrtpContext(otherKey), sealed, packet));
    }

    @Test
    void keysAreNotShown() {
        var key = SrtpMasterKey.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RandomSource.seeded(1));
        assertEquals("AES_CM_128_HMAC_SHA1_80 (key hidden)", key.toString());
        assertEquals(40, key.base64().length());
        assertNotEquals(key, SrtpMasterKey.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RandomSource.seeded(2)));
        assertEquals(key, key.withMki(new byte[0]));
        assertFalse(key.equals(key.withMki(new byte[1])));
    }

    @Test
    void keysOfOtherLengthsAreNoKeys() {
        for (var suite : SrtpSuite.values()) {
            var bytes = suite.keyBytes() + suite.saltBytes();
            assertThrows(IllegalArgumentException.class, () -> SrtpMasterKey.ofKeyAndSalt(suite, new byte[bytes - 1]));
            assertThrows(IllegalArgumentException.class, () -> SrtpMasterKey.ofKeyAndSalt(suite, new byte[bytes + 1]));
            assertThrows(IllegalArgumentException.class, () -> SrtpMasterKey.ofKeyAndSalt(suite, new byte[0]));
        }
        assertThrows(IllegalArgumentException.class, () -> KEY.withMki(new byte[129]));
        assertThrows(IllegalArgumentException.class, () -> SrtpFailure.of(0));
    }
}
