package io.allo.pbx.call.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers against ICU's rule-based spelling; times and letters against what Asterisk's documentation says of each letter. */
class SayTest {
    private static final Say ENGLISH = Say.in("en_US");
    private static final Say FRENCH = Say.in("fr_CA");
    private static final ZonedDateTime NOW =
            LocalDateTime.of(2026, 11, 20, 18, 5, 0).atZone(ZoneId.of("Europe/Paris"));

    /** All up to 2,200, then others of all sizes. */
    private static void eachNumber(long most, LongConsumer check) {
        for (long n = 0; n <= 2_200; n++) check.accept(n);
        var random = new Random(7);
        for (int i = 0; i < 4_000; i++) check.accept(random.nextLong((long) Math.pow(10, 4 + i % 6)) % (most + 1));
        for (long n : List.of(80_000L, 81_000L, 100_000L, 200_000L, 1_000_000L, 80_000_000L, 999_999_999L)) {
            check.accept(n);
        }
    }

    private static RuleBasedNumberFormat icu(ULocale locale) {
        return new RuleBasedNumberFormat(locale, RuleBasedNumberFormat.SPELLOUT);
    }

    @Test
    void englishNumbersAreAsIcuSpellsThem() {
        var icu = icu(ULocale.US);
        eachNumber(
                999_999_999_999L,
                n -> assertEquals(
                        SpelledOut.plain(icu.format(n)),
                        SpelledOut.english(ENGLISH.number(n, Gender.MASCULINE)),
                        () -> "" + n));
        assertEquals(
                SpelledOut.plain(icu.format(12_345_678_901L)),
                SpelledOut.english(ENGLISH.number(12_345_678_901L, Gender.MASCULINE)));
        assertEquals("minus five", SpelledOut.english(ENGLISH.number(-5, Gender.MASCULINE)));
    }

    /**
     * Every number to 10,000 and 100,000 others below 10^9 (a million took four minutes on 21 November 2026, and were equal);
     * beyond it French says "mille millions" where ICU says "un milliard".
     */
    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void aHundredThousandNumbersAreAsIcuSpellsThem(String language) {
        var icu = icu(language.equals("fr") ? ULocale.FRENCH : ULocale.US);
        var say = Say.in(language);
        var random = new Random(20_261_121);
        for (int i = 0; i <= 110_000; i++) {
            long n = i <= 10_000 ? i : random.nextLong(1_000_000_000L);
            var words = say.number(n, Gender.MASCULINE);
            var ours = language.equals("fr") ? SpelledOut.french(words) : SpelledOut.english(words);
            var theirs = SpelledOut.plain(icu.format(n));
            if (!theirs.equals(ours)) {
                assertEquals(theirs, ours, "" + n);
            }
        }
        assertEquals(
                language.equals("fr") ? "mille million" : "one billion",
                language.equals("fr")
                        ? SpelledOut.french(say.number(1_000_000_000L, Gender.MASCULINE))
                        : SpelledOut.english(say.number(1_000_000_000L, Gender.MASCULINE)));
    }

    @Test
    void englishOrdinalsAreAsIcuSpellsThem() {
        var icu = icu(ULocale.US);
        eachNumber(999_999_999L, n -> {
            if (n > 0) {
                assertEquals(
                        SpelledOut.plain(icu.format(n, "%spellout-ordinal")),
                        SpelledOut.english(ENGLISH.ordinal(n, Gender.MASCULINE)),
                        () -> "" + n);
            }
        });
    }

    @Test
    void frenchNumbersAreAsIcuSpellsThem() {
        var icu = icu(ULocale.FRENCH);
        eachNumber(
                999_999_999L,
                n -> assertEquals(
                        SpelledOut.plain(icu.format(n)),
                        SpelledOut.french(FRENCH.number(n, Gender.MASCULINE)),
                        () -> "" + n));
        assertEquals("moins soixante et onze", SpelledOut.french(FRENCH.number(-71, Gender.MASCULINE)));
    }

    @Test
    void frenchFeminineNumbersAreAsIcuSpellsThem() {
        var icu = icu(ULocale.FRENCH);
        eachNumber(
                999_999_999L,
                n -> assertEquals(
                        SpelledOut.plain(icu.format(n, "%spellout-cardinal-feminine")),
                        SpelledOut.french(FRENCH.number(n, Gender.FEMININE)),
                        () -> "" + n));
    }

    @Test
    void frenchSaysABillionAsAThousandMillions() {
        assertEquals(List.of("digits/thousand", "digits/million"), FRENCH.number(1_000_000_000L, Gender.MASCULINE));
    }

    @Test
    void whatIsTooGreatCanNotBeSaid() {
        for (long n : List.of(1_000_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE)) {
            assertThrows(UnspeakableException.class, () -> ENGLISH.number(n, Gender.MASCULINE));
            assertThrows(UnspeakableException.class, () -> FRENCH.number(n, Gender.MASCULINE));
        }
        assertThrows(UnspeakableException.class, () -> ENGLISH.ordinal(0, Gender.MASCULINE));
    }

    @Test
    void frenchOrdinals() {
        assertEquals(List.of("digits/h-1"), FRENCH.ordinal(1, Gender.MASCULINE));
        assertEquals(List.of("digits/h-1F|digits/h-1"), FRENCH.ordinal(1, Gender.FEMININE));
        assertEquals(List.of("digits/20", "digits/h-2"), FRENCH.ordinal(22, Gender.MASCULINE));
        assertEquals(List.of("digits/20", "digits/et", "digits/1"), FRENCH.ordinal(21, Gender.MASCULINE));
        assertEquals(List.of("digits/60", "digits/h-10"), FRENCH.ordinal(70, Gender.MASCULINE));
    }

    @Test
    void lettersDigitsAndSigns() {
        assertEquals(
                List.of("digits/star", "digits/1", "digits/pound", "digits/minus", "digits/0"),
                ENGLISH.digits("*1#-0 x"));
        assertEquals(
                List.of(
                        "letters/a",
                        "letters/z",
                        "digits/9",
                        "letters/at",
                        "letters/dot",
                        "letters/space",
                        "digits/star"),
                ENGLISH.letters("aZ9@. *"));
        assertEquals(List.of("phonetic/a_p", "phonetic/z_p", "digits/4"), ENGLISH.phonetic("Az4"));
        assertEquals(List.of("uppercase", "letters/a", "letters/b"), ENGLISH.letters("Ab", Say.LetterCase.UPPER));
        assertEquals(List.of("letters/a", "lowercase", "letters/b"), ENGLISH.letters("Ab", Say.LetterCase.LOWER));
        assertEquals(List.of("letters/ascii38"), ENGLISH.letters("&"));
    }

    private static String time(Say say, String when, String format) {
        return String.join(" ", say.time(LocalDateTime.parse(when).atZone(NOW.getZone()), NOW, format))
                .replace("digits/", "");
    }

    @Test
    void englishTimes() {
        assertEquals("day-5 mon-10 h-20 2 thousand 20 6 at 6 oh 5 p-m", time(ENGLISH, "2026-11-20T18:05:00", ""));
        assertEquals("day-0 mon-0", time(ENGLISH, "2026-01-25T00:00:00", "AB"));
        assertEquals("20 h-1", time(ENGLISH, "2026-01-21T00:00:00", "d"));
        assertEquals("30 h-1", time(ENGLISH, "2026-01-31T00:00:00", "e"));
        assertEquals("12 oclock a-m", time(ENGLISH, "2026-01-31T00:00:00", "IMp"));
        assertEquals("12 30 p-m", time(ENGLISH, "2026-01-31T12:30:00", "lMP"));
        assertEquals("oh 8 oh 3", time(ENGLISH, "2026-01-31T08:03:00", "R"));
        assertEquals("20 3 40 5 oh 9", time(ENGLISH, "2026-01-31T23:45:09", "T"));
        assertEquals("8 hundred", time(ENGLISH, "2026-01-31T08:00:00", "kN"));
        assertEquals("19 90 8", time(ENGLISH, "1998-01-31T08:00:00", "Y"));
        assertEquals("19 oh 4", time(ENGLISH, "1904-01-31T08:00:00", "Y"));
        assertEquals("19 hundred", time(ENGLISH, "1900-01-31T08:00:00", "Y"));
        assertEquals("h-11", time(ENGLISH, "2026-11-20T08:00:00", "m"));
    }

    @Test
    void frenchTimes() {
        assertEquals("day-5 20 mon-10 2 thousand 20 6 at 18 oclock 5", time(FRENCH, "2026-11-20T18:05:00", ""));
        assertEquals("h-1 mon-2", time(FRENCH, "2026-03-01T18:05:00", "dB"));
        assertEquals("20 et 1F|1 oclock 20 et 1F|1", time(FRENCH, "2026-03-01T21:21:00", "HM"));
        assertEquals("8 oclock", time(FRENCH, "2026-03-01T08:00:00", "R"));
        assertEquals("thousand 9 hundred 80 18", time(FRENCH, "1998-03-01T08:00:00", "Y"));
        assertEquals("8 oclock 7 seconds", time(FRENCH, "2026-03-01T08:00:07", "T"));
    }

    @Test
    void nearDaysHaveNames() {
        assertEquals("today", time(ENGLISH, "2026-11-20T00:05:00", "Q"));
        assertEquals("", time(ENGLISH, "2026-11-20T00:05:00", "q"));
        assertEquals("yesterday", time(ENGLISH, "2026-11-19T23:59:00", "Q"));
        assertEquals("day-1", time(ENGLISH, "2026-11-16T10:00:00", "q"));
        assertEquals("day-1 mon-10 h-16 2 thousand 20 6", time(ENGLISH, "2026-11-16T10:00:00", "Q"));
        assertEquals("day-6 20 et 1 mon-10 2 thousand 20 6", time(FRENCH, "2026-11-21T10:00:00", "Q"));
    }

    @Test
    void quotedNamesArePlayed() {
        assertEquals("vm-and my/own sound", time(ENGLISH, "2026-11-16T10:00:00", "'vm-and' 'my/own sound'"));
        assertThrows(UnspeakableException.class, () -> time(ENGLISH, "2026-11-16T10:00:00", "A'vm-and"));
        assertThrows(UnspeakableException.class, () -> time(ENGLISH, "2026-11-16T10:00:00", "A%"));
    }
}
