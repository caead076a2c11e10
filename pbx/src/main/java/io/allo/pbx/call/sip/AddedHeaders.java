package io.allo.pbx.call.sip;

import io.allo.pbx.call.Variables;
import io.allo.sip.header.Headers;
import java.util.Locale;
import java.util.Set;

/**
 * Headers that the dialplan adds. SIPAddHeader keeps those for the calls that a caller's call makes in its variables, as chan_sip did:
 * {@code __SIPADDHEADER01=Name: value}, inherited by every channel. No state; any thread.
 */
public final class AddedHeaders {

    /** What the variables' names begin with; two digits follow. */
    public static final String VARIABLE = "SIPADDHEADER";

    /** How many there may be. */
    public static final int MOST = 50;

    private static final Set<String> OURS = Set.of(
            "via",
            "from",
            "to",
            "call-id",
            "cseq",
            "contact",
            "max-forwards",
            "content-length",
            "route",
            "record-route");

    private AddedHeaders() {}

    /** Whether this may be a header's name at all. */
    public static boolean isName(String name) {
        return name.matches("[-A-Za-z0-9.!%*_+`'~]+");
    }

    /** Whether the SIP stack writes this header itself. */
    public static boolean isOurs(String name) {
        return OURS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** A line end in a value would begin another header. */
    public static String clean(String value) {
        return value.replaceAll("[\\r\\n\\x00]+", " ").strip();
    }

    /** What the variables of a new channel say that its INVITE is to have; what is no header is passed over. */
    static Headers of(Variables variables) {
        var headers = Headers.builder();
        for (var number = 1; number <= MOST; number++) {
            var line = variables.value(variable(number));
            var colon = line == null ? -1 : line.indexOf(':');
            if (line != null && colon > 0) {
                var name = line.substring(0, colon).strip();
                if (isName(name) && !isOurs(name)) {
                    headers.add(name, clean(line.substring(colon + 1)));
                }
            }
        }
        return headers.build();
    }

    /** The variable's name without underscores. */
    public static String variable(int number) {
        return "%s%02d".formatted(VARIABLE, number);
    }
}
