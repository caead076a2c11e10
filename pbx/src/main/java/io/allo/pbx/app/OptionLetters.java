package io.allo.pbx.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An application's options as Asterisk writes them: letters, each with its argument in parentheses or none ({@code
 * sn(x)t(#*)}). Letters are told apart by case; the last of a letter counts; blanks are passed over. Immutable.
 */
public final class OptionLetters {

    private final Map<Character, String> arguments;

    private OptionLetters(Map<Character, String> arguments) {
        this.arguments = Map.copyOf(arguments);
    }

    /** Reads options; a parenthesis that does not close ends with the text. */
    public static OptionLetters parse(String text) {
        var arguments = new HashMap<Character, String>();
        for (var i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (Character.isWhitespace(letter)) {
                continue;
            }
            var argument = "";
            if (i + 1 < text.length() && text.charAt(i + 1) == '(') {
                var end = closing(text, i + 1);
                argument = text.substring(i + 2, end);
                i = end;
            }
            arguments.put(letter, argument);
        }
        return new OptionLetters(arguments);
    }

    private static int closing(String text, int open) {
        var depth = 0;
        for (var i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    /** All letters that are there, in alphabetical order. */
    public List<Character> letters() {
        return arguments.keySet().stream().sorted().toList();
    }

    /** Whether the letter is there. */
    public boolean has(char letter) {
        return arguments.containsKey(letter);
    }

    /** The letter's argument, {@code fallback} if the letter is not there. */
    public String argument(char letter, String fallback) {
        return arguments.getOrDefault(letter, fallback);
    }
}
