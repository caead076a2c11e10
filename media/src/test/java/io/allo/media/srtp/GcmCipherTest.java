package io.allo.media.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class GcmCipherTest {

    @Test
    void packetsOfAllLengthsAreSealedAsTheJdkSealsThem() throws Exception {
        var random = new Random(7);
        for (var body = 0; body < 600; body++) {
            var key = new byte[body % 2 == 0 ? 16 : 32];
            var b = new byte[12 + 4 * (body % 5) + body + GcmCipher.TAG_BYTES];
            random.nextBytes(key);
            random.nextBytes(b);
            var header = 12 + 4 * (body % 5);
            var ssrc = random.nextInt();
            var index = random.nextLong() >>> 16;
            var iv = new byte[12];
            for (var i = 0; i < 4; i++) {
                iv[2 + i] = (byte) (ssrc >>> 24 - 8 * i);
            }
            for (var i = 0; i < 6; i++) {
                iv[6 + i] = (byte) (index >>> 40 - 8 * i);
            }
            var jdk = Cipher.getInstance("AES/GCM/NoPadding");
            jdk.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
            jdk.updateAAD(b, 0, header);
            var expected = Arrays.copyOf(b, b.length);
            jdk.doFinal(b, header, body, expected, header);

            new GcmCipher(key, new byte[12], false, new SrtpScratch())
                    .seal(b, 0, header, header + body, ssrc, index, 0, header + body);
            assertArrayEquals(expected, b, "body of " + body);
        }
    }

    @Test
    void everyChangedBitIsSeen() {
        var cipher = new GcmCipher(new byte[16], new byte[12], true, new SrtpScratch());
        var sealed = new byte[60];
        cipher.seal(sealed, 0, 8, 44, 5, 6, 7, 44);
        for (var bit = 0; bit < 8 * sealed.length; bit++) {
            var b = sealed.clone();
            b[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(cipher.open(b, 0, 8, 44, 5, 6, 7, 44), "bit " + bit);
        }
        assertFalse(cipher.open(sealed.clone(), 0, 8, 44, 4, 6, 7, 44), "source");
        assertFalse(cipher.open(sealed.clone(), 0, 8, 44, 5, 5, 7, 44), "index");
        assertFalse(cipher.open(sealed.clone(), 0, 8, 44, 5, 6, 6, 44), "word");
    }
}
