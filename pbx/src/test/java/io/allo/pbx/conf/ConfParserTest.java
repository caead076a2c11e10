package io.allo.pbx.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfParserTest {
    private static ConfFile parse(String text) {
        return new ConfParser(ConfSource.of(Map.of("a.conf", text))).parse("a.conf");
    }

    private static ConfFile parse(Map<String, String> files) {
        return new ConfParser(ConfSource.of(files)).parse("a.conf");
    }

    private static List<String> lines(ConfSection section) {
        return section.entries().stream().map(e -> e.key() + "=" + e.value()).toList();
    }

    private static List<String> codes(ConfFile file) {
        return file.problems().stream().map(ConfProblem::code).toList();
    }

    @Test
    void keepsOrderKindOfSignAndPlace() {
        ConfFile file = parse("[x]\nexten => 1,1,NoOp(a=b)\n\n  key   =  some value  \nexten=>2,1,Hangup\n");
        ConfSection x = file.section("x").orElseThrow();
        assertEquals(List.of("exten=1,1,NoOp(a=b)", "key=some value", "exten=2,1,Hangup"), lines(x));
        assertEquals(
                List.of(true, false, true),
                x.entries().stream().map(ConfEntry::arrow).toList());
        assertEquals(List.of(2, 4, 5), x.entries().stream().map(ConfEntry::line).toList());
        assertEquals(List.of(), file.problems());
    }

    @Test
    void aSectionBuiltOnTwoTemplatesHasTheirLinesFirstInTheOrderNamed() {
        // the worked example of docs.asterisk.org, "Using Templates"
        ConfFile file = parse("""
                [test-one](!)
                permit=192.168.0.2
                host=alpha.example.com
                deny=192.168.0.1
                [test-two](!)
                permit=192.168.1.2
                host=bravo.example.com
                deny=192.168.1.1
                [test-three](test-one,test-two)
                permit=192.168.3.1
                host=charlie.example.com
                """);
        assertEquals(1, file.sections().size());
        ConfSection three = file.section("test-three").orElseThrow();
        assertEquals(
                List.of(
                        "permit=192.168.0.2",
                        "host=alpha.example.com",
                        "deny=192.168.0.1",
                        "permit=192.168.1.2",
                        "host=bravo.example.com",
                        "deny=192.168.1.1",
                        "permit=192.168.3.1",
                        "host=charlie.example.com"),
                lines(three));
        assertEquals("charlie.example.com", three.value("host").orElseThrow());
        assertEquals(List.of("test-one", "test-two"), three.bases());
        assertTrue(three.entries().getFirst().inherited());
        assertEquals(2, three.entries().getFirst().line());
        assertFalse(three.entries().getLast().inherited());
    }

    @Test
    void aTemplateMayBuildOnATemplateAndAPlainSectionMayBeABase() {
        ConfFile file = parse(
                "[basic](!)\ntype=endpoint\n[nat](!,basic)\nforce_rport=yes\n[100](nat)\ncallerid=A\n[101](100)\ncallerid=B\n");
        assertEquals(
                List.of("100", "101"),
                file.sections().stream().map(ConfSection::name).toList());
        assertEquals(
                List.of("type=endpoint", "force_rport=yes", "callerid=A", "callerid=B"),
                lines(file.section("101").orElseThrow()));
    }

    @Test
    void laterChangesOfATemplateDoNotReachWhatWasBuiltBefore() {
        ConfFile file = parse("[t](!)\na=1\n[x](t)\n[t](+)\na=2\n[y](t)\n");
        assertEquals(List.of("a=1"), lines(file.section("x").orElseThrow()));
        assertEquals(List.of("a=1", "a=2"), lines(file.section("y").orElseThrow()));
    }

    @Test
    void anAdditionContinuesTheSectionOfThatNameAndType() {
        ConfFile file = parse(
                "[100]\ntype=endpoint\n[100]\ntype=aor\n[200]\ntype=aor\n[100](+type=aor)\nmax_contacts=2\n[200](+)\nx=1\n");
        assertEquals(3, file.sections().size());
        assertEquals(
                List.of("type=aor", "max_contacts=2"),
                lines(file.sections("100").get(1)));
        assertEquals(List.of("type=aor", "x=1"), lines(file.section("200").orElseThrow()));
        assertEquals(2, file.ofType("aor").size());
        assertEquals(List.of(), file.problems());
    }

    @Test
    void anAdditionWithoutATypeAmongSeveralTakesTheFirstAndSaysSo() {
        ConfFile file = parse("[100]\ntype=endpoint\n[100]\ntype=aor\n[100](+)\nx=1\n");
        assertEquals(List.of("type=endpoint", "x=1"), lines(file.sections("100").getFirst()));
        assertEquals(List.of("addition-ambiguous"), codes(file));
    }

    @Test
    void anAdditionToNothingIsAnError() {
        ConfFile file = parse("[x](+)\na=1\n");
        assertEquals(List.of("addition-without-section"), codes(file));
        assertTrue(file.hasErrors());
        assertEquals(List.of("a=1"), lines(file.section("x").orElseThrow()));
    }

    @Test
    void aMissingTemplateIsNamedWithTheNearestOne() {
        ConfFile file = parse("[phones](!)\na=1\n[x](phone)\n");
        assertEquals(
                "a.conf:3: error: there is no section or template [phone] above (\"phone\": did you mean \"phones\"?)",
                file.problems().getFirst().toString());
        assertEquals(
                "a.conf:3: erreur : il n'y a ni section ni modèle [phone] plus haut (« phone » : vouliez-vous dire « phones » ?)",
                file.problems().getFirst().inWords("fr"));
    }

    @Test
    void plusEqualsContinuesTheInheritedValue() {
        ConfFile file = parse("[t](!)\nallow=ulaw\n[x](t)\nallow+=,alaw\n[y]\nallow += gsm\n");
        assertEquals(List.of("allow=ulaw,alaw"), lines(file.section("x").orElseThrow()));
        assertEquals(List.of("allow=gsm"), lines(file.section("y").orElseThrow()));
    }

    @Test
    void commentsEndLinesUnlessEscaped() {
        ConfFile file = parse("; head\n[x] ; the x\na=1;2\nb=1\\;2 ; three\nc=\\;\n;[y]\n;;;; \n;--- ruler ---\nd=4\n");
        assertEquals(
                List.of("a=1", "b=1;2", "c=;", "d=4"), lines(file.section("x").orElseThrow()));
        assertEquals(List.of(), file.problems());
    }

    @Test
    void blockCommentsSpanLinesNestAndLeaveTheRestOfTheLine() {
        ConfFile file =
                parse("[x]\n;-- off\na=1\n;-- inner --;\nb=2\n--; c=3\nd=4 ;-- within --; e\n;-- one line --;\nf=5\n");
        assertEquals(List.of("c=3", "d=4  e", "f=5"), lines(file.section("x").orElseThrow()));
    }

    @Test
    void anOpenBlockCommentIsReportedWhereItBegan() {
        ConfFile file = parse("[x]\na=1\n;-- off\nb=2\n");
        assertEquals(List.of("a=1"), lines(file.section("x").orElseThrow()));
        assertEquals(3, file.problems().getFirst().line());
        assertEquals(List.of("comment-unclosed"), codes(file));
    }

    @Test
    void toleratesByteOrderMarkCarriageReturnsBlanksAndTabs() {
        ConfFile file = parse("\uFEFF[x]\r\n\ta = Ænima été \t\r\n  [y]\r\nb=2\r\n");
        assertEquals("Ænima été", file.section("x").orElseThrow().value("A").orElseThrow());
        assertEquals("2", file.section("y").orElseThrow().value("b").orElseThrow());
        assertEquals(List.of(), file.problems());
    }

    @Test
    void aBlankBeforeTheParenthesisMakesAPlainSectionAsInAsterisk() {
        ConfFile file = parse("[x] (!)\na=1\n");
        assertFalse(file.everySection().getFirst().template());
        assertEquals(List.of("section-header"), codes(file));
    }

    @Test
    void brokenLinesAreReportedAndTheRestIsRead() {
        ConfFile file = parse("lost=1\n[x\n[]\n[x](!\n[y]\nno sign\n=value\n#nonsense\na=1\n");
        assertEquals(
                List.of(
                        "outside-section",
                        "section-header",
                        "section-header",
                        "section-header",
                        "not-an-entry",
                        "not-an-entry",
                        "directive"),
                codes(file));
        assertEquals(List.of("a=1"), lines(file.section("y").orElseThrow()));
    }

    @Test
    void includedLinesBelongToTheSectionTheyStandInAndMayOpenOthers() {
        ConfFile file = parse(Map.of(
                "a.conf",
                        "[general]\n#include \"b.conf\"\nafter=1\n#include <c.conf>\n#tryinclude none.conf\n#INCLUDE d.conf ; x\n",
                "b.conf", "before=1\n[other]\nk=v\n",
                "c.conf", "more=1\n",
                "d.conf", "most=1"));
        assertEquals(
                List.of("before=1", "after=1", "more=1", "most=1"),
                lines(file.section("general").orElseThrow()));
        assertEquals(List.of("k=v"), lines(file.section("other").orElseThrow()));
        assertEquals(List.of("a.conf", "b.conf", "c.conf", "d.conf"), file.files());
        assertEquals("b.conf", file.section("other").orElseThrow().file());
        assertEquals(List.of(), file.problems());
    }

    @Test
    void globsIncludeEveryFileInOrder() {
        ConfFile file = parse(Map.of(
                "a.conf", "[x]\n#include parts/*.conf\n#include none/*.conf\n",
                "parts/2.conf", "b=2",
                "parts/1.conf", "a=1",
                "parts/deep/3.conf", "c=3"));
        assertEquals(List.of("a=1", "b=2"), lines(file.section("x").orElseThrow()));
        assertEquals(List.of("include-missing"), codes(file));
        assertFalse(file.hasErrors());
    }

    @Test
    void missingLoopingAndExecutedFilesAreRefusedWithReasons() {
        ConfFile file = parse(Map.of(
                "a.conf", "[x]\n#include b.conf\n#include none.conf\n#exec /bin/date\n#include\na=1\n",
                "b.conf", "#include a.conf\n"));
        assertEquals(List.of("include-loop", "include-missing", "exec-refused", "directive"), codes(file));
        assertEquals("b.conf", file.problems().getFirst().file());
        assertEquals(List.of("a=1"), lines(file.section("x").orElseThrow()));
    }

    @Test
    void inclusionStopsAtItsDepthLimit() {
        var files = new HashMap<String, String>();
        files.put("a.conf", "[x]\n#include 1.conf\n");
        for (int i = 1; i <= ConfParser.MAX_INCLUDE_DEPTH; i++)
            files.put(i + ".conf", "#include " + (i + 1) + ".conf\n");
        ConfFile file = parse(files);
        assertEquals(List.of("include-depth"), codes(file));
        assertEquals(ConfParser.MAX_INCLUDE_DEPTH, file.files().size());
    }

    @Test
    void includeBombsAndTemplateBombsEndAtTheirLimits() {
        var files = new HashMap<String, String>();
        files.put("a.conf", "[x]\n" + "#include 1.conf\n".repeat(40));
        for (int i = 1; i < 8; i++) files.put(i + ".conf", ("#include " + (i + 1) + ".conf\n").repeat(40));
        files.put("8.conf", "a=1\n");
        assertEquals(List.of("too-many-files"), codes(parse(files)));

        var text = new StringBuilder("[t0](!)\na=1\n");
        for (int i = 1; i < 60; i++) text.append("[t%d](!,t%d,t%d)\n".formatted(i, i - 1, i - 1));
        assertEquals(List.of("too-many-entries"), codes(parse(text.toString())));
    }

    @Test
    void overlongLinesAndValuesAreErrors() {
        assertEquals(List.of("line-too-long"), codes(parse("[x]\na=" + "b".repeat(ConfParser.MAX_LINE_CHARS) + "\n")));
        String half = "b".repeat(ConfParser.MAX_LINE_CHARS / 2 + 1);
        assertEquals(List.of("value-too-long"), codes(parse("[x]\na=" + half + "\na+=" + half + "\n")));
        assertEquals(List.of("comment-depth", "comment-unclosed"), codes(parse(";-- ".repeat(200))));
        assertEquals(
                ConfParser.MAX_PROBLEMS,
                parse("[x]\n" + "wrong\n".repeat(1500)).problems().size());
    }

    @Test
    void aMissingFileIsAProblemNotAnException() {
        ConfFile file = new ConfParser(ConfSource.of(Map.of())).parse("none.conf");
        assertEquals(
                "none.conf: error: there is no such file",
                file.problems().getFirst().toString());
    }

    @Test
    void readsADirectoryWithSubdirectoriesGlobsAndOldEncodings(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("conf.d/10"));
        Files.writeString(
                directory.resolve("a.conf"), "[x]\n#include conf.d/*/*.conf\n#include " + directory + "/b.conf\n");
        Files.writeString(directory.resolve("conf.d/10/u.conf"), "u=1\n");
        Files.writeString(directory.resolve("conf.d/10/.hidden.conf"), "h=1\n");
        Files.write(directory.resolve("b.conf"), "name=été\n".getBytes(StandardCharsets.ISO_8859_1));
        ConfFile file = new ConfParser(ConfSource.directory(directory)).parse("a.conf");
        assertEquals(List.of("u=1", "name=été"), lines(file.section("x").orElseThrow()));
        assertEquals(List.of("a.conf", "conf.d/10/u.conf", "b.conf"), file.files());
        assertEquals(List.of("not-utf-8"), codes(file));
        assertFalse(file.hasErrors());
    }
}
