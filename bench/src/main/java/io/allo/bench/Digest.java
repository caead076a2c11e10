package io.allo.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a phone answers to a digest challenge with MD5 and qop=auth (RFC 2617 3.2.2). Main thread. */
final class Digest {

    private final MessageDigest md5;
    private long count;

    Digest() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException fault) {
            throw new BenchException("no MD5 in this JDK", fault);
        }
    }

    /** The Authorization header with its line end. */
    String authorization(SipText challenged, String user, String method, String uri) {
        var challenge = challenged.md5Challenge();
        var realm = SipText.parameter(challenge, "realm");
        var nonce = SipText.parameter(challenge, "nonce");
        var opaque = SipText.parameter(challenge, "opaque");
        var cnonce = Long.toHexString(++count);
        var first = hex(user + ":" + realm + ":" + BenchConfig.PASSWORD);
        var second = hex(method + ":" + uri);
        var response = hex(first + ":" + nonce + ":00000001:" + cnonce + ":auth:" + second);
        return "Authorization: Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\""
                + uri + "\", response=\"" + response + "\", algorithm=MD5, cnonce=\"" + cnonce
                + "\", qop=auth, nc=00000001" + (opaque == null ? "" : ", opaque=\"" + opaque + "\"") + "\r\n";
    }

    private String hex(String text) {
        return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
