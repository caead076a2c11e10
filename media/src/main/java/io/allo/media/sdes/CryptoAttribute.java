package io.allo.media.sdes;

import io.allo.media.srtp.SrtpMasterKey;
import io.allo.media.srtp.SrtpSuite;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One {@code a=crypto} line: {@code tag suite key-parameters [session-parameters]}, RFC 4568 4 and 9.1. It may be one that we can't
 * use, which {@link #key} says. Shows no key in text. Immutable.
 *
 * @param tag the line's number, 0 to 999999999
 * @param suite the suite's name as written
 * @param keyParameters what stands between the first spaces behind the suite, with the key
 * @param sessionParameters words behind the key parameters
 */
public record CryptoAttribute(int tag, String suite, String keyParameters, List<String> sessionParameters) {
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    /** The attribute's name in SDP. */
    public static final String NAME = "crypto";

    private static final Pattern TAG = Pattern.compile("[0-9]{1,9}");
    private static final Pattern LIFETIME = Pattern.compile("(2\\^)?([0-9]{1,15})");
    private static final Pattern MKI = Pattern.compile("([0-9]{1,18}):([0-9]{1,3})");
    private static final String METHOD = "inline:";

    /** More packets than this can't be sent under one key: RFC 3711 9.2. */
    private static final int MAX_LIFETIME_BITS = 48;

    public CryptoAttribute {
        sessionParameters = List.copyOf(sessionParameters);
    }

    /** The line that names a key of ours. */
    public static CryptoAttribute of(int tag, SrtpMasterKey key) {
        return new CryptoAttribute(tag, key.suite().name(), METHOD + key.base64(), List.of());
    }

    /** The line with this value; empty if it is none. */
    public static Optional<CryptoAttribute> parse(String value) {
        var words = BLANKS.split(value.strip());
        if (words.length < 3 || !TAG.matcher(words[0]).matches()) {
            return Optional.empty();
        }
        return Optional.of(new CryptoAttribute(
                Integer.parseInt(words[0]), words[1], words[2], List.of(words).subList(3, words.length)));
    }

    /**
     * The key, if we can use this line as it stands: a known suite, one key of the right length, a lifetime that is possible,
     * no session parameter that changes what is done to packets (RFC 4568 6.3; those with a dash may be ignored).
     */
    public Optional<SrtpMasterKey> key() {
        if (!sessionParameters.stream().allMatch(CryptoAttribute::changesNothing)) {
            return Optional.empty();
        }
        return SrtpSuite.ofName(suite).flatMap(this::key);
    }

    private Optional<SrtpMasterKey> key(SrtpSuite known) {
        if (!keyParameters.regionMatches(true, 0, METHOD, 0, METHOD.length()) || keyParameters.indexOf(';') >= 0) {
            return Optional.empty();
        }
        var parts = keyParameters.substring(METHOD.length()).split("\\|", -1);
        var key = decoded(known, parts[0]);
        for (var i = 1; i < parts.length && key.isPresent(); i++) {
            var part = parts[i];
            if (i == 1 && LIFETIME.matcher(part).matches()) {
                key = isPossibleLifetime(part) ? key : Optional.empty();
            } else if (i == parts.length - 1) {
                key = key.flatMap(k -> withMki(k, part));
            } else {
                return Optional.empty();
            }
        }
        return key;
    }

    private static Optional<SrtpMasterKey> decoded(SrtpSuite suite, String base64) {
        try {
            return Optional.of(
                    SrtpMasterKey.ofKeyAndSalt(suite, Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException notBase64OrNotItsLength) {
            // the other side's mistake, or a suite of the same name with other lengths: a line of no use
            return Optional.empty();
        }
    }

    private static boolean isPossibleLifetime(String text) {
        var matcher = LIFETIME.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        var number = Long.parseLong(matcher.group(2));
        return matcher.group(1) == null ? number > 0 && number <= 1L << MAX_LIFETIME_BITS : number <= MAX_LIFETIME_BITS;
    }

    /** {@code value:length}: the number that stands in that many bytes of each packet. */
    private static Optional<SrtpMasterKey> withMki(SrtpMasterKey key, String text) {
        var matcher = MKI.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var number = Long.parseLong(matcher.group(1));
        var bytes = Integer.parseInt(matcher.group(2));
        if (bytes < 1 || bytes > SrtpMasterKey.MAX_MKI_BYTES || bytes < 8 && number >>> 8 * bytes != 0) {
            return Optional.empty();
        }
        var mki = new byte[bytes];
        for (var i = 0; i < Math.min(8, bytes); i++) {
            mki[bytes - 1 - i] = (byte) (number >>> 8 * i);
        }
        return Optional.of(key.withMki(mki));
    }

    /**
     * A replay window's size is the receiver's own business, the order of error correction matters only to who has some, and
     * parameters with a dash say themselves that they may be ignored.
     */
    private static boolean changesNothing(String parameter) {
        var text = parameter.toUpperCase(Locale.ROOT);
        return text.startsWith("-") || text.startsWith("WSH=") || text.startsWith("FEC_ORDER=") || text.equals("KDR=0");
    }

    /** The value as it stands in SDP, with the key. */
    public String value() {
        var session = sessionParameters.isEmpty() ? "" : " " + String.join(" ", sessionParameters);
        return tag + " " + suite + " " + keyParameters + session;
    }

    /** Tag and suite alone. */
    @Override
    public String toString() {
        return tag + " " + suite + " (key hidden)";
    }
}
