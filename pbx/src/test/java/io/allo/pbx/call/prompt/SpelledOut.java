package io.allo.pbx.call.prompt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the recorded words sound like, from the texts published with Asterisk's sound sets, to be laid beside ICU's spelling. */
final class SpelledOut {
    private static final List<String> ENGLISH = List.of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
                    .split(" "));
    private static final List<String> ENGLISH_ORDINAL = List.of(
            "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
                    .split(" "));
    private static final List<String> FRENCH = List.of(
            "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt"
                    .split(" "));

    private static final Map<String, String> ENGLISH_WORDS = englishWords();
    private static final Map<String, String> FRENCH_WORDS = frenchWords();

    private SpelledOut() {}

    static String english(List<String> words) {
        return text(words, ENGLISH_WORDS);
    }

    static String french(List<String> words) {
        return text(words, FRENCH_WORDS);
    }

    private static Map<String, String> englishWords() {
        var table = new HashMap<String, String>();
        for (int i = 0; i < 20; i++) {
            table.put("digits/" + i, ENGLISH.get(i));
            table.put("digits/h-" + i, ENGLISH_ORDINAL.get(i));
        }
        var tens = List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
        for (int i = 0; i < 8; i++) {
            table.put("digits/" + (i + 2) * 10, tens.get(i));
            table.put("digits/h-" + (i + 2) * 10, tens.get(i).replace("y", "ieth"));
        }
        for (String scale : List.of("hundred", "thousand", "million", "billion")) {
            table.put("digits/" + scale, scale);
            table.put("digits/h-" + scale, scale + "th");
        }
        table.put("digits/minus", "minus");
        return table;
    }

    private static Map<String, String> frenchWords() {
        var table = new HashMap<String, String>();
        for (int i = 0; i <= 20; i++) table.put("digits/" + i, FRENCH.get(i));
        table.put("digits/30", "trente");
        table.put("digits/40", "quarante");
        table.put("digits/50", "cinquante");
        table.put("digits/60", "soixante");
        table.put("digits/80", "quatre-vingt");
        table.put("digits/hundred", "cent");
        table.put("digits/thousand", "mille");
        table.put("digits/million", "million");
        table.put("digits/et", "et");
        table.put("digits/1F|digits/1", "une");
        table.put("digits/minus", "moins");
        return table;
    }

    private static String text(List<String> words, Map<String, String> table) {
        return plain(
                words.stream().map(word -> table.getOrDefault(word, "?" + word)).collect(Collectors.joining(" ")));
    }

    private static final Pattern PLURAL = Pattern.compile("\\b(vingt|cent|million)s\\b");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Without hyphens and without the plural's s, which are not heard. */
    static String plain(String spelled) {
        var bare =
                PLURAL.matcher(spelled.replace('-', ' ').replace("−", "moins ")).replaceAll("$1");
        return BLANKS.matcher(bare).replaceAll(" ").strip();
    }
}
