package io.allo.pbx.app.directory;

import java.text.Normalizer;
import java.util.Locale;

/** Names as they are typed on a telephone: 2 ABC to 9 WXYZ, accents as if they were not there (ITU-T E.161). No state. */
final class SpelledName {

    private static final String KEYS = "22233344455566677778889999";

    private SpelledName() {}

    /** The keys of the letters; digits stay, everything else is left out. */
    static String keys(String name) {
        var plain = Normalizer.normalize(
                        name.replace("œ", "oe")
                                .replace("Œ", "OE")
                                .replace("æ", "ae")
                                .replace("ß", "ss"),
                        Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT);
        var keys = new StringBuilder();
        for (var i = 0; i < plain.length(); i++) {
            var c = plain.charAt(i);
            if (c >= 'a' && c <= 'z') {
                keys.append(KEYS.charAt(c - 'a'));
            } else if (c >= '0' && c <= '9') {
                keys.append(c);
            }
        }
        return keys.toString();
    }

    /** The first word. */
    static String first(String name) {
        var blank = name.strip().indexOf(' ');
        return blank < 0 ? name.strip() : name.strip().substring(0, blank);
    }

    /** What is behind the first word; all of it where there is one word alone. */
    static String last(String name) {
        var blank = name.strip().indexOf(' ');
        return blank < 0 ? name.strip() : name.strip().substring(blank + 1).strip();
    }
}
