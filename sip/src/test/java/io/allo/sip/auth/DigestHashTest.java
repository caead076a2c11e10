package io.allo.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The worked examples of the RFCs. */
class DigestHashTest {
    private static final String NONCE_7616 = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String CNONCE_7616 = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    private static String rfc7616(DigestAlgorithm h) {
        String ha1 = DigestHash.ha1(h, "Mufasa", "http-auth@example.org", "Circle of Life");
        return DigestHash.response(h, ha1, NONCE_7616, "00000001", CNONCE_7616, "auth", "GET", "/dir/index.html");
    }

    @Test
    void md5ExampleOfRfc7616Section391() {
        assertEquals("8ca523f5e9506fed4657c9700eebdbec", rfc7616(DigestAlgorithm.MD5));
    }

    @Test
    void sha256ExampleOfRfc7616Section391() {
        assertEquals(
                "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", rfc7616(DigestAlgorithm.SHA_256));
    }

    @Test
    void exampleOfRfc2617Section35() {
        String ha1 = DigestHash.ha1(DigestAlgorithm.MD5, "Mufasa", "testrealm@host.com", "Circle Of Life");
        assertEquals("939e7578ed9e3c518a452acee763bce9", ha1);
        assertEquals(
                "6629fae49393a05397450978507c4ef1",
                DigestHash.response(
                        DigestAlgorithm.MD5,
                        ha1,
                        "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                        "00000001",
                        "0a4f113b",
                        "auth",
                        "GET",
                        "/dir/index.html"));
    }

    /** RFC 7616 section 3.9.2 with the values of erratum 4897 (the RFC's own come from a truncated SHA-512). */
    @Test
    void sha512256ExampleOfRfc7616Section392() {
        DigestAlgorithm h = DigestAlgorithm.SHA_512_256;
        String user = "J\u00e4s\u00f8n Doe";
        assertEquals(
                "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b", h.hash(user + ":api@example.org"));
        assertEquals(
                "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5",
                DigestHash.response(
                        h,
                        DigestHash.ha1(h, user, "api@example.org", "Secret, or not?"),
                        "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK",
                        "00000001",
                        "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
                        "auth",
                        "GET",
                        "/doe.json"));
    }

    /** RFC 2617 section 3.2.2.1 without qop, computed with openssl: md5(ha1:nonce:md5(GET:/dir/index.html)). */
    @Test
    void withoutQopTheNonceAloneIsHashed() {
        assertEquals(
                "670fd8c2df070c60b045671b8b24ff02",
                DigestHash.response(
                        DigestAlgorithm.MD5,
                        "939e7578ed9e3c518a452acee763bce9",
                        "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                        "GET",
                        "/dir/index.html"));
    }
}
