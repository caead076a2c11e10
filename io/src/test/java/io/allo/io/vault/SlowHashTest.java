package io.allo.io.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlowHashTest {
    private static final int FEW = 1_000;

    private final RandomSource random = RandomSource.seeded(7);

    /** RFC 7914 section 11; the first 32 of 64 octets. */
    @ParameterizedTest
    @CsvSource({
        "passwd,salt,1,55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
        "Password,NaCl,80000,4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
    })
    void thePublishedVectorsHold(String secret, String salt, int rounds, String hash) {
        assertArrayEquals(
                HexFormat.of().parseHex(hash),
                SlowHash.pbkdf2(secret, salt.getBytes(StandardCharsets.US_ASCII), rounds));
    }

    /** python3 -c 'hashlib.pbkdf2_hmac("sha256", "1234".encode(), b"0123456789abcdef", 600000)'. */
    @Test
    void aHashMadeElsewhereIsRead() {
        var kept = SlowHash.parse(
                "$pbkdf2-sha256$i=600000$MDEyMzQ1Njc4OWFiY2RlZg$JBuCasnxaW3zxY+ksbqUjlFhrGxUXc9eH+a41WmdLCg");
        assertTrue(kept.matches("1234"));
        assertFalse(kept.matches("1235"));
        assertFalse(kept.isOutdated());
    }

    @Test
    void aSecretMatchesItsHashAfterItWasWrittenAndRead() {
        var kept = SlowHash.parse(SlowHash.of("4711", FEW, random).toString());
        assertTrue(kept.matches("4711"));
        assertFalse(kept.matches("4712"));
        assertFalse(kept.matches("47110"));
        assertTrue(kept.isOutdated());
    }

    @Test
    void lettersBeyondAsciiCount() {
        var kept = SlowHash.of("Füße-été", FEW, random);
        assertTrue(kept.matches("Füße-été"));
        assertFalse(kept.matches("Fuße-été"));
    }

    @Test
    void equalSecretsHaveDifferentHashes() {
        assertNotEquals(
                SlowHash.of("4711", FEW, random).toString(),
                SlowHash.of("4711", FEW, random).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4711",
                "$pbkdf2-sha256$i=0$c2FsdHNhbHRzYWx0c2Fs$AAAA",
                "$pbkdf2-sha256$i=99999999$c2FsdHNhbHRzYWx0c2Fs$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoHashIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> SlowHash.parse(text));
    }

    @Test
    void anEmptySecretIsNone() {
        assertThrows(IllegalArgumentException.class, () -> SlowHash.of("", FEW, random));
    }
}
