package io.allo.io.tls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The cipher suites of TLS that allo speaks, by OpenSSL's names ({@code cipher=} of pjsip.conf) and by JSSE's, which are IANA's. All of
 * them have forward secrecy. No state.
 */
public final class CipherSuites {

    private static final List<String> TLS_1_3 =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");

    /** TLS 1.2 with an authenticated cipher (RFC 7525 4.2, RFC 9325 4.2), best first. */
    private static final Map<String, String> STRONG = new LinkedHashMap<>();

    /** CBC with SHA-2: sound in the JDK's hands, but only for who asks. CBC with SHA-1 is not spoken at all. */
    private static final Map<String, String> ON_REQUEST = new LinkedHashMap<>();

    static {
        STRONG.put("ECDHE-ECDSA-AES256-GCM-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        STRONG.put("ECDHE-RSA-AES256-GCM-SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        STRONG.put("ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
        STRONG.put("ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
        STRONG.put("ECDHE-ECDSA-AES128-GCM-SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        STRONG.put("ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        STRONG.put("DHE-RSA-AES256-GCM-SHA384", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384");
        STRONG.put("DHE-RSA-CHACHA20-POLY1305", "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
        STRONG.put("DHE-RSA-AES128-GCM-SHA256", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256");
        ON_REQUEST.put("ECDHE-ECDSA-AES256-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384");
        ON_REQUEST.put("ECDHE-RSA-AES256-SHA384", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384");
        ON_REQUEST.put("ECDHE-ECDSA-AES128-SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256");
        ON_REQUEST.put("ECDHE-RSA-AES128-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");
        ON_REQUEST.put("DHE-RSA-AES256-SHA256", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256");
        ON_REQUEST.put("DHE-RSA-AES128-SHA256", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256");
    }

    /** What is spoken where a configuration says nothing. */
    public static final List<String> DEFAULT = joined(TLS_1_3, List.copyOf(STRONG.values()));

    private CipherSuites() {}

    /**
     * What became of {@code cipher=}.
     *
     * @param suites JSSE's names, never empty
     * @param leftOut the words that are no suite or not a safe one, as written
     * @param usesDefault whether nothing was left of the list, and the default stands
     */
    public record Reading(List<String> suites, List<String> leftOut, boolean usesDefault) {

        public Reading {
            suites = List.copyOf(suites);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * Reads {@code cipher=}: OpenSSL's or IANA's names between commas, colons or blanks. As with OpenSSL, a list without a suite of TLS 1.3
     * says nothing about TLS 1.3.
     */
    public static Reading ofAsterisk(List<String> words) {
        var old = new LinkedHashSet<String>();
        var modern = new LinkedHashSet<String>();
        var leftOut = new ArrayList<String>();
        for (String word : words.stream()
                .flatMap(w -> List.of(w.split("[,:\\s]+")).stream())
                .toList()) {
            String name = word.toUpperCase(Locale.ROOT);
            String suite = STRONG.getOrDefault(name, ON_REQUEST.getOrDefault(name, name));
            if (TLS_1_3.contains(suite)) {
                modern.add(suite);
            } else if (STRONG.containsValue(suite) || ON_REQUEST.containsValue(suite)) {
                old.add(suite);
            } else if (!word.isEmpty()) {
                leftOut.add(word);
            }
        }
        if (old.isEmpty() && modern.isEmpty()) {
            return new Reading(DEFAULT, leftOut, true);
        }
        return new Reading(joined(modern.isEmpty() ? TLS_1_3 : List.copyOf(modern), List.copyOf(old)), leftOut, false);
    }

    private static List<String> joined(List<String> one, List<String> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }
}
