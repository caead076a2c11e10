package io.allo.media.srtp;

import static io.allo.media.srtp.SrtpPackets.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 3711 appendix B, RFC 6188 section 7 and RFC 7714 sections 16 and 17, and libsrtp's reference packets. */
class SrtpVectorTest {

    private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
    private static final String GCM_SALT = "517569642070726f2071756f";
    private static final String GCM_RTP =
            "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private static final String GCM_RTCP =
            "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

    private static String derived(SrtpMasterKey key, SrtpKeys.Label label, int bytes) {
        return hex(new SrtpKeys(key, new SrtpScratch()).derive(label, bytes), 0, bytes);
    }

    private static SrtpMasterKey key(SrtpSuite suite, String key, String salt) {
        return SrtpMasterKey.of(suite, hex(key), hex(salt), new byte[0]);
    }

    @Test
    void rfc3711B3DerivesTheSessionKeys() {
        var key = key(
                SrtpSuite.AES_CM_128_HMAC_SHA1_80, "e1f97a0d3e018be0d64fa32c06de4139", "0ec675ad498afeebb6960b3aabe6");
        assertEquals("c61e7a93744f39ee10734afe3ff7a087", derived(key, SrtpKeys.Label.RTP_ENCRYPTION, 16));
        assertEquals("30cbbc08863d8c85d49db34a9ae1", derived(key, SrtpKeys.Label.RTP_SALT, 14));
        assertEquals(
                "cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbcee049646c43d9327ad175578ef72270986371c1"
                        + "0c9a369ac2f94a8c5fbcdddc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2",
                derived(key, SrtpKeys.Label.RTP_AUTHENTICATION, 94));
    }

    @Test
    void rfc6188DerivesTheSessionKeysOf256Bits() {
        var key = key(
                SrtpSuite.AES_256_CM_HMAC_SHA1_80,
                "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6",
                "3b04803de51ee7c96423ab5b78d2");
        assertEquals(
                "5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4",
                derived(key, SrtpKeys.Label.RTP_ENCRYPTION, 32));
        assertEquals("fa31791685ca444a9e07c6c64e93", derived(key, SrtpKeys.Label.RTP_SALT, 14));
        assertEquals("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05", derived(key, SrtpKeys.Label.RTP_AUTHENTICATION, 20));
    }

    @Test
    void rfc3711B2MakesTheKeyStreamOf65282Blocks() {
        var aes = new AesCounter(hex("2b7e151628aed2a6abf7158809cf4f3c"), new SrtpScratch());
        aes.start(hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd0000"));
        var stream = new byte[0xff02 * 16];
        aes.apply(stream, 0, stream.length);
        assertEquals(
                "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0",
                hex(stream, 0, 48));
        assertEquals(
                "ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae6a2cc3787889374fbeb4c81b17ba6c44",
                hex(stream, 0xfeff * 16, 48));
    }

    @Test
    void libsrtpsReferencePacketsComeOut() {
        var key = key(
                SrtpSuite.AES_CM_128_HMAC_SHA1_80, "e1f97a0d3e018be0d64fa32c06de4139", "0ec675ad498afeebb6960b3aabe6");
        both(
                key,
                "800f1234decafbadcafebabeabababababababababababababababab",
                "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
        control(
                key,
                1,
                "81c8000bcafebabeabababababababababababababababab",
                "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
        both(
                key(
                        SrtpSuite.AES_256_CM_HMAC_SHA1_80,
                        "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6",
                        "3b04803de51ee7c96423ab5b78d2"),
                "800f1234decafbadcafebabeabababababababababababababababab",
                "800f1234decafbadcafebabef1d9de17ff251ff1aa007774b0b4b40da08d9d9a5b3a55d8873b");
        both(
                key(SrtpSuite.AEAD_AES_128_GCM, KEY_128, "a0a1a2a3a4a5a6a7a8a9aaab"),
                "800f1234decafbadcafebabeabababababababababababababababab",
                "800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392");
    }

    private static void both(SrtpMasterKey key, String rtp, String srtp) {
        assertEquals(srtp, hexOf(SrtpPackets.protect(new SrtpContext(key), hex(rtp))));
        assertEquals("OK", SrtpPackets.unprotect(new SrtpContext(key), hex(srtp), hex(rtp)));
    }

    private static void control(SrtpMasterKey key, int index, String rtcp, String srtcp) {
        assertEquals(srtcp, hexOf(SrtpPackets.protect(new SrtcpContext(key, index), hex(rtcp))));
        assertEquals("OK", SrtpPackets.unprotect(new SrtcpContext(key), hex(srtcp), hex(rtcp)));
    }

    private static String hexOf(byte[] b) {
        return hex(b, 0, b.length);
    }

    @Test
    void rfc7714Section16SealsRtp() {
        gcmRtp(
                KEY_128,
                "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                        + "899d7f27beb16a9152cf765ee4390cce");
        gcmRtp(
                KEY_256,
                "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                        + "7aa3db36dfffd6b0f9bb7878d7a76c13");
    }

    private static void gcmRtp(String key, String sealed) {
        var cipher = new GcmCipher(hex(key), hex(GCM_SALT), false, new SrtpScratch());
        var b = Arrays.copyOf(hex(GCM_RTP), hex(sealed).length);
        cipher.seal(b, 0, 12, 50, 0x5501a0b2, 0xf17b, 0, 50);
        assertEquals(sealed, hexOf(b));
        assertTrue(cipher.open(b, 0, 12, 50, 0x5501a0b2, 0xf17b, 0, 50));
        assertEquals(GCM_RTP, hex(b, 0, 50));
    }

    @Test
    void rfc7714Section17SealsRtcp() {
        gcmRtcp(
                KEY_128,
                8,
                "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
                        + "c84aa45896cf4d2fc5abf87245d9eade",
                0x800005d4);
        gcmRtcp(
                KEY_256,
                8,
                "81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad"
                        + "1d1eb30c4446839f57ff6f6cb26ac3be",
                0x800005d4);
        gcmRtcp(KEY_128, 52, GCM_RTCP + "841dd9683dd78ec92ae58790125f62b3", 0x000005d4);
    }

    private static void gcmRtcp(String key, int headerBytes, String sealed, int word) {
        var cipher = new GcmCipher(hex(key), hex(GCM_SALT), true, new SrtpScratch());
        var b = Arrays.copyOf(hex(GCM_RTCP), hex(sealed).length);
        cipher.seal(b, 0, headerBytes, 52, 0x4d617273, 0x5d4, word, 52);
        assertEquals(sealed, hexOf(b));
        assertTrue(cipher.open(b, 0, headerBytes, 52, 0x4d617273, 0x5d4, word, 52));
        assertEquals(GCM_RTCP, hex(b, 0, 52));
    }
}
