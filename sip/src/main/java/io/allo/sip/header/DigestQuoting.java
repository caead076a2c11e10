package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import java.util.Locale;
import java.util.Set;

/** Which parameters of credentials and challenges are written in quotes. RFC 3261 section 25.1, RFC 7616 sections 3.3 and 3.4. */
final class DigestQuoting {
    /** Bare in credentials: all others are quoted. */
    static final Set<String> CREDENTIALS = Set.of("algorithm", "qop", "nc", "userhash");

    /** Bare in challenges: all others are quoted. */
    static final Set<String> CHALLENGE = Set.of("algorithm", "stale", "userhash");

    private DigestQuoting() {}

    static Parameters with(Parameters parameters, String name, String value, Set<String> bare) {
        return bare.contains(name.toLowerCase(Locale.ROOT))
                ? parameters.with(name, value)
                : parameters.withQuoted(name, value);
    }
}
