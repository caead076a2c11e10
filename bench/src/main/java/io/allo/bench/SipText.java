package io.allo.bench;

import org.jspecify.annotations.Nullable;

/**
 * A SIP message as the load generator reads it: text, searched for what is needed. It knows only what allo's answers and
 * requests hold over UDP, shares no code with allo, and is no parser. Immutable.
 */
record SipText(String text) {

    /** The status of an answer, 0 for a request. */
    int status() {
        return text.startsWith("SIP/2.0 ") ? Integer.parseInt(text, 8, 11, 10) : 0;
    }

    /** The method of a request. */
    String method() {
        return text.substring(0, text.indexOf(' '));
    }

    /** The first header of that name, without it; empty if there is none. */
    String header(String name) {
        var at = text.indexOf("\r\n" + name + ":");
        if (at < 0) {
            return "";
        }
        var from = at + name.length() + 3;
        return text.substring(from, text.indexOf("\r\n", from)).strip();
    }

    /** The method of the CSeq. */
    String cseqMethod() {
        var cseq = header("CSeq");
        return cseq.substring(cseq.indexOf(' ') + 1);
    }

    /** The digest challenge with MD5, whichever others are beside it. */
    String md5Challenge() {
        var from = 0;
        for (var at = text.indexOf("WWW-Authenticate:", from); at >= 0; at = text.indexOf("WWW-Authenticate:", from)) {
            from = text.indexOf("\r\n", at);
            var line = text.substring(at, from);
            if (!line.contains("algorithm=") || line.contains("algorithm=MD5")) {
                return line;
            }
        }
        throw new BenchException("no challenge with MD5 in: " + text);
    }

    /** A parameter's value, with or without quotes. */
    static @Nullable String parameter(String line, String name) {
        var at = line.indexOf(name + "=");
        if (at < 0) {
            return null;
        }
        var from = at + name.length() + 1;
        var quoted = line.charAt(from) == '"';
        var end = from + 1;
        while (end < line.length() && (quoted ? line.charAt(end) != '"' : ",;> ".indexOf(line.charAt(end)) < 0)) {
            end++;
        }
        return line.substring(quoted ? from + 1 : from, end);
    }

    /** The URI between the angle brackets. */
    static String uri(String header) {
        var open = header.indexOf('<');
        return open < 0 ? header : header.substring(open + 1, header.indexOf('>', open));
    }

    /** The user of a header's URI. */
    static String user(String header) {
        var from = header.indexOf("sip:") + 4;
        return header.substring(from, header.indexOf('@', from));
    }

    /** The port and the first payload type of the SDP's sound, as {@code {port, type}}; null without SDP. */
    int @Nullable [] audio() {
        var at = text.indexOf("\nm=audio ");
        if (at < 0) {
            return null;
        }
        var words = text.substring(at + 9, text.indexOf("\r\n", at + 1)).split(" ", -1);
        return new int[] {Integer.parseInt(words[0]), Integer.parseInt(words[2])};
    }
}
