package io.allo.io.tls;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which versions of TLS a transport speaks: {@code method=} of pjsip.conf, within 1.2 and 1.3. Immutable. */
public enum TlsMethod {
    /** 1.3, or 1.2 with a peer that has no more. */
    DEFAULT(List.of("TLSv1.3", "TLSv1.2")),
    TLS_1_2(List.of("TLSv1.2")),
    TLS_1_3(List.of("TLSv1.3"));

    private final List<String> protocols;

    TlsMethod(List<String> protocols) {
        this.protocols = protocols;
    }

    /** A word of {@code method=} and what it became; {@code problem} is empty where the word is obeyed exactly. */
    public record Reading(TlsMethod method, Optional<String> problem) {}

    /** Reads {@code method=}. SSL, TLS 1.0 and 1.1 are broken (RFC 8996): 1.2 and 1.3 are used in their place. */
    public static Reading ofAsterisk(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "", "default", "unspecified", "sslv23" -> new Reading(DEFAULT, Optional.empty());
            case "tlsv1_2" -> new Reading(TLS_1_2, Optional.empty());
            case "tlsv1_3" -> new Reading(TLS_1_3, Optional.empty());
            case "sslv2", "sslv3", "tlsv1", "tlsv1_1" ->
                new Reading(
                        DEFAULT,
                        Optional.of("method=" + word.strip() + " is no longer safe; TLS 1.2 and 1.3 are used instead"));
            default ->
                new Reading(
                        DEFAULT,
                        Optional.of("unknown method=" + word.strip() + "; known are default, tlsv1_2, tlsv1_3"));
        };
    }

    /** The names for {@link javax.net.ssl.SSLParameters#setProtocols}. */
    List<String> protocols() {
        return protocols;
    }
}
