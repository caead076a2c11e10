package io.allo.pbx.endpoint;

import io.allo.pbx.conf.Text;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a SIP password would be guessed: by those who try names and a list over the network, and by those who have heard one digest and
 * compute at leisure (RFC 7616 section 5.8), some 10^10 MD5 digests a second with one graphics card. No state.
 */
final class PasswordStrength {

    /** At 10^10 guesses a second, 2^60 take four years. */
    static final int ENOUGH_BITS = 60;

    static final int ENOUGH_LENGTH = 12;

    /** A digit or letter that is one more or one less than the one before it, or the same, says nearly nothing. */
    private static final double BITS_OF_A_STEP = 1;

    /**
     * What attackers try first: the passwords of Asterisk's own sample files and of tutorials, those of phones and adapters as delivered, and
     * the best known of all lists; in small letters, without the digits at their ends.
     */
    private static final Set<String> COMMON = Set.of(
            "unsecurepassword",
            "supersecret",
            "supersecretpassword",
            "secret",
            "secretpassword",
            "mysecret",
            "mysecretpassword",
            "topsecret",
            "password",
            "passwd",
            "passwort",
            "motdepasse",
            "mypassword",
            "yourpassword",
            "securepassword",
            "strongpassword",
            "changeme",
            "changethis",
            "changemenow",
            "replaceme",
            "default",
            "letmein",
            "welcome",
            "asterisk",
            "freepbx",
            "elastix",
            "trixbox",
            "issabel",
            "amp",
            "voip",
            "sip",
            "pbx",
            "phone",
            "telephone",
            "telefon",
            "extension",
            "pass",
            "admin",
            "administrator",
            "root",
            "user",
            "guest",
            "test",
            "testing",
            "demo",
            "sample",
            "example",
            "qwerty",
            "qwertyuiop",
            "azerty",
            "azertyuiop",
            "qwertz",
            "asdf",
            "asdfgh",
            "asdfghjkl",
            "zxcvbn",
            "zxcvbnm",
            "qazwsx",
            "iloveyou",
            "monkey",
            "dragon",
            "master",
            "sunshine",
            "princess",
            "football",
            "abc",
            "abcd",
            "abcdef",
            "yealink",
            "snom",
            "grandstream",
            "polycom",
            "cisco",
            "linksys",
            "sipura",
            "fritzbox",
            "gigaset",
            "aastra",
            "mitel",
            "fanvil",
            "zoiper",
            "linphone",
            "trunk",
            "provider",
            "twilio",
            "correcthorsebatterystaple");

    private PasswordStrength() {}

    /** Why {@code password} would be guessed; null if it would not. {@code names} are those that its user is known by. */
    static @Nullable Text weakness(String password, Set<String> names) {
        for (var name : names) {
            if (isMadeOf(password, name)) {
                return new Text(
                        "the password is made of the name \"" + name + "\": it is the first that attackers try",
                        "le mot de passe est fait du nom « " + name + " » : c'est le premier que l'on essaie");
            }
        }
        if (isCommon(password)) {
            return new Text(
                    "the password stands in the lists that attackers try first",
                    "le mot de passe est dans les listes que l'on essaie en premier");
        }
        if (password.length() < ENOUGH_LENGTH) {
            return new Text(
                    "the password has " + password.length() + " characters: it will be guessed",
                    "le mot de passe a " + password.length() + " caractères : il sera deviné");
        }
        if (bits(password) < ENOUGH_BITS) {
            return new Text(
                    "the password is too regular: about " + (int) bits(password) + " bits, " + ENOUGH_BITS
                            + " are enough",
                    "le mot de passe est trop régulier : environ " + (int) bits(password) + " bits, il en faut "
                            + ENOUGH_BITS);
        }
        return null;
    }

    /** The name itself, backwards, several times over, or with a known word or digits before or after it. */
    private static boolean isMadeOf(String password, String name) {
        var plain = password.toLowerCase(Locale.ROOT);
        var known = name.toLowerCase(Locale.ROOT);
        if (known.isEmpty()) {
            return false;
        }
        if (plain.equals(new StringBuilder(known).reverse().toString())) {
            return true;
        }
        if (!plain.contains(known)) {
            return false;
        }
        var rest = plain.replace(known, "").replaceAll("[^\\p{L}\\p{N}]", "");
        return known.length() >= 2 && (rest.length() <= 4 || isCommon(rest));
    }

    /** A known word, with digits and signs around it, and with digits and signs in place of letters. */
    private static boolean isCommon(String password) {
        var word = password.toLowerCase(Locale.ROOT);
        return word.chars().allMatch(c -> c >= '0' && c <= '9') && bits(word) < ENOUGH_BITS / 2.0
                || isListed(word)
                || isListed(unmasked(word));
    }

    private static boolean isListed(String word) {
        return COMMON.contains(word) || COMMON.contains(word.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", ""));
    }

    private static String unmasked(String word) {
        var trimmed = word.replaceAll("[0-9!.#*?]+$", "");
        return trimmed.replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('@', 'a')
                .replace('5', 's')
                .replace('$', 's')
                .replace('7', 't')
                .replaceAll("[^a-z]", "");
    }

    /** An estimate, in bits, of what there is to guess: the kinds of characters, and how many don't follow from the one before. */
    static double bits(String password) {
        var kinds = 0;
        kinds += password.chars().anyMatch(c -> c >= '0' && c <= '9') ? 10 : 0;
        kinds += password.chars().anyMatch(c -> c >= 'a' && c <= 'z') ? 26 : 0;
        kinds += password.chars().anyMatch(c -> c >= 'A' && c <= 'Z') ? 26 : 0;
        kinds += password.chars().anyMatch(c -> !isLetterOrDigit(c)) ? 32 : 0;
        var bitsEach = Math.log(Math.max(kinds, 2)) / Math.log(2);
        var bits = 0.0;
        for (var i = 0; i < password.length(); i++) {
            var follows = i > 0 && Math.abs(password.charAt(i) - password.charAt(i - 1)) <= 1;
            bits += follows || repeats(password, i) ? BITS_OF_A_STEP : bitsEach;
        }
        return bits;
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Whether three characters that end here have stood before. */
    private static boolean repeats(String password, int end) {
        return end >= 3 && password.substring(0, end).contains(password.substring(end - 2, end + 1));
    }
}
