package io.allo.pbx.dialplan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conf.ConfProblem;
import java.net.URISyntaxException;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DialplanParserTest {
    private static final ZonedDateTime FRIDAY_NOON = ZonedDateTime.parse("2026-11-20T12:00:00+01:00[Europe/Paris]");
    private static final ZonedDateTime FRIDAY_NIGHT = ZonedDateTime.parse("2026-11-20T23:00:00+01:00[Europe/Paris]");

    private static List<String> steps(Dialplan dialplan, String context, String extension) {
        return dialplan.context(context).orElseThrow().extensions().stream()
                .filter(each -> each.name().equals(extension))
                .flatMap(each -> each.priorities().values().stream())
                .map(Priority::toString)
                .toList();
    }

    private static List<String> codes(ParsedDialplan parsed) {
        return parsed.problems().stream().map(ConfProblem::code).toList();
    }

    @Test
    void numbersLabelsAndSameLinesGiveTheSameSteps() {
        ParsedDialplan parsed = DialplanSamples.parse("""
                [a]
                exten => 100,1,NoOp(one)
                exten => 100,n,NoOp(two)
                exten => 100,n(three),NoOp(three)
                 same => n,NoOp(four)
                same=>n+5(ten),NoOp(ten)
                exten => 100,20,Hangup
                exten => 100,next,NoOp(21)
                exten => 100,three+101,NoOp(104)
                """);
        assertEquals(
                List.of(
                        "1. NoOp(one)",
                        "2. NoOp(two)",
                        "3(three). NoOp(three)",
                        "4. NoOp(four)",
                        "10(ten). NoOp(ten)",
                        "20. Hangup()",
                        "21. NoOp(21)",
                        "104. NoOp(104)"),
                steps(parsed.dialplan(), "a", "100"));
        assertEquals(List.of(), parsed.problems());
    }

    @Test
    void nCountsOnFromTheLineBeforeWhicheverExtensionThatWas() {
        ParsedDialplan parsed =
                DialplanSamples.parse("[a]\nexten => 1,1,NoOp()\nexten => 2,n,NoOp(two)\nexten => 2,s,NoOp(same)\n");
        assertEquals(List.of("2. NoOp(two)"), steps(parsed.dialplan(), "a", "2"));
        assertEquals(List.of("priority-repeated"), codes(parsed));
    }

    @Test
    void sectionsOfOneNameAreOneContextAndCaseMattersInContexts() {
        ParsedDialplan parsed = DialplanSamples.parse(
                "[a]\nexten => 1,1,NoOp()\n[b]\n[a]\nexten => 2,1,NoOp()\n[A]\nexten => 3,1,NoOp()\n");
        assertEquals(
                List.of("a", "b", "A"),
                parsed.dialplan().contexts().stream().map(DialplanContext::name).toList());
        assertEquals(
                2, parsed.dialplan().context("a").orElseThrow().extensions().size());
    }

    @Test
    void extensionsOfOnePatternWrittenTwoWaysAreOne() {
        ParsedDialplan parsed = DialplanSamples.parse("[a]\nexten => _X.,1,NoOp(one)\nexten => _[0-9].,2,NoOp(two)\n");
        assertEquals(List.of("1. NoOp(one)", "2. NoOp(two)"), steps(parsed.dialplan(), "a", "_X."));
    }

    @Test
    void globalsAreReplacedInNamesButNotInData() {
        ParsedDialplan parsed = DialplanSamples.parse("""
                [globals]
                MAIN=400
                BOTH=${MAIN}1
                CTX=other
                [a]
                exten => ${MAIN},1,Dial(PJSIP/${MAIN})
                exten => _${BOTH}X/${MAIN},1,NoOp($[1 + 1])
                include => ${CTX}
                [other]
                """);
        Dialplan dialplan = parsed.dialplan();
        assertEquals(Map.of("MAIN", "400", "BOTH", "4001", "CTX", "other"), dialplan.globals());
        assertEquals(List.of("1. Dial(PJSIP/${MAIN})"), steps(dialplan, "a", "400"));
        assertEquals(List.of("1. NoOp($[1 + 1])"), steps(dialplan, "a", "_4001X/400"));
        assertEquals(
                "other",
                dialplan.context("a").orElseThrow().includes().getFirst().context());
    }

    @Test
    void hintsNameDevicesAndPresenceAndLeaveTheNumbersAlone() {
        ParsedDialplan parsed = DialplanSamples.parse(
                "[a]\nexten => 100,1,NoOp()\nexten => 100,hint,PJSIP/100&Custom:x,CustomPresence:y\nexten => 100,n,Hangup()\n");
        Hint hint = parsed.dialplan().hint("a", "100", FRIDAY_NOON).orElseThrow();
        assertEquals(List.of("PJSIP/100", "Custom:x"), hint.deviceNames());
        assertEquals("CustomPresence:y", hint.presence());
        assertEquals(List.of("1. NoOp()", "2. Hangup()"), steps(parsed.dialplan(), "a", "100"));
    }

    @Test
    void brokenLinesAreReportedWithFileAndLineAndTheRestIsRead() {
        ParsedDialplan parsed = DialplanSamples.parse("""
                [general]
                autofalthrough=yes
                [a]
                same => n,NoOp()
                exten => 1,n,NoOp()
                exten => 1
                exten => 1,one,NoOp()
                exten => 1,1,
                exten => 1,1,NoOp(fine)
                exten => 1,1,NoOp(again)
                exten => 1,2(x),NoOp(open
                exten => 1,3(x),NoOp() trailing
                exten => _1[2,1,NoOp()
                exten => _.,1,NoOp()
                extern => 1,1,NoOp()
                include => b,25:00
                include =>
                switch => Realtime/x
                exten => 1,99999999,NoOp()
                exten => 1,4,${X}(y)
                [b]
                """);
        assertEquals(
                List.of(
                        "2 unknown-option",
                        "4 same-without-extension",
                        "5 priority-first",
                        "6 extension-line",
                        "7 priority",
                        "8 application-missing",
                        "10 priority-repeated",
                        "11 application-parenthesis",
                        "12 label-repeated",
                        "12 application-parenthesis",
                        "13 extension-pattern",
                        "14 catch-all",
                        "15 unknown-option",
                        "16 time-condition",
                        "17 include-context",
                        "18 switch",
                        "19 priority",
                        "20 application-variable"),
                parsed.problems().stream()
                        .map(each -> each.line() + " " + each.code())
                        .toList());
        assertEquals(
                List.of("1. NoOp(fine)", "2(x). NoOp(open)", "3. NoOp()", "4. ${X}(y)()"),
                steps(parsed.dialplan(), "a", "1"));
        assertEquals(
                "e.conf:15: warning: a context has no option extern; the line is ignored (\"extern\": did you mean"
                        + " \"exten\"?)",
                parsed.problems().get(12).toString());
    }

    @Test
    void aCompanysDialplanIsReadWithoutAProblem() throws URISyntaxException {
        ParsedDialplan parsed = DialplanSamples.sample("company");
        assertEquals(List.of(), parsed.problems());
        assertFalse(parsed.hasErrors());
        Dialplan dialplan = parsed.dialplan();
        assertEquals("9:00-12:00&14:00-18:00", dialplan.globals().get("DAYTIME"));
        Dialplan.Found mobile =
                dialplan.find("internal", "00612345678", 1, "100", FRIDAY_NOON).orElseThrow();
        assertEquals("outgoing", mobile.context().name());
        assertEquals("_00[1-9]XXXXXXXX", mobile.extension().name());
        assertEquals(
                5,
                dialplan.findLabel("internal", "00612345678", "mobile", "100", FRIDAY_NOON)
                        .orElseThrow()
                        .priority()
                        .number());
        assertEquals("Dial", application(dialplan, "internal", "00044123", "101"));
        assertEquals("Playback", application(dialplan, "internal", "00044123", "102"));
        assertEquals(
                "phones.conf",
                dialplan.find("internal", "100", 1, "", FRIDAY_NOON)
                        .orElseThrow()
                        .priority()
                        .file());
        assertEquals(
                "PJSIP/${EXTEN}",
                dialplan.hint("internal", "111", FRIDAY_NOON).orElseThrow().devices());
        assertTrue(dialplan.ignoresPattern("internal", "0"));
        assertFalse(dialplan.exists("internal", "s", "", FRIDAY_NOON));
        assertTrue(dialplan.exists("internal", "s", "", FRIDAY_NIGHT));
    }

    private static String application(Dialplan dialplan, String context, String extension, String caller) {
        return dialplan.find(context, extension, 1, caller, FRIDAY_NOON)
                .orElseThrow()
                .priority()
                .application();
    }

    @Test
    void oldFilesAreReadWithWarningsOnly() throws URISyntaxException {
        ParsedDialplan parsed = DialplanSamples.sample("old");
        assertFalse(parsed.hasErrors());
        Dialplan dialplan = parsed.dialplan();
        assertEquals(
                List.of("1. Dial(${PHONE1},20,tr)", "2. Voicemail(u101)", "102. Voicemail(b101)"),
                steps(dialplan, "default", "101"));
        assertEquals(
                List.of(
                        "1. Wait(1)",
                        "2. Answer()",
                        "3. SetVar(x=1)",
                        "4. Goto(default,101,1)",
                        "15(later). GotoIf($[${x} = 1]?default,s,2:4)"),
                steps(dialplan, "default", "s"));
        assertTrue(codes(parsed).containsAll(List.of("old-form", "old-separator", "switch", "option-inert")));
        assertTrue(dialplan.exists("default", "200", "", FRIDAY_NOON));
        assertFalse(dialplan.exists("default", "200", "", FRIDAY_NIGHT));
    }
}
