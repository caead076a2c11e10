package io.allo.pbx.call.prompt;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** English as Asterisk's recorded sets have it: "one hundred twenty one", without "and". Immutable. */
final class EnglishGrammar implements Grammar {

    private static final long BILLION = 1_000_000_000;
    private static final long MILLION = 1_000_000;

    @Override
    public List<String> number(long n, Gender gender) {
        var words = new ArrayList<String>();
        number(n, words);
        return words;
    }

    private static void number(long n, List<String> words) {
        if (n < 20) {
            words.add("digits/" + n);
        } else if (n < 100) {
            words.add("digits/" + n / 10 * 10);
            rest(n % 10, words);
        } else if (n < 1_000) {
            scale(n, 100, "digits/hundred", words);
        } else if (n < MILLION) {
            scale(n, 1_000, "digits/thousand", words);
        } else if (n < BILLION) {
            scale(n, MILLION, "digits/million", words);
        } else {
            scale(n, BILLION, "digits/billion", words);
        }
    }

    private static void scale(long n, long unit, String word, List<String> words) {
        number(n / unit, words);
        words.add(word);
        rest(n % unit, words);
    }

    private static void rest(long n, List<String> words) {
        if (n > 0) {
            number(n, words);
        }
    }

    /** All words but the last as in the number, the last as ordinal: "twenty first", "two hundredth". */
    @Override
    public List<String> ordinal(long n, Gender gender) {
        var words = new ArrayList<String>();
        number(n, words);
        words.add(words.removeLast().replace("digits/", "digits/h-"));
        return words;
    }

    @Override
    public long greatest() {
        return 999_999_999_999L;
    }

    @Override
    public String defaultTimeFormat() {
        return "ABdY 'digits/at' IMp";
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
        var minute = when.getMinute();
        return switch (letter) {
            case 'd', 'e' -> ordinal(when.getDayOfMonth(), Gender.MASCULINE);
            case 'm' -> ordinal(when.getMonthValue(), Gender.MASCULINE);
            case 'Y' -> year(when.getYear());
            case 'I', 'l' -> number(hour % 12 == 0 ? 12 : hour % 12, Gender.MASCULINE);
            case 'H' -> hour == 0 ? List.of("digits/oh", "digits/oh") : hour < 10 ? oh(hour) : plain(hour);
            case 'k' -> hour == 0 ? List.of("digits/oh") : plain(hour);
            case 'M' -> minute == 0 ? List.of("digits/oclock") : minute < 10 ? oh(minute) : plain(minute);
            case 'N' -> minute == 0 ? List.of("digits/hundred") : minute < 10 ? oh(minute) : plain(minute);
            case 'S' -> when.getSecond() > 0 && when.getSecond() < 10 ? oh(when.getSecond()) : plain(when.getSecond());
            default -> null;
        };
    }

    private List<String> plain(int n) {
        return number(n, Gender.MASCULINE);
    }

    private static List<String> oh(int n) {
        return List.of("digits/oh", "digits/" + n);
    }

    /** "nineteen ninety eight", "nineteen oh four", "nineteen hundred", and from 2000 on the number. */
    private List<String> year(int year) {
        if (year < 1100 || year >= 2000) {
            return plain(year);
        }
        var words = new ArrayList<>(plain(year / 100));
        var rest = year % 100;
        words.addAll(rest == 0 ? List.of("digits/hundred") : rest < 10 ? oh(rest) : plain(rest));
        return words;
    }
}
