package io.allo.io.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class CipherSuitesTest {

    @Test
    void theJdkSpeaksEverySuiteThatWeName() throws Exception {
        var spoken = List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        assertTrue(spoken.containsAll(CipherSuites.DEFAULT));
        var onRequest = CipherSuites.ofAsterisk(List.of(
                "ECDHE-ECDSA-AES256-SHA384,ECDHE-RSA-AES256-SHA384,ECDHE-ECDSA-AES128-SHA256,ECDHE-RSA-AES128-SHA256",
                "DHE-RSA-AES256-SHA256 DHE-RSA-AES128-SHA256"));
        assertEquals(List.of(), onRequest.leftOut());
        assertEquals(9, onRequest.suites().size());
        assertTrue(spoken.containsAll(onRequest.suites()));
    }

    @Test
    void theDefaultHasForwardSecrecyAndNoCbc() {
        assertTrue(CipherSuites.DEFAULT.stream()
                .allMatch(suite -> suite.matches("TLS_(AES|CHACHA20|ECDHE_|DHE_).*(GCM|POLY1305)_SHA.*")));
        assertFalse(CipherSuites.DEFAULT.toString().contains("CBC"));
    }

    @Test
    void weakAndUnknownSuitesAreLeftOutAndSaid() {
        var read = CipherSuites.ofAsterisk(
                List.of("AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256", "RC4-MD5", "ECDHE-RSA-AES256-SHA", "nonsense"));
        assertEquals(List.of("AES128-SHA", "RC4-MD5", "ECDHE-RSA-AES256-SHA", "nonsense"), read.leftOut());
        assertEquals("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", read.suites().getLast());
        assertEquals(4, read.suites().size(), "and those of TLS 1.3, about which the list says nothing");
        assertFalse(read.usesDefault());
    }

    @Test
    void whereNothingIsLeftTheDefaultStands() {
        var read = CipherSuites.ofAsterisk(List.of("HIGH:!aNULL", "DES-CBC3-SHA"));
        assertEquals(CipherSuites.DEFAULT, read.suites());
        assertTrue(read.usesDefault());
        assertEquals(3, read.leftOut().size());
        var nothing = CipherSuites.ofAsterisk(List.of());
        assertEquals(CipherSuites.DEFAULT, nothing.suites());
        assertEquals(List.of(), nothing.leftOut());
    }

    @Test
    void suitesOfTls13AndNamesOfIanaAreUnderstood() {
        var read = CipherSuites.ofAsterisk(List.of("tls_aes_128_gcm_sha256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
        assertEquals(List.of("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), read.suites());
    }
}
