package io.allo.pbx.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SectionReaderTest {
    private final List<ConfProblem> problems = new ArrayList<>();

    private SectionReader reader(String text) {
        ConfFile file = new ConfParser(ConfSource.of(Map.of("a.conf", text))).parse("a.conf");
        assertEquals(List.of(), file.problems());
        return new SectionReader(file.sections().getLast(), problems::add);
    }

    enum Dtmf {
        RFC4733,
        INFO,
        AUTO_INFO
    }

    @Test
    void readsTypedOptionsAndFallsBackToDefaults() {
        SectionReader reader = reader("[x]\nA=ON\nb= 12\nc=a, b,,c\nd=auto_info\ne=90\nf=2m\ng=20ms\nh=0x10\ni=1.5\n");
        assertTrue(reader.yesNo("a", false));
        assertEquals(12, reader.integer("b", 1, 0, 100));
        assertEquals(List.of("a", "b", "c"), reader.value("c", OptionType.LIST, List.of()));
        assertEquals(Dtmf.AUTO_INFO, reader.value("d", OptionType.oneOf(Dtmf.class), Dtmf.INFO));
        OptionType<Duration> seconds = OptionType.seconds(Duration.ZERO, Duration.ofHours(1));
        assertEquals(Duration.ofSeconds(90), reader.value("e", seconds, Duration.ZERO));
        assertEquals(Duration.ofMinutes(2), reader.value("f", seconds, Duration.ZERO));
        assertEquals(
                Duration.ofMillis(20),
                reader.value("g", OptionType.milliseconds(Duration.ZERO, Duration.ofHours(1)), Duration.ZERO));
        assertEquals(16, reader.integer("h", 1, 0, 100));
        assertEquals(1.5, reader.value("i", OptionType.decimal(0, 2), 0.0));
        assertEquals(7, reader.integer("missing", 7, 0, 100));
        assertEquals("none", reader.text("missing too", "none"));
        reader.finish();
        assertEquals(List.of(), problems);
    }

    @Test
    void everySpellingOfYesAndNoIsRead() {
        for (String yes : List.of("yes", "true", "y", "t", "1", "on", "Yes", "ON")) {
            assertEquals(true, OptionType.YES_NO.read(yes), yes);
        }
        for (String no : List.of("no", "false", "n", "f", "0", "off", "No", "OFF")) {
            assertEquals(false, OptionType.YES_NO.read(no), no);
        }
        assertNull(OptionType.YES_NO.read("maybe"));
    }

    @Test
    void numbersOutOfRangeOrInForeignGrammarsAreRefused() {
        for (String wrong : List.of("", "-1", "101", "1e1", "ten", "1.0", "99999999999999999999", "0x")) {
            assertNull(OptionType.integer(0, 100).read(wrong), wrong);
        }
        for (String wrong : List.of("", ".", "NaN", "1e3", "0x1p3", "1f", "1.1.1", "1-")) {
            assertNull(OptionType.decimal(-10, 1e9).read(wrong), wrong);
        }
        for (String wrong : List.of("", "s", "5 weeks", "-1", "1e9s", "99999999999999999")) {
            assertNull(OptionType.seconds(Duration.ZERO, Duration.ofDays(1)).read(wrong), wrong);
        }
    }

    @Test
    void anUnknownOptionIsReportedOnceWithTheNearestKnownName() {
        SectionReader reader = reader("[100]\ntype=endpoint\naor=100\naor=101\n");
        reader.text("type", "");
        reader.text("aors", "");
        reader.text("auth", "");
        reader.finish();
        assertEquals(1, problems.size());
        assertEquals(
                "a.conf:3: warning: endpoint has no option aor; it is ignored (\"aor\": did you mean \"aors\"?)",
                problems.getFirst().toString());
        assertEquals("unknown-option", problems.getFirst().code());
    }

    @Test
    void aWrongValueIsAnErrorThatSaysWhatIsAccepted() {
        SectionReader reader = reader("[x]\na=maybe\nd=inof\nn=5000\n");
        assertTrue(reader.yesNo("a", true));
        assertEquals(Dtmf.RFC4733, reader.value("d", OptionType.oneOf(Dtmf.class), Dtmf.RFC4733));
        assertEquals(1, reader.integer("n", 1, 0, 1000));
        assertEquals(
                List.of(
                        "a.conf:2: error: \"maybe\" is no value for a (accepted: yes or no)",
                        "a.conf:3: error: \"inof\" is no value for d (accepted: rfc4733, info, auto_info; \"inof\": did you mean"
                                + " \"info\"?)",
                        "a.conf:4: error: \"5000\" is no value for n (accepted: a whole number from 0 to 1000)"),
                problems.stream().map(ConfProblem::toString).toList());
    }

    @Test
    void anOptionWrittenTwiceCountsLastAndSaysSoUnlessItOverridesATemplate() {
        SectionReader twice = reader("[x]\na=1\na=2\n");
        assertEquals(2, twice.integer("a", 0, 0, 9));
        assertEquals("option-repeated", problems.getFirst().code());
        problems.clear();
        SectionReader overriding = reader("[t](!)\na=1\n[x](t)\na=2\n");
        assertEquals(2, overriding.integer("a", 0, 0, 9));
        assertEquals(List.of(), problems);
    }

    @Test
    void repeatedOptionsKeepTheirOrderAcrossNames() {
        SectionReader reader = reader("[x]\ndisallow=all\nallow=ulaw\nallow=alaw\nmatch=10.0.0.1\nmatch=10.0.0.2\n");
        assertEquals(
                List.of("all", "ulaw", "alaw"),
                reader.entries("allow", "disallow").stream()
                        .map(ConfEntry::value)
                        .toList());
        assertEquals(List.of("10.0.0.1", "10.0.0.2"), reader.values("match", OptionType.NAME));
        reader.finish();
        assertEquals(List.of(), problems);
    }

    @Test
    void documentedOptionsAnswerToOlderNames() {
        Option<Boolean> direct = Option.of(
                        "direct_media",
                        OptionType.YES_NO,
                        true,
                        new Text("sound goes directly", "le son va directement"))
                .orAs("canreinvite");
        assertFalse(reader("[x]\ncanreinvite=no\n").value(direct));
        assertTrue(reader("[x]\n").value(direct));
    }

    @Test
    void inertMissingAndEmptyOptionsAreExplained() {
        SectionReader reader = reader("[x]\ntos=ef\nempty=\n");
        reader.inert("tos", new Text("not marked yet", "pas encore marqué"));
        reader.inert("cos", new Text("not marked yet", "pas encore marqué"));
        assertEquals(Optional.empty(), reader.required("name", OptionType.NAME));
        assertEquals(Optional.empty(), reader.optional("empty", OptionType.NAME));
        reader.finish();
        assertEquals(
                List.of("option-inert", "option-missing", "option-value"),
                problems.stream().map(ConfProblem::code).toList());
    }

    @Test
    void spellingCountsSwapsAsOneSlipAndStaysQuietWhenNothingIsNear() {
        assertEquals(1, Spelling.distance("trasnport", "transport"));
        assertEquals(3, Spelling.distance("kitten", "sitting"));
        assertEquals(Optional.of("transport"), Spelling.nearest("TRASNPORT", List.of("context", "transport")));
        assertEquals(Optional.empty(), Spelling.nearest("banana", List.of("context", "transport")));
        assertEquals(Optional.of("n"), Spelling.nearest("m", List.of("n")));
    }
}
