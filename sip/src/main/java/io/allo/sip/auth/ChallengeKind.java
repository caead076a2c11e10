package io.allo.sip.auth;

/** Who asks for the password: the end (UAS, registrar) with 401, or a proxy on the way with 407. RFC 3261 section 22.2 and 22.3. */
public enum ChallengeKind {
    SERVER(401, "WWW-Authenticate", "Authorization"),
    PROXY(407, "Proxy-Authenticate", "Proxy-Authorization");

    private final int statusCode;
    private final String challengeHeader;
    private final String credentialsHeader;

    ChallengeKind(int statusCode, String challengeHeader, String credentialsHeader) {
        this.statusCode = statusCode;
        this.challengeHeader = challengeHeader;
        this.credentialsHeader = credentialsHeader;
    }

    /** The response that carries the challenge. */
    public int statusCode() {
        return statusCode;
    }

    /** The name of the header of the challenge. */
    public String challengeHeader() {
        return challengeHeader;
    }

    /** The name of the header that answers it. */
    public String credentialsHeader() {
        return credentialsHeader;
    }
}
