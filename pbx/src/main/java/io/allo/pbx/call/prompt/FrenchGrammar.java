package io.allo.pbx.call.prompt;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * French as Asterisk's recorded sets have it: "soixante et onze", "quatre-vingt-un", "mille". There is no recorded
 * "milliard": a thousand million is said "mille millions". "Une" is {@code digits/1F} where a set has it. Immutable.
 */
final class FrenchGrammar implements Grammar {

    private static final long MILLION = 1_000_000;
    private static final String UNE = "digits/1F|digits/1";

    @Override
    public List<String> number(long n, Gender gender) {
        var words = new ArrayList<String>();
        number(n, gender, words);
        return words;
    }

    private static void number(long n, Gender gender, List<String> words) {
        if (n < 100) {
            belowHundred((int) n, gender, words);
        } else if (n < 1_000) {
            scale(n, 100, "digits/hundred", gender, words);
        } else if (n < MILLION) {
            scale(n, 1_000, "digits/thousand", gender, words);
        } else {
            number(n / MILLION, Gender.MASCULINE, words);
            words.add("digits/million");
            rest(n % MILLION, gender, words);
        }
    }

    /** "Cent" and "mille" stand alone where English says one hundred, one thousand. */
    private static void scale(long n, long unit, String word, Gender gender, List<String> words) {
        if (n / unit > 1) {
            number(n / unit, Gender.MASCULINE, words);
        }
        words.add(word);
        rest(n % unit, gender, words);
    }

    private static void rest(long n, Gender gender, List<String> words) {
        if (n > 0) {
            number(n, gender, words);
        }
    }

    private static void belowHundred(int n, Gender gender, List<String> words) {
        if (n == 1 && gender == Gender.FEMININE) {
            words.add(UNE);
        } else if (n <= 20) {
            words.add("digits/" + n);
        } else {
            var tens = n >= 80 ? 80 : n >= 60 ? 60 : n / 10 * 10;
            words.add("digits/" + tens);
            if (tens != 80 && (n - tens) % 10 == 1) {
                words.add("digits/et");
            }
            rest(n - tens, gender, words);
        }
    }

    /**
     * "Premier", "deuxième", "vingt-deuxième". There is no recorded "unième", so a number that ends in 1 after tens is said as
     * a number ("vingt et un").
     */
    @Override
    public List<String> ordinal(long n, Gender gender) {
        if (n == 1) {
            return List.of(gender == Gender.FEMININE ? "digits/h-1F|digits/h-1" : "digits/h-1");
        }
        var words = new ArrayList<>(number(n, Gender.MASCULINE));
        if (!words.getLast().equals("digits/1")) {
            words.add(words.removeLast().replace("digits/", "digits/h-"));
        }
        return words;
    }

    @Override
    public long greatest() {
        return 999_999_999_999L;
    }

    @Override
    public String defaultTimeFormat() {
        return "AdBY 'digits/at' HM";
    }

    @Override
    public String expansion(char letter) {
        return switch (letter) {
            case 'R' -> "HM";
            case 'T' -> "HMS";
            default -> "";
        };
    }

    @Override
    public @Nullable List<String> time(char letter, ZonedDateTime when) {
        var hour = when.getHour();
        return switch (letter) {
            case 'd', 'e' ->
                when.getDayOfMonth() == 1 ? List.of("digits/h-1") : number(when.getDayOfMonth(), Gender.MASCULINE);
            case 'm' -> number(when.getMonthValue(), Gender.MASCULINE);
            case 'Y' -> number(when.getYear(), Gender.MASCULINE);
            case 'I', 'l' -> hours(hour % 12 == 0 ? 12 : hour % 12);
            case 'H', 'k' -> hours(hour);
            case 'M', 'N' -> when.getMinute() == 0 ? List.of() : number(when.getMinute(), Gender.FEMININE);
            case 'S' -> seconds(when.getSecond());
            default -> null;
        };
    }

    private List<String> hours(int hour) {
        var words = new ArrayList<>(number(hour, Gender.FEMININE));
        words.add("digits/oclock");
        return words;
    }

    private List<String> seconds(int second) {
        var words = new ArrayList<>(number(second, Gender.FEMININE));
        words.add(second < 2 ? "second" : "seconds");
        return words;
    }
}
