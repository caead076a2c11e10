package io.allo.media.sdes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.media.srtp.SrtpContext;
import io.allo.media.srtp.SrtpSuite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of RFC 4568, sections 4, 5.1 and 9.1. */
class CryptoAttributeTest {

    private static final String INLINE = "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    private static CryptoAttribute line(String value) {
        return CryptoAttribute.parse(value).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4 FEC_ORDER=FEC_SRTP, 14",
        "1 AES_CM_128_HMAC_SHA1_32 inline:NzB4d1BINUAvLEw6UzF3WSJ+PSdFcGdUJShpX1Zj|2^20|1:32, 36",
        "1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR|2^20|1:4, 14",
        "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20|1:32, 42",
        "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|1:4, 14",
        "5 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|1048576, 10",
        "5 aes_cm_128_hmac_sha1_80 INLINE:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj WSH=128 KDR=0 -X=1, 10"
    })
    void linesThatCanBeUsedGiveTheirKey(String value, int overheadBytes) {
        assertEquals(overheadBytes, new SrtpContext(line(value).key().orElseThrow()).overheadBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 F8_128_HMAC_SHA1_80 " + INLINE,
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + "|2^20|1:4;" + INLINE + "|2^20|2:4",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + " UNENCRYPTED_SRTP",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + " UNAUTHENTICATED_SRTP",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + " UNENCRYPTED_SRTCP KDR=0",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + " KDR=1",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + "|2^49",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + "|0",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + "|999999999999999",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + "|2^20|256:1",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + "|1:0",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + "|1:129",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + "|1:4|2^20",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + "|x",
                "1 AES_CM_128_HMAC_SHA1_80 " + INLINE + "|",
                "1 AES_CM_128_HMAC_SHA1_80 uri:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
                "1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubG",
                "1 AES_CM_128_HMAC_SHA1_80 inline:*VNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
                "1 AES_256_CM_HMAC_SHA1_80 " + INLINE,
                "1 AEAD_AES_128_GCM " + INLINE
            })
    void linesThatChangeWhatWeDoToPacketsOrNameNoKeyOfOursAreNoUse(String value) {
        assertTrue(line(value).key().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "1 AES_CM_128_HMAC_SHA1_80", "x AES_CM_128_HMAC_SHA1_80 inline:a", "1234567890 A b"})
    void whatIsNoCryptoLineIsNone(String value) {
        assertTrue(CryptoAttribute.parse(value).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void whatWeWriteIsReadAgain(SrtpSuite suite) {
        var key = SdesKeys.generate(RandomSource.seeded(3)).key(suite).orElseThrow();
        var line = CryptoAttribute.of(7, key);
        assertEquals(line, line(line.value()));
        assertEquals(key, line(line.value()).key().orElseThrow());
    }

    @Test
    void noKeyIsShownInText() {
        var keys = SdesKeys.generate(RandomSource.seeded(3));
        var line = keys.offer().getFirst();
        var key = line.key().orElseThrow();
        for (var text : List.of(keys, line, new StreamKeys(key, key), keys.offer())) {
            assertFalse(text.toString().contains(key.base64().substring(0, 6)), text.toString());
        }
        assertNotEquals(
                key, SdesKeys.generate(RandomSource.seeded(4)).key(key.suite()).orElseThrow());
    }

    @Test
    void theStrongestIsOfferedFirst() {
        assertEquals(
                List.of(
                        "AEAD_AES_256_GCM",
                        "AEAD_AES_128_GCM",
                        "AES_256_CM_HMAC_SHA1_80",
                        "AES_CM_128_HMAC_SHA1_80",
                        "AES_CM_128_HMAC_SHA1_32"),
                SdesKeys.generate(RandomSource.seeded(3)).offer().stream()
                        .map(CryptoAttribute::suite)
                        .toList());
        assertEquals(List.of(), SdesKeys.NONE.offer());
    }
}
