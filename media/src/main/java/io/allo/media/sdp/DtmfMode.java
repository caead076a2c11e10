package io.allo.media.sdp;

import java.util.Locale;
import java.util.Optional;

/** How digits travel: {@code dtmf_mode} of an endpoint. Immutable. */
public enum DtmfMode {
    /** telephone-event packets in the RTP stream, RFC 4733. */
    RFC4733,
    /** SIP INFO requests. */
    INFO,
    /** Tones in the sound. */
    INBAND,
    /** RFC 4733 if the peer has it, else tones. */
    AUTO,
    /** RFC 4733 if the peer has it, else INFO. */
    AUTO_INFO,
    /** Not at all: also the outcome of RFC4733 with a peer that does not have it, as in Asterisk. */
    NONE;

    /** Reads {@code dtmf_mode=}; {@code rfc2833} is the old word for rfc4733. */
    public static Optional<DtmfMode> ofAsterisk(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "rfc4733", "rfc2833" -> Optional.of(RFC4733);
            case "info" -> Optional.of(INFO);
            case "inband" -> Optional.of(INBAND);
            case "auto" -> Optional.of(AUTO);
            case "auto_info" -> Optional.of(AUTO_INFO);
            case "none" -> Optional.of(NONE);
            default -> Optional.empty();
        };
    }

    /** We put telephone-event into our descriptions. */
    public boolean usesTelephoneEvents() {
        return this == RFC4733 || this == AUTO || this == AUTO_INFO;
    }

    /** What is left of this setting once it is known whether both sides have telephone-event. */
    DtmfMode resolved(boolean telephoneEventAgreed) {
        return switch (this) {
            case RFC4733 -> telephoneEventAgreed ? RFC4733 : NONE;
            case AUTO -> telephoneEventAgreed ? RFC4733 : INBAND;
            case AUTO_INFO -> telephoneEventAgreed ? RFC4733 : INFO;
            case INFO, INBAND, NONE -> this;
        };
    }
}
