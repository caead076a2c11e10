package io.allo.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestSecretTest {
    @Test
    void secretIsNeverShown() {
        assertFalse(new DigestSecret.Password("zanzibar").toString().contains("zanzibar"));
        String hash = "0123456789abcdef0123456789abcdef";
        assertFalse(new DigestSecret.Hashed(Map.of(DigestAlgorithm.MD5, hash))
                .toString()
                .contains(hash));
        assertFalse(new Account("bob", new DigestSecret.Password("zanzibar"))
                .toString()
                .contains("zanzibar"));
    }

    @Test
    void hashServesItsAlgorithmOnly() {
        var secret = new DigestSecret.Hashed(Map.of(DigestAlgorithm.MD5, "0123456789ABCDEF0123456789abcdef"));
        assertEquals("0123456789abcdef0123456789abcdef", secret.ha1(DigestAlgorithm.MD5, "u", "r"));
        assertNull(secret.ha1(DigestAlgorithm.SHA_256, "u", "r"));
    }

    @Test
    void whatIsNoHashIsRefused() {
        for (String wrong : new String[] {"", "0123", "zz23456789abcdef0123456789abcdef"}) {
            assertThrows(
                    IllegalArgumentException.class, () -> new DigestSecret.Hashed(Map.of(DigestAlgorithm.MD5, wrong)));
        }
    }

    @Test
    void algorithmsAreFoundByNameInAnyCase() {
        assertEquals(DigestAlgorithm.MD5, DigestAlgorithm.of(null));
        assertEquals(DigestAlgorithm.SHA_256, DigestAlgorithm.of("sha-256"));
        assertNull(DigestAlgorithm.of("SHA-1"));
    }
}
