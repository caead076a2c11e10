package io.allo.pbx.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PosixRegexTest {
    private static String found(String regex, String text) throws Exception {
        return PosixRegex.compile(regex)
                .find(text)
                .map(match -> text.substring(match.start(), match.end()))
                .orElse("none");
    }

    @Test
    void takesTheLeftmostAndOfThoseTheLongestMatch() throws Exception {
        assertEquals("abcd", found("ab|abcd|abc", "xabcdab"));
        assertEquals("aaa", found("a*", "aaab"));
        assertEquals("", found("b*", "aab"));
        assertEquals("xyxy", found("(xy)+", "abxyxyz"));
        assertEquals("wxyz", found("x*w?xyz|wx", "awxyz"));
    }

    @Test
    void readsSetsClassesBordersAndRepetitions() throws Exception {
        assertEquals("42", found("[[:digit:]]+", "abc42def"));
        assertEquals("]-^", found("[]^-]+", "a]-^b"));
        assertEquals("d", found("[^a-c]", "abcd"));
        assertEquals("\\", found("[\\]", "a\\b"));
        assertEquals("none", found("^b", "ab"));
        assertEquals("b", found("b$", "ab"));
        assertEquals("aaa", found("a{2,3}", "aaaa"));
        assertEquals("aa", found("a{2}", "aaaa"));
        assertEquals("aaaa", found("a{2,}", "aaaa"));
        assertEquals("a.c", found("a\\.c", "abca.c"));
        assertEquals("a_1", found("\\w+", "-a_1-"));
        assertEquals("aa", found("a{,2}", "aaaa"));
        assertEquals("a)", found("a)", "ba)"));
    }

    @Test
    void givesGroupsAndMatchesWholeWords() throws Exception {
        PosixRegex regex = PosixRegex.compile("([0-9]{3})([0-9]+)?(x)?");
        assertEquals(
                List.of("801", "5551212", ""),
                regex.find("tel 8015551212").orElseThrow().groups());
        assertEquals(3, regex.groupCount());
        assertTrue(PosixRegex.compile("AbC", true).matches("aBc"));
        assertFalse(PosixRegex.compile("ab").matches("abc"));
        assertTrue(PosixRegex.compile("").matches(""));
    }

    @Test
    void brokenExpressionsAreRefusedWithAReason() {
        for (String wrong : List.of(
                "(",
                "*a",
                "(+)",
                "x{",
                "x{b",
                "[a",
                "[z-a]",
                "a{2",
                "a{3,2}",
                "a{999}",
                "\\",
                "[[:nonsense:]]",
                "((a{200}){200}){200}",
                "(".repeat(200),
                "a*+?*+?*")) {
            assertThrows(PosixRegex.SyntaxException.class, () -> PosixRegex.compile(wrong), wrong);
        }
    }

    @Test
    void expressionsThatBlowUpOtherEnginesTakeLinearTime() throws Exception {
        String text = "a".repeat(2_000);
        for (String regex : List.of("(a*)*b", "(a|aa)+$b", "(a|a|a|a)*c", "((a+)+)+d", "(.*)(.*)(.*)(.*)e")) {
            PosixRegex compiled = PosixRegex.compile(regex);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5), () -> assertTrue(compiled.find(text).isEmpty()));
        }
    }

    /** Vectors made with glibc's regcomp and regexec: expression, text, start, end, groups, between tabs. */
    @Test
    void agreesWithTheCLibrary() throws Exception {
        int count = 0;
        try (var stream = PosixRegexTest.class.getResourceAsStream("posix-regex-vectors.txt")) {
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] fields = line.split("\t", -1);
                if (fields[2].equals("invalid")) {
                    assertThrows(PosixRegex.SyntaxException.class, () -> PosixRegex.compile(fields[0]), line);
                    continue;
                }
                PosixRegex regex = PosixRegex.compile(fields[0]);
                var match = regex.find(fields[1]);
                String ours =
                        match.map(found -> found.start() + "\t" + found.end()).orElse("-1\t-1");
                assertEquals(fields[2] + "\t" + fields[3], ours, line);
                if (match.isPresent() && regex.groupCount() > 0 && !fields[0].matches(".*(\\||\\)[*+?{]).*")) {
                    assertEquals(fields[4], match.get().groups().getFirst(), line);
                }
                count++;
            }
        }
        assertTrue(count > 500);
    }
}
