package io.allo.pbx.app.function;

import io.allo.core.random.RandomSource;
import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Digests (RFC 1321, RFC 3174), base 64 (RFC 4648), percent encoding (RFC 3986), AES-128 and UUIDs (RFC 9562). Any thread. */
final class CodeFunctions {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private final RandomSource random;

    CodeFunctions(RandomSource random) {
        this.random = random;
    }

    void register(FunctionTable table) {
        table.readable("MD5", (call, text) -> digest("MD5", text));
        table.readable("SHA1", (call, text) -> digest("SHA-1", text));
        table.readable("BASE64_ENCODE", (call, text) -> Base64.getEncoder().encodeToString(bytes(text)));
        table.readable("BASE64_DECODE", (call, text) -> decoded(text));
        table.readable("URIENCODE", (call, text) -> uriEncoded(text));
        table.readable("URIDECODE", (call, text) -> uriDecoded(text));
        table.readable("AES_ENCRYPT", (call, data) -> aes(data, true));
        table.readable("AES_DECRYPT", (call, data) -> aes(data, false));
        table.readable("UUID", this::uuid);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(text)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] fromBase64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text.strip());
        } catch (IllegalArgumentException broken) {
            throw new DialplanException("\"" + text + "\" is no base 64");
        }
    }

    private static String decoded(String text) {
        return new String(fromBase64(text), StandardCharsets.UTF_8);
    }

    private static String uriEncoded(String text) {
        var result = new StringBuilder();
        for (var b : bytes(text)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                result.append((char) b);
            } else {
                result.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return result.toString();
    }

    private static String uriDecoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw new DialplanException("\"" + text + "\" is not percent encoded");
        }
    }

    /** AES_ENCRYPT(key,text) and back: 128 bits, each block by itself, the last filled with zeros, in base 64, as Asterisk's. */
    private static String aes(String data, boolean encrypt) {
        var arguments = Arguments.of(data, 2);
        var key = bytes(arguments.get(0));
        if (key.length != 16) {
            throw new DialplanException("the key must have 16 characters, not " + key.length);
        }
        try {
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"));
            if (encrypt) {
                var text = bytes(arguments.get(1));
                var blocks = java.util.Arrays.copyOf(text, (text.length + 15) / 16 * 16);
                return Base64.getEncoder().encodeToString(cipher.doFinal(blocks));
            }
            var text = new String(cipher.doFinal(fromBase64(arguments.get(1))), StandardCharsets.UTF_8);
            return text.replaceFirst("\0+$", "");
        } catch (GeneralSecurityException broken) {
            throw new DialplanException("can't be deciphered: " + broken.getMessage());
        }
    }

    private String uuid(Call call, String data) {
        var bits = new byte[16];
        random.nextBytes(bits);
        bits[6] = (byte) (bits[6] & 0x0f | 0x40);
        bits[8] = (byte) (bits[8] & 0x3f | 0x80);
        var buffer = java.nio.ByteBuffer.wrap(bits);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
}
