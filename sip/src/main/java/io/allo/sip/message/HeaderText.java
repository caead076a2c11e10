package io.allo.sip.message;

import io.allo.sip.address.SipText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Header values between octets and text. UTF-8; octets that are not are read as ISO 8859-1, as old phones send them. */
final class HeaderText {
    private HeaderText() {}

    /** The text of {@code bytes[from, to)}. */
    static String decode(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return decodeWide(bytes, from, to);
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** A header value, trimmed; where {@code folded}, each line break with the white space around it becomes one space. */
    static String value(byte[] bytes, int from, int to, boolean folded) {
        int start = from;
        int end = to;
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        String text = decode(bytes, start, end);
        return folded ? unfold(text) : text;
    }

    /** Whether {@code bytes[from, to)} is a token. */
    static boolean isToken(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!SipText.isTokenChar(bytes[i])) {
                return false;
            }
        }
        return to > from;
    }

    /** Whether a control character other than tab stands there unescaped. */
    static boolean hasControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t' || c == 0x7f) && (i == 0 || value.charAt(i - 1) != '\\')) {
                return true;
            }
        }
        return false;
    }

    private static String unfold(String text) {
        var joined = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\r' && c != '\n') {
                joined.append(c);
                i++;
                continue;
            }
            int length = joined.length();
            while (length > 0 && (joined.charAt(length - 1) == ' ' || joined.charAt(length - 1) == '\t')) {
                length--;
            }
            joined.setLength(length);
            i = SipText.skipSpace(text, i);
            joined.append(' ');
        }
        return joined.toString();
    }

    private static String decodeWide(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
