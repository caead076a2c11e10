package io.allo.sip.address;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The alphabets of RFC 3261 section 25.1: tokens, quoted strings, percent escapes. */
public final class SipText {
    /** First of the 128 lone surrogates that stand for an escaped octet which is not UTF-8; see {@link #unescape}. */
    private static final int OCTET_BASE = 0xDC00;

    private static final String HEX = "0123456789ABCDEF";

    private SipText() {}

    /** Whether {@code c} may stand in a token: alphanum or one of {@code -.!%*_+`'~}. */
    public static boolean isTokenChar(int c) {
        return c < 128 && c >= 0 && TOKEN[c];
    }

    /** Whether the text is a token: not empty, token characters only. */
    public static boolean isToken(String text) {
        return !text.isEmpty() && endOfToken(text, 0) == text.length();
    }

    /** The index of the first character at or after {@code from} that is no token character. */
    public static int endOfToken(String text, int from) {
        int i = from;
        while (i < text.length() && isTokenChar(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The index of the first character at or after {@code from} that is neither space, tab, CR nor LF. */
    public static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Linear white space: space, tab, or what is left of a folded line. */
    public static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** The index just after the quoted string that starts (with its quote) at {@code from}. */
    public static int endOfQuoted(String text, int from) {
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        throw new SipParseException("Unterminated quoted string", text, from);
    }

    /** What stands between the quotes at {@code from} and {@code to - 1}, escapes resolved. */
    public static String unquote(String text, int from, int to) {
        String inside = text.substring(from + 1, to - 1);
        if (inside.indexOf('\\') < 0) {
            return inside;
        }
        var plain = new StringBuilder(inside.length());
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c == '\\' && i + 1 < inside.length()) {
                c = inside.charAt(++i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    /** Appends the text as a quoted string: quotes, backslashes and control characters escaped; CR and LF become spaces. */
    public static void appendQuoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                c = ' ';
            } else if (c == '"' || c == '\\' || c == 0x7f || (c < ' ' && c != '\t')) {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    /** The text as a quoted string. */
    public static String quoted(String text) {
        var out = new StringBuilder(text.length() + 8);
        appendQuoted(out, text);
        return out.toString();
    }

    /** Whether the text holds a CR, LF or NUL, with which a value could break out of its header line. */
    public static boolean breaksLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0 && (i == 0 || text.charAt(i - 1) != '\\')) {
                return true;
            }
        }
        return false;
    }

    /**
     * Resolves {@code %HH}. Escaped octets are read as UTF-8; where they are not UTF-8 each becomes the lone surrogate
     * U+DC00+octet, which {@link #appendEscaped} turns back into the same octet, so nothing is lost.
     */
    public static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length() * 3];
        int n = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[n++] = (byte) octet(text, i);
                i += 2;
            } else if (c < 0x80) {
                bytes[n++] = (byte) c;
            } else {
                byte[] wide = text.substring(i, i + (Character.isHighSurrogate(c) && i + 1 < text.length() ? 2 : 1))
                        .getBytes(StandardCharsets.UTF_8);
                System.arraycopy(wide, 0, bytes, n, wide.length);
                n += wide.length;
                i += Character.isHighSurrogate(c) ? 1 : 0;
            }
        }
        return decode(bytes, n);
    }

    /** Appends the text with every character that {@code allowed} does not hold written as {@code %HH} of its UTF-8 octets. */
    static void appendEscaped(StringBuilder out, String text, boolean[] allowed) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128 && allowed[c]) {
                out.append(c);
            } else if (c < 128) {
                appendOctet(out, c);
            } else if (c >= OCTET_BASE + 128 && c < OCTET_BASE + 256) {
                appendOctet(out, c - OCTET_BASE);
            } else {
                int length = Character.isHighSurrogate(c) && i + 1 < text.length() ? 2 : 1;
                for (byte b : text.substring(i, i + length).getBytes(StandardCharsets.UTF_8)) {
                    appendOctet(out, b & 0xff);
                }
                i += length - 1;
            }
        }
    }

    /** The letters, the digits and {@code extra} as a table. */
    static boolean[] alphabet(String extra) {
        boolean[] table = new boolean[128];
        for (char c = '0'; c <= '9'; c++) {
            table[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            table[c] = true;
            table[c - 32] = true;
        }
        for (int i = 0; i < extra.length(); i++) {
            table[extra.charAt(i)] = true;
        }
        return table;
    }

    private static int octet(String text, int percent) {
        int high = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 1), 16) : -1;
        int low = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new SipParseException("Malformed percent escape", text, percent);
        }
        return high << 4 | low;
    }

    private static String decode(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            var octets = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                octets.append((char) (bytes[i] >= 0 ? bytes[i] : OCTET_BASE + (bytes[i] & 0xff)));
            }
            return octets.toString();
        }
    }

    private static void appendOctet(StringBuilder out, int octet) {
        out.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 15));
    }

    private static final boolean[] TOKEN = alphabet("-.!%*_+`'~");
}
