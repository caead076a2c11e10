package io.allo.io.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5922 7.1 and 7.2 on certificates made by openssl. */
class SipIdentityTest {

    @ParameterizedTest
    @CsvSource({
        "ec-pkcs8.pem, domain.example.com, false, true", // sip: URI
        "ec-pkcs8.pem, host.example.com, false, true", // DNS name
        "ec-pkcs8.pem, ec8.example.com, false, false", // common name does not count beside alternative names
        "ec-sec1.pem, EC.example.com, false, true",
        "ec-sec1.pem, 127.0.0.1, false, true",
        "ec-sec1.pem, ::1, false, true",
        "ec-sec1.pem, 0:0:0:0:0:0:0:1, false, true",
        "ec-sec1.pem, a.wild.example.com, false, false", // no wildcards in SIP
        "ec-sec1.pem, a.wild.example.com, true, true",
        "ec-sec1.pem, a.b.wild.example.com, true, false",
        "ec-sec1.pem, wild.example.com, true, false",
        "common-name.pem, common.example.com, false, true",
        "common-name.pem, other.example.com, true, false"
    })
    void aCertificateSpeaksForItsNames(String file, String domain, boolean wildcards, boolean speaks) throws Exception {
        var certificate = PemFile.read(Fixture.file(file)).certificates().getFirst();
        assertEquals(speaks, SipIdentity.speaksFor(certificate, domain, wildcards));
    }
}
