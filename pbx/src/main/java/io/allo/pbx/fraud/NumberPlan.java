package io.allo.pbx.fraud;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Understands numbers as the people of one country dial them: national, international (+, 00, 011, ...), country code first
 * without a sign, short numbers (ITU-T E.164, national plans from libphonenumber). Pure and immutable; any thread.
 */
public final class NumberPlan {

    /** Digits that a number without a public meaning may have. */
    static final int PRIVATE_MAX_DIGITS = 5;

    /** Longer ones are nobody's: E.164 has 15 digits, prefixes some more. */
    private static final int MAX_DIGITS = 24;

    private static final Map<Integer, NumberKind> GLOBAL = Map.of(
            800, NumberKind.TOLL_FREE,
            808, NumberKind.SHARED_COST,
            979, NumberKind.PREMIUM,
            870, NumberKind.SATELLITE,
            878, NumberKind.SATELLITE,
            881, NumberKind.SATELLITE,
            882, NumberKind.SATELLITE,
            883, NumberKind.SATELLITE,
            888, NumberKind.SATELLITE);

    /** Emergency numbers by law that the library counts as free only: ARCEP decision 2019-0954; 47 CFR 52.200. */
    private static final Map<String, Set<String>> MORE_EMERGENCY =
            Map.of("FR", Set.of("114", "115", "116000", "116117", "119", "191", "196", "197"), "US", Set.of("988"));

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final ShortNumberInfo shortNumbers = ShortNumberInfo.getInstance();
    private final String home;
    private final int homeCode;
    private final Set<String> emergency;

    /**
     * @param home the home country's ISO 3166 code
     * @param emergency numbers to count as emergency numbers beside the country's own and 112
     */
    public NumberPlan(String home, Collection<String> emergency) {
        this.home = home;
        this.homeCode = numbers.getCountryCodeForRegion(home);
        this.emergency = Set.copyOf(emergency);
    }

    /** The home country. */
    public String home() {
        return home;
    }

    /** Whether there is a country of this ISO 3166 code with a numbering plan. */
    static boolean isCountry(String code) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(code);
    }

    /** The country of a number in international form; null if it has none. */
    static @Nullable String countryOf(String e164) {
        var util = PhoneNumberUtil.getInstance();
        try {
            return util.getRegionCodeForNumber(util.parse(e164, null));
        } catch (NumberParseException noNumber) {
            return null;
        }
    }

    /** What a number is. Never fails: what nobody can understand is UNKNOWN. */
    public DialedNumber read(String dialed, NumberFormat format) {
        var digits = withoutSigns(dialed);
        if (digits == null) {
            return new DialedNumber(dialed, "", "", NumberKind.UNKNOWN);
        }
        if (isEmergency(digits)) {
            return new DialedNumber(dialed, "", home, NumberKind.EMERGENCY);
        }
        if (!digits.startsWith("+")) {
            var brief = brief(dialed, digits);
            if (brief != null) {
                return brief;
            }
        }
        return whole(dialed, digits, format);
    }

    /** Digits with perhaps a + before them; null if anything else is in it but what people write between digits. */
    private static @Nullable String withoutSigns(String dialed) {
        var digits = new StringBuilder();
        for (var i = 0; i < dialed.length(); i++) {
            var c = dialed.charAt(i);
            if (c >= '0' && c <= '9' || c == '+' && i == 0) {
                digits.append(c);
            } else if (i == 0 || "-. ()".indexOf(c) < 0) {
                return null;
            }
        }
        return digits.isEmpty() || digits.length() > MAX_DIGITS ? null : digits.toString();
    }

    private boolean isEmergency(String digits) {
        return digits.equals("112")
                || emergency.contains(digits)
                || MORE_EMERGENCY.getOrDefault(home, Set.of()).contains(digits)
                || shortNumbers.isEmergencyNumber(digits, home);
    }

    /** A short number of the country, or what is too short to be any; null for what is neither. */
    private @Nullable DialedNumber brief(String dialed, String digits) {
        if (digits.length() > PRIVATE_MAX_DIGITS + 1) {
            return null;
        }
        var number = new PhoneNumber().setCountryCode(homeCode).setNationalNumber(Long.parseLong(digits));
        if (!digits.startsWith("0") && shortNumbers.isValidShortNumberForRegion(number, home)) {
            var kind = switch (shortNumbers.getExpectedCostForRegion(number, home)) {
                case PREMIUM_RATE -> NumberKind.PREMIUM;
                case TOLL_FREE, STANDARD_RATE, UNKNOWN_COST -> NumberKind.SHORT;
            };
            return new DialedNumber(dialed, "", home, kind);
        }
        return digits.length() > PRIVATE_MAX_DIGITS ? null : new DialedNumber(dialed, "", "", NumberKind.PRIVATE);
    }

    private DialedNumber whole(String dialed, String digits, NumberFormat format) {
        var bare = "+" + digits;
        if (digits.startsWith("+")) {
            return kind(dialed, parsed(digits));
        }
        var national = format == NumberFormat.E164 ? null : parsed(digits);
        if (format == NumberFormat.NATIONAL) {
            return kind(dialed, national);
        }
        if (format == NumberFormat.E164) {
            return kind(dialed, parsed(bare));
        }
        var international = parsed(bare);
        var foreign = international != null && numbers.isValidNumber(international) || isGlobal(international);
        if (national != null && numbers.isValidNumber(national) && !(foreign && lacksPrefix(digits))) {
            return kind(dialed, national);
        }
        return kind(dialed, foreign ? international : national);
    }

    private static boolean isGlobal(@Nullable PhoneNumber number) {
        return number != null && GLOBAL.containsKey(number.getCountryCode());
    }

    /** Where everybody dials 0 first, digits without it are a country code rather than a number without its 0. */
    private boolean lacksPrefix(String digits) {
        var prefix = numbers.getNddPrefixForRegion(home, true);
        return prefix != null && prefix.startsWith("0") && !digits.startsWith("0");
    }

    private @Nullable PhoneNumber parsed(String digits) {
        try {
            return numbers.parse(digits, home);
        } catch (NumberParseException noNumber) {
            return null;
        }
    }

    private DialedNumber kind(String dialed, @Nullable PhoneNumber number) {
        if (number == null) {
            return new DialedNumber(dialed, "", "", NumberKind.UNKNOWN);
        }
        var e164 = numbers.format(number, PhoneNumberUtil.PhoneNumberFormat.E164);
        var global = GLOBAL.get(number.getCountryCode());
        if (global != null) {
            return new DialedNumber(dialed, e164, "001", global);
        }
        var region = numbers.getRegionCodeForNumber(number);
        if (region == null) {
            region = numbers.getRegionCodeForCountryCode(number.getCountryCode());
        }
        if (!numbers.isValidNumber(number)) {
            return new DialedNumber(dialed, e164, region.equals("ZZ") ? "" : region, NumberKind.UNKNOWN);
        }
        var kind = switch (numbers.getNumberType(number)) {
            case TOLL_FREE -> NumberKind.TOLL_FREE;
            case PREMIUM_RATE, PERSONAL_NUMBER, PAGER -> NumberKind.PREMIUM;
            case SHARED_COST -> NumberKind.SHARED_COST;
            default -> NumberKind.ORDINARY;
        };
        return new DialedNumber(dialed, e164, region, kind);
    }

    /** A country's name in a language; - for none. */
    public static String countryName(String region, Locale language) {
        return region.equals("001") || region.isEmpty()
                ? "-"
                : Locale.of("", region).getDisplayCountry(language);
    }
}
