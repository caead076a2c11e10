package io.allo.sip.door;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names by which known scanning tools introduce themselves in User-Agent. No state. */
final class Scanners {
    private static final String[] NAMES = {
        "friendly-scanner",
        "friendly-request",
        "sipvicious",
        "sipcli",
        "sip-scan",
        "sipscan",
        "sundayddr",
        "siparmyknife",
        "sivus",
        "pplsip",
        "iwar",
        "smap ",
        "voipbuster-scan",
        "sipptk"
    };

    private Scanners() {}

    static boolean isScanner(@Nullable String userAgent) {
        if (userAgent == null) {
            return false;
        }
        String lower = userAgent.toLowerCase(Locale.ROOT);
        for (String name : NAMES) {
            if (lower.startsWith(name) || lower.equals(name.strip())) {
                return true;
            }
        }
        return false;
    }
}
