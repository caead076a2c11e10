package io.allo.pbx.call.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.allo.io.sound.SoundLibrary;
import io.allo.io.sound.SoundLookup;
import io.allo.media.sdp.CodecName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whether Debian's recorded sets, where they are installed, have every word that is said. */
class RecordedSetsTest {
    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");

    private static void hasEveryWord(String language) {
        assumeTrue(
                Files.isDirectory(SOUNDS.resolve(language)),
                "not installed: asterisk-core-sounds-" + language + "-wav");
        var library = new SoundLibrary(List.of(SOUNDS));
        var missing = new TreeSet<String>();
        for (String words : words(Say.in(language))) {
            if (!isRecorded(library, words, language)) missing.add(words);
        }
        assertEquals(new TreeSet<>(), missing);
    }

    private static TreeSet<String> words(Say say) {
        var words = new TreeSet<String>();
        for (long n = 0; n <= 2_100; n++) {
            words.addAll(say.number(n, Gender.FEMININE));
            if (n > 0) words.addAll(say.ordinal(n, Gender.FEMININE));
        }
        words.addAll(say.number(-3_000_000, Gender.MASCULINE));
        words.addAll(say.digits("0123456789*#-"));
        words.addAll(say.letters("abcdefghijklmnopqrstuvwxyzABC*#!@$-.=+/ 0", Say.LetterCase.ALL));
        words.addAll(say.phonetic("abcdefghijklmnopqrstuvwxyz"));
        var start = LocalDateTime.of(2026, 1, 1, 0, 0, 1).atZone(ZoneId.of("UTC"));
        for (int i = 0; i < 366; i++) {
            var when = start.plusHours(25L * i).plusMinutes(i).plusSeconds(i);
            words.addAll(say.time(when, start.plusDays(40), "ABdYmIMpHMkNSTQq"));
            words.addAll(say.time(when, start, ""));
        }
        return words;
    }

    /** In the language itself: English in the middle of a French number would be worse than nothing. */
    private static boolean isRecorded(SoundLibrary library, String word, String language) {
        for (String name : word.split("\\|")) {
            if (library.find(name, language, CodecName.ALAW) instanceof SoundLookup.Found found
                    && found.file().startsWith(SOUNDS.resolve(language))) return true;
        }
        return false;
    }

    @Test
    void theEnglishSetHasEveryWord() {
        hasEveryWord("en");
    }

    @Test
    void theFrenchSetHasEveryWord() {
        hasEveryWord("fr");
    }
}
