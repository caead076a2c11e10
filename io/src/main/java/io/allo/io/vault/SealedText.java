package io.allo.io.vault;

import io.allo.core.random.RandomSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A short text, sealed so that it fits into one line of a file that other programs read: the key's name (16 hexadecimal digits), a colon, and in
 * base64 a salt by chance (32), a nonce by chance (12), AES-256-GCM's output and its tag (16). The key of the text is HKDF-SHA256 (RFC 5869)
 * of the named key, with the salt and {@code allo text 1} as info, which GCM authenticates too, with {@code place}: what is sealed in one
 * place can't be put in another. No state.
 */
final class SealedText {

    private static final int SALT_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] INFO = "allo text 1".getBytes(StandardCharsets.US_ASCII);

    private SealedText() {}

    static String seal(String text, String place, Path where, KeyRing keys, RandomSource random) throws VaultException {
        var bytes = new byte[SALT_BYTES + NONCE_BYTES];
        random.nextBytes(bytes);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, keys.key(where, keys.current()), bytes, place);
            var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            var all = Arrays.copyOf(bytes, bytes.length + sealed.length);
            System.arraycopy(sealed, 0, all, bytes.length, sealed.length);
            return keys.current() + ":" + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256 or AES-GCM", missing);
        }
    }

    static String open(String sealed, String place, Path where, KeyRing keys) throws VaultException {
        var colon = sealed.indexOf(':');
        byte[] all;
        try {
            all = Base64.getDecoder().decode(sealed.substring(colon + 1));
            HexFormat.of().parseHex(sealed.substring(0, Math.max(colon, 0)));
        } catch (IllegalArgumentException broken) {
            throw new VaultException(where + ": what is sealed in it is broken", broken);
        }
        if (colon < 0 || all.length < SALT_BYTES + NONCE_BYTES) {
            throw new VaultException(where + ": what is sealed in it is cut off");
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, keys.key(where, sealed.substring(0, colon)), all, place);
            var from = SALT_BYTES + NONCE_BYTES;
            return new String(cipher.doFinal(all, from, all.length - from), StandardCharsets.UTF_8);
        } catch (AEADBadTagException changed) {
            throw new VaultException(where + ": what is sealed in it was changed, or belongs elsewhere", changed);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256 or AES-GCM", missing);
        }
    }

    private static Cipher cipher(int mode, byte[] master, byte[] begin, String place) throws GeneralSecurityException {
        var derivation = HKDFParameterSpec.ofExtract()
                .addIKM(master)
                .addSalt(Arrays.copyOf(begin, SALT_BYTES))
                .thenExpand(INFO, KeyRing.KEY_BYTES);
        SecretKey key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, begin, SALT_BYTES, NONCE_BYTES));
        cipher.updateAAD(INFO);
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
