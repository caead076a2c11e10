package io.allo.pbx.conf;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the text of an option becomes a value, and which texts are accepted. Immutable.
 *
 * @param <T> the value's type
 */
public final class OptionType<T> {
    /** {@code yes true y t 1 on} and {@code no false n f 0 off}, in any case, as Asterisk's ast_true and ast_false. */
    public static final OptionType<Boolean> YES_NO =
            new OptionType<>(OptionType::readYesNo, new Text("yes or no", "yes ou no"), List.of("yes", "no"));

    /** Any text. */
    public static final OptionType<String> TEXT =
            new OptionType<>(text -> text, new Text("any text", "un texte quelconque"), List.of());

    /** Any text but the empty one. */
    public static final OptionType<String> NAME =
            new OptionType<>(text -> text.isEmpty() ? null : text, new Text("a name", "un nom"), List.of());

    /** Items between commas, blanks around them dropped, empty ones left out. */
    public static final OptionType<List<String>> LIST = new OptionType<>(
            OptionType::readList,
            new Text("items separated by commas", "des éléments séparés par des virgules"),
            List.of());

    private static final Pattern WORD = Pattern.compile("\"(?<quoted>[^\"]*)\"|(?<plain>\\S+)");

    /** A program and its arguments, split at blanks; what stands in double quotes is one. No shell reads it. */
    public static final OptionType<List<String>> COMMAND = new OptionType<>(
            OptionType::readCommand,
            new Text("a program and its arguments", "un programme et ses arguments"),
            List.of());

    private final Function<String, @Nullable T> reader;
    private final Text accepted;
    private final List<String> words;

    private OptionType(Function<String, @Nullable T> reader, Text accepted, List<String> words) {
        this.reader = reader;
        this.accepted = accepted;
        this.words = List.copyOf(words);
    }

    /** A type of a room's own: {@code reader} gives null for a text that is not one of its values. */
    public static <T> OptionType<T> of(Text accepted, Function<String, @Nullable T> reader) {
        return new OptionType<>(reader, accepted, List.of());
    }

    /** A whole number from {@code min} to {@code max}, both included; hexadecimal with {@code 0x}. */
    public static OptionType<Integer> integer(int min, int max) {
        Text range = new Text("a whole number from " + min + " to " + max, "un nombre entier de " + min + " à " + max);
        return new OptionType<>(
                text -> {
                    Long number = readLong(text);
                    return number == null || number < min || number > max ? null : number.intValue();
                },
                range,
                List.of());
    }

    /** A decimal number from {@code min} to {@code max}, both included. */
    public static OptionType<Double> decimal(double min, double max) {
        Text range = new Text("a number from " + min + " to " + max, "un nombre de " + min + " à " + max);
        return new OptionType<>(
                text -> {
                    Double number = readDouble(text);
                    return number == null || !(number >= min && number <= max) ? null : number;
                },
                range,
                List.of());
    }

    /** A length of time; a bare number counts seconds, the units {@code ms s m h d} may be written. */
    public static OptionType<Duration> seconds(Duration min, Duration max) {
        return duration(1000, "s", min, max);
    }

    /** A length of time; a bare number counts milliseconds, the units {@code ms s m h d} may be written. */
    public static OptionType<Duration> milliseconds(Duration min, Duration max) {
        return duration(1, "ms", min, max);
    }

    /** One of the constants of an enum, written by its name in lower case, {@code _} also as {@code -}. */
    public static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type) {
        Map<String, E> byWord = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) byWord.put(constant.name().toLowerCase(Locale.ROOT), constant);
        return new OptionType<>(
                text -> byWord.get(text.toLowerCase(Locale.ROOT).replace('-', '_')),
                Text.same(String.join(", ", byWord.keySet())),
                List.copyOf(byWord.keySet()));
    }

    /** One of some words, case matters not; several words may stand for one value. */
    public static <T> OptionType<T> oneOf(Map<String, T> byWord) {
        var lower = new LinkedHashMap<String, T>();
        byWord.forEach((word, value) -> lower.put(word.toLowerCase(Locale.ROOT), value));
        List<String> sorted = byWord instanceof LinkedHashMap
                ? List.copyOf(byWord.keySet())
                : byWord.keySet().stream().sorted().toList();
        return new OptionType<>(
                text -> lower.get(text.toLowerCase(Locale.ROOT)), Text.same(String.join(", ", sorted)), sorted);
    }

    /** The value of a text, or null when it is not one of this type. Surrounding blanks do not count. */
    public @Nullable T read(String text) {
        return reader.apply(text.trim());
    }

    /** What is accepted, for messages and the manual. */
    public Text accepted() {
        return accepted;
    }

    /** The words to choose from, where there is a choice; for "did you mean". */
    public List<String> words() {
        return words;
    }

    private static OptionType<Duration> duration(long bareMs, String bare, Duration min, Duration max) {
        Text range = new Text(
                "a time from " + inWords(min) + " to " + inWords(max) + " (a bare number counts " + bare + ")",
                "une durée de " + inWords(min) + " à " + inWords(max) + " (un nombre seul compte en " + bare + ")");
        return new OptionType<>(
                text -> {
                    Duration time = readDuration(text, bareMs);
                    return time == null || time.compareTo(min) < 0 || time.compareTo(max) > 0 ? null : time;
                },
                range,
                List.of());
    }

    private static @Nullable Duration readDuration(String text, long bareMs) {
        int digits = text.length();
        while (digits > 0 && Character.isLetter(text.charAt(digits - 1))) digits--;
        Double amount = readDouble(text.substring(0, digits).trim());
        long unitMs = switch (text.substring(digits).toLowerCase(Locale.ROOT)) {
            case "" -> bareMs;
            case "ms" -> 1;
            case "s", "sec" -> 1_000;
            case "m", "min" -> 60_000;
            case "h" -> 3_600_000;
            case "d", "j" -> 86_400_000;
            default -> 0;
        };
        if (amount == null || unitMs == 0 || Math.abs(amount) > MAX_AMOUNT) return null;
        return Duration.ofMillis(Math.round(amount * unitMs));
    }

    private static String inWords(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private static List<String> readCommand(String text) {
        return WORD.matcher(text)
                .results()
                .map(word -> word.group("quoted") == null ? word.group("plain") : word.group("quoted"))
                .toList();
    }

    private static @Nullable Boolean readYesNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "y", "t", "1", "on" -> true;
            case "no", "false", "n", "f", "0", "off" -> false;
            default -> null;
        };
    }

    private static List<String> readList(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static @Nullable Long readLong(String text) {
        try {
            boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
            return hexadecimal ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Digits with one point at most; not Java's wider grammar ({@code 1e9}, {@code NaN}, {@code 0x1p3}, {@code 1f}). */
    private static @Nullable Double readDouble(String text) {
        int digits = 0;
        int points = 0;
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            if (c >= '0' && c <= '9') digits++;
            else if (c == '.') points++;
            else if (index > 0 || (c != '-' && c != '+')) return null;
        }
        return digits == 0 || points > 1 ? null : Double.valueOf(text);
    }

    private static final double MAX_AMOUNT = 1e12;
}
