package io.allo.media.dtls;

import java.util.Locale;
import java.util.Optional;

/** Who begins the handshake, {@code a=setup}: RFC 4145 4, RFC 5763 5, RFC 8842 5. */
public enum DtlsSetup {
    /** Begins: the DTLS client. */
    ACTIVE,
    /** Waits: the DTLS server. */
    PASSIVE,
    /** In an offer: either; the answerer chooses. */
    ACTPASS,
    /** Not now. Nothing in DTLS-SRTP needs it. */
    HOLDCONN;

    /** The attribute's name in SDP. */
    public static final String NAME = "setup";

    /** The word in any case of letters; empty if it is none of the four. */
    public static Optional<DtlsSetup> parse(String word) {
        for (var setup : values()) {
            if (setup.word().equalsIgnoreCase(word.strip())) {
                return Optional.of(setup);
            }
        }
        return Optional.empty();
    }

    /** Whether it is a role: active or passive. */
    public boolean isRole() {
        return this == ACTIVE || this == PASSIVE;
    }

    /**
     * The role to answer this offer with: the other one than the offerer's; if he leaves the choice, the role we have in a session
     * that goes on (RFC 8842 5.3), else what is wanted, else active, so that the handshake begins without a round trip more.
     * Empty if there is to be no handshake.
     */
    public Optional<DtlsSetup> answer(DtlsSetup wanted, Optional<DtlsSetup> current) {
        return switch (this) {
            case ACTIVE -> Optional.of(PASSIVE);
            case PASSIVE -> Optional.of(ACTIVE);
            case ACTPASS -> Optional.of(current.orElse(wanted.isRole() ? wanted : ACTIVE));
            case HOLDCONN -> Optional.empty();
        };
    }

    /**
     * Our role once our offer was answered; empty if the answer is none to this offer. An answer of {@code actpass} is wrong, but
     * phones give it: then the one who answered waits, as if he had said nothing, and we begin (RFC 4145 4.1).
     */
    public static Optional<DtlsSetup> role(DtlsSetup offered, DtlsSetup answered) {
        var role = switch (answered) {
            case ACTIVE -> Optional.of(PASSIVE);
            case PASSIVE -> Optional.of(ACTIVE);
            case ACTPASS -> Optional.of(offered.isRole() ? offered : ACTIVE);
            case HOLDCONN -> Optional.<DtlsSetup>empty();
        };
        return role.filter(r -> !offered.isRole() || offered == r);
    }

    /** The word in SDP. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
