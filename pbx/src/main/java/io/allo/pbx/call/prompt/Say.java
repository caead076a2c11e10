package io.allo.pbx.call.prompt;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Numbers, letters and times as the names of recorded words, for {@link Prompts#play}: those of Asterisk's sound sets. In
 * French for languages that begin with "fr", else in English. Immutable.
 */
public final class Say {

    private static final String SPECIALS = "*#!@$-.=+/ ";
    private static final List<String> SPECIAL_WORDS = List.of(
            "digits/star",
            "digits/pound",
            "letters/exclaimation-point",
            "letters/at",
            "letters/dollar",
            "letters/dash",
            "letters/dot",
            "letters/equals",
            "letters/plus",
            "letters/slash",
            "letters/space");
    private static final Say ENGLISH = new Say(new EnglishGrammar());
    private static final Say FRENCH = new Say(new FrenchGrammar());

    private final Grammar grammar;

    private Say(Grammar grammar) {
        this.grammar = grammar;
    }

    /** In this language ("fr", "fr_CA", "en"). */
    public static Say in(String language) {
        return language.toLowerCase(Locale.ROOT).startsWith("fr") ? FRENCH : ENGLISH;
    }

    /** The day and the month and the year, in {@link #time}'s letters, as this language puts them. */
    public String dateFormat() {
        var whole = grammar.defaultTimeFormat();
        return whole.substring(0, whole.indexOf(' '));
    }

    /** Hour and minute, in {@link #time}'s letters. */
    public String clockFormat() {
        var whole = grammar.defaultTimeFormat();
        return whole.substring(whole.lastIndexOf(' ') + 1);
    }

    /** Digits one by one; * is "star", # "pound", - "minus", and what has no word is left out. */
    public List<String> digits(String text) {
        var words = new ArrayList<String>();
        for (var c : text.toCharArray()) {
            switch (c) {
                case '*' -> words.add("digits/star");
                case '#' -> words.add("digits/pound");
                case '-' -> words.add("digits/minus");
                default -> {
                    if (c >= '0' && c <= '9') {
                        words.add("digits/" + c);
                    }
                }
            }
        }
        return words;
    }

    /**
     * A whole number.
     *
     * @throws UnspeakableException if there are no words for one so great
     */
    public List<String> number(long n, Gender gender) {
        var words = new ArrayList<String>();
        if (n < 0) {
            words.add("digits/minus");
        }
        words.addAll(grammar.number(sayable(n), gender));
        return words;
    }

    /**
     * First, second, third.
     *
     * @throws UnspeakableException if it is below 1, or so great that there are no words
     */
    public List<String> ordinal(long n, Gender gender) {
        if (n < 1) {
            throw new UnspeakableException("there is no ordinal of " + n);
        }
        return grammar.ordinal(sayable(n), gender);
    }

    private long sayable(long n) {
        if (n > grammar.greatest() || n < -grammar.greatest()) {
            throw new UnspeakableException("there are no words for a number as great as " + n);
        }
        return Math.abs(n);
    }

    /** Letters, digits and signs one by one. */
    public List<String> letters(String text) {
        return letters(text, LetterCase.NONE);
    }

    /** The same, saying of each letter of the chosen case that it is a capital or a small one. */
    public List<String> letters(String text, LetterCase said) {
        var words = new ArrayList<String>();
        for (var c : text.toCharArray()) {
            if (said.isSaid(c)) {
                words.add(Character.isUpperCase(c) ? "uppercase" : "lowercase");
            }
            words.add(sign(c, "letters/" + Character.toLowerCase(c)));
        }
        return words;
    }

    /** The spelling alphabet: alpha, bravo, charlie. */
    public List<String> phonetic(String text) {
        var words = new ArrayList<String>();
        for (var c : text.toCharArray()) {
            words.add(sign(c, "phonetic/" + Character.toLowerCase(c) + "_p"));
        }
        return words;
    }

    private static String sign(char c, String letter) {
        if (c >= '0' && c <= '9') {
            return "digits/" + c;
        }
        var special = SPECIALS.indexOf(c);
        if (special >= 0) {
            return SPECIAL_WORDS.get(special);
        }
        return isLetter(c) ? letter : "letters/ascii" + (int) c;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Which letters' case is said by SayAlphaCase. */
    public enum LetterCase {
        /** No letter's. */
        NONE,
        /** Every letter's. */
        ALL,
        /** The small ones'. */
        LOWER,
        /** The capitals'. */
        UPPER;

        boolean isSaid(char c) {
            return isLetter(c)
                    && switch (this) {
                        case NONE -> false;
                        case ALL -> true;
                        case LOWER -> Character.isLowerCase(c);
                        case UPPER -> Character.isUpperCase(c);
                    };
        }
    }

    /**
     * A moment by Asterisk's format letters: A or a weekday, B b h month by name, m by number, d e day, Y year, I l hour of
     * 12, H k hour of 24, M N minute, S second, P p before or after noon, Q today, yesterday or the date, q the same but
     * nothing for today and the weekday within the last week, R time, T time with seconds, 'name' any sound.
     *
     * @param format empty for the language's own
     * @param now the moment it is, in the same zone, for Q and q
     * @throws UnspeakableException if the format has a letter that means nothing, or a quote that does not end
     */
    public List<String> time(ZonedDateTime when, ZonedDateTime now, String format) {
        var words = new ArrayList<String>();
        var letters = format.isBlank() ? grammar.defaultTimeFormat() : format;
        for (var i = 0; i < letters.length(); i++) {
            var letter = letters.charAt(i);
            if (letter == '\'') {
                var end = letters.indexOf('\'', i + 1);
                if (end < 0) {
                    throw new UnspeakableException("a quote does not end in the format " + letters);
                }
                words.add(letters.substring(i + 1, end));
                i = end;
            } else if (!Character.isWhitespace(letter)) {
                words.addAll(moment(letter, when, now, letters));
            }
        }
        return words;
    }

    private List<String> moment(char letter, ZonedDateTime when, ZonedDateTime now, String format) {
        var expansion = grammar.expansion(letter);
        if (!expansion.isEmpty()) {
            return time(when, now, expansion);
        }
        return switch (letter) {
            case 'A', 'a' -> List.of("digits/day-" + when.getDayOfWeek().getValue() % 7);
            case 'B', 'b', 'h' -> List.of("digits/mon-" + (when.getMonthValue() - 1));
            case 'P', 'p' -> List.of(when.getHour() < 12 ? "digits/a-m" : "digits/p-m");
            case 'Q', 'q' -> day(letter, when, now);
            default -> {
                var words = grammar.time(letter, when);
                if (words == null) {
                    throw new UnspeakableException(
                            "the letter " + letter + " of the format " + format + " means nothing");
                }
                yield words;
            }
        };
    }

    private List<String> day(char letter, ZonedDateTime when, ZonedDateTime now) {
        LocalDate day = when.toLocalDate();
        var ago = ChronoUnit.DAYS.between(day, now.toLocalDate());
        if (ago == 0) {
            return letter == 'Q' ? List.of("digits/today") : List.of();
        }
        if (ago == 1) {
            return List.of("digits/yesterday");
        }
        if (letter == 'q' && ago > 1 && ago < 7) {
            return time(when, now, "A");
        }
        return time(when, now, dateFormat());
    }
}
