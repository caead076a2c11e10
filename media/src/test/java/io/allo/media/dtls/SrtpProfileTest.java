package io.allo.media.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 5764 4.1.2 and 4.2, RFC 7714 14.2. */
class SrtpProfileTest {

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void theExportedBytesAreKeyKeySaltSalt(SrtpProfile profile) {
        var key = profile.suite().keyBytes();
        var salt = profile.suite().saltBytes();
        var exported = new byte[profile.exportBytes()];
        for (var i = 0; i < exported.length; i++) {
            exported[i] = (byte) (i < key ? 1 : i < 2 * key ? 2 : i < 2 * key + salt ? 3 : 4);
        }
        var asClient = profile.keys(exported, true);
        var client = Base64.getDecoder().decode(asClient.send().base64());
        var server = Base64.getDecoder().decode(asClient.receive().base64());
        for (var i = 0; i < key + salt; i++) {
            assertEquals(i < key ? 1 : 3, client[i]);
            assertEquals(i < key ? 2 : 4, server[i]);
        }
        var asServer = profile.keys(exported, false);
        assertEquals(asClient.send(), asServer.receive());
        assertEquals(asClient.receive(), asServer.send());
        assertThrows(IllegalArgumentException.class, () -> profile.keys(new byte[exported.length - 1], true));
    }

    @Test
    void theStrongestOfferedOneIsChosenWhateverTheOrder() {
        assertEquals(Optional.of(SrtpProfile.AES128_CM_HMAC_SHA1_80), SrtpProfile.strongest(new int[] {2, 1}));
        assertEquals(Optional.of(SrtpProfile.AEAD_AES_256_GCM), SrtpProfile.strongest(new int[] {1, 7, 8}));
        assertEquals(Optional.empty(), SrtpProfile.strongest(new int[] {5, 6}));
        assertArrayEquals(new int[] {8, 7, 1, 2}, SrtpProfile.ids());
    }
}
