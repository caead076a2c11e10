package io.allo.sip.door;

/** What is counted apart. */
public enum RequestKind {
    /** A REGISTER. */
    REGISTER("REGISTER "),
    /** An INVITE. */
    INVITE("INVITE "),
    /** An OPTIONS. */
    OPTIONS("OPTIONS "),
    /** A response. Whom we have asked may answer as often as it likes. */
    RESPONSE("SIP/2.0 "),
    /** Every other method, and what is none. */
    OTHER(""),
    /** A new connection. */
    CONNECTION("");

    private final String begin;

    RequestKind(String begin) {
        this.begin = begin;
    }

    /** What a datagram will turn out to be, by its first octets: no parser has seen it yet. */
    public static RequestKind of(byte[] bytes, int length) {
        for (RequestKind kind : SNIFFED) {
            if (kind.begins(bytes, length)) {
                return kind;
            }
        }
        return OTHER;
    }

    /** What a request of this method is. */
    public static RequestKind of(String method) {
        return switch (method) {
            case "REGISTER" -> REGISTER;
            case "INVITE" -> INVITE;
            case "OPTIONS" -> OPTIONS;
            default -> OTHER;
        };
    }

    private boolean begins(byte[] bytes, int length) {
        if (length < begin.length()) {
            return false;
        }
        for (int i = 0; i < begin.length(); i++) {
            if (bytes[i] != begin.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static final RequestKind[] SNIFFED = {REGISTER, INVITE, OPTIONS, RESPONSE};
}
