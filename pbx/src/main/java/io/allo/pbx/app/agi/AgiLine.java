package io.allo.pbx.app.agi;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line taken apart as Asterisk does: words between blanks; double quotes hold blanks together and an empty word; a
 * backslash makes the next character plain. Nothing is an error. No state.
 */
final class AgiLine {

    /** Words of one line that are taken. */
    static final int MOST_WORDS = 128;

    private AgiLine() {}

    static List<String> words(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var quoted = false;
        var begun = false;
        for (var i = 0; i < line.length() && words.size() < MOST_WORDS; i++) {
            var c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                begun = true;
            } else if ((c == ' ' || c == '\t') && !quoted) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                if (c == '\\' && i + 1 < line.length()) {
                    c = line.charAt(++i);
                }
                word.append(c);
                begun = true;
            }
        }
        if (begun && words.size() < MOST_WORDS) {
            words.add(word.toString());
        }
        return words;
    }
}
