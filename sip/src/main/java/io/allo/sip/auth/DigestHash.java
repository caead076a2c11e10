package io.allo.sip.auth;

/** The computation of a digest in the names of RFC 7616 section 3.4. */
final class DigestHash {
    private DigestHash() {}

    /** H(A1) without {@code -sess}: H(username:realm:password), the form in which {@code md5_cred} stores a password. */
    static String ha1(DigestAlgorithm h, String username, String realm, String password) {
        return h.hash(username + ':' + realm + ':' + password);
    }

    /** H(A1) with {@code -sess}: bound to the first nonce and cnonce. */
    static String ha1Session(DigestAlgorithm h, String ha1, String nonce, String cnonce) {
        return h.hash(ha1 + ':' + nonce + ':' + cnonce);
    }

    /** {@code response} with qop: KD(H(A1), nonce:nc:cnonce:qop:H(A2)), A2 being method:uri. */
    static String response(
            DigestAlgorithm h,
            String ha1,
            String nonce,
            String nc,
            String cnonce,
            String qop,
            String method,
            String uri) {
        return h.hash(ha1 + ':' + nonce + ':' + nc + ':' + cnonce + ':' + qop + ':' + h.hash(method + ':' + uri));
    }

    /** {@code response} without qop, as in RFC 2069 and RFC 2617: KD(H(A1), nonce:H(A2)). */
    static String response(DigestAlgorithm h, String ha1, String nonce, String method, String uri) {
        return h.hash(ha1 + ':' + nonce + ':' + h.hash(method + ':' + uri));
    }
}
