package io.allo.media.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    /** "abc", whose hashes are in FIPS 180-2. */
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    private static final String ABC_SHA_1 = "A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D";
    private static final String ABC_SHA_256 =
            "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";

    private static Fingerprint parsed(String value) {
        return Fingerprint.parse(value).orElseThrow();
    }

    @Test
    void itIsWrittenAsRfc8122WantsIt() {
        assertEquals("sha-256 " + ABC_SHA_256, Fingerprint.of("sha-256", ABC).toString());
        assertEquals("sha-1 " + ABC_SHA_1, Fingerprint.of("sha-1", ABC).toString());
    }

    @Test
    void lettersMayBeInAnyCase() {
        assertEquals(parsed("sha-256 " + ABC_SHA_256), parsed("SHA-256 " + ABC_SHA_256.toLowerCase(Locale.ROOT)));
        assertEquals(parsed("sha-1 " + ABC_SHA_1), parsed("  sha-1 \t" + ABC_SHA_1 + " "));
    }

    @ParameterizedTest
    @CsvSource({"sha-1, 20", "sha-224, 28", "sha-256, 32", "sha-384, 48", "sha-512, 64"})
    void everyHashThatMayBeUsedIsRead(String hash, int bytes) {
        var text = "00:".repeat(bytes - 1) + "FF";
        assertEquals(hash, parsed(hash + " " + text).hash());
        assertTrue(Fingerprint.parse(hash + " " + text + ":00").isEmpty());
        assertTrue(Fingerprint.parse(hash + " " + text.substring(3)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "md5 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF",
                "md2 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF",
                "sha-1 A9993E364706816ABA3E25717850C26C9CD0D89D",
                "sha-1 G9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D",
                "sha-1 A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D more",
                "sha-9 00"
            })
    void whatCannotBeUsedIsNone(String value) {
        assertEquals(Optional.empty(), Fingerprint.parse(value));
    }

    @Test
    void anyLineOfTheStrongestHashMayMatch() {
        var other = parsed("sha-256 " + "00:".repeat(31) + "00");
        assertTrue(Fingerprint.matches(List.of(other, parsed("sha-256 " + ABC_SHA_256)), ABC));
        assertTrue(Fingerprint.matches(List.of(parsed("sha-1 " + ABC_SHA_1)), ABC));
        assertFalse(Fingerprint.matches(List.of(other), ABC));
        assertFalse(Fingerprint.matches(List.of(), ABC));
    }

    @Test
    void aWeakHashDoesNotHelpAgainstAStrongOneThatDiffers() {
        var other = parsed("sha-256 " + "00:".repeat(31) + "00");
        assertFalse(Fingerprint.matches(List.of(parsed("sha-1 " + ABC_SHA_1), other), ABC));
    }

    @Test
    void theSameBytesUnderAnotherHashAreAnotherFingerprint() {
        assertNotEquals(Fingerprint.of("sha-256", ABC), Fingerprint.of("sha-256", new byte[] {1}));
        assertNotEquals(Fingerprint.of("sha-256", ABC), Fingerprint.of("sha-1", ABC));
    }
}
