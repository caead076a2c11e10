package io.allo.media.sdp;

/**
 * The {@code o=} line: who made the description, and which version of it this is. RFC 8866 5.2. The identifier and
 * version are kept as text, since peers write more digits than a long holds. Immutable.
 */
public record Origin(String username, String sessionId, String sessionVersion, Connection address) {

    /** An origin of ours: no user name, numbers as given. */
    public static Origin of(long sessionId, long sessionVersion, String address) {
        return new Origin("-", Long.toString(sessionId), Long.toString(sessionVersion), Connection.of(address));
    }

    /** The same session, one version later (RFC 3264 8); only for origins of ours. */
    Origin next() {
        long version = Long.parseLong(sessionVersion) + 1;
        return new Origin(username, sessionId, Long.toString(version), address);
    }
}
