package io.allo.pbx.dialplan.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanSamples;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DialplanCheckTest {
    private static final Set<String> APPLICATIONS = Set.of(
            "Answer",
            "Background",
            "Busy",
            "Congestion",
            "Dial",
            "Echo",
            "ExecIf",
            "Exec",
            "Gosub",
            "GosubIf",
            "Goto",
            "GotoIf",
            "GotoIfTime",
            "Hangup",
            "Macro",
            "MSet",
            "NoOp",
            "Playback",
            "Queue",
            "Return",
            "Set",
            "VoiceMail",
            "VoiceMailMain",
            "Wait",
            "WaitExten");
    private static final Set<String> FUNCTIONS = Set.of("CALLERID", "CHANNEL", "DB", "LEN");

    private static List<String> check(String text) {
        return problems(DialplanSamples.parse(text).dialplan());
    }

    private static List<String> problems(Dialplan dialplan) {
        return DialplanCheck.check(dialplan, APPLICATIONS, FUNCTIONS).stream()
                .map(ConfProblem::toString)
                .map(line -> line.replace("e.conf:", "").replace(": warning:", ""))
                .toList();
    }

    @Test
    void aGoodDialplanPasses() throws URISyntaxException {
        assertEquals(List.of(), problems(DialplanSamples.sample("company").dialplan()));
    }

    @Test
    void unknownApplicationsAreNamedWithTheNearestKnown() {
        assertEquals(
                List.of(
                        "2 allo has no application Dail; a call that gets here ends (\"Dail\": did you mean \"Dial\"?)",
                        "4 allo has no application Zorglub; a call that gets here ends"),
                check("[a]\nexten => 1,1,Dail(x)\nsame => n,DIAL(x)\nsame => n,ExecIf($[1]?Zorglub(x):playback(y))\n"));
    }

    @Test
    void unknownFunctionsAreFoundInReadsWritesAndNestedText() {
        assertEquals(
                List.of(
                        "2 allo has no function CALERID; a call that gets here ends (\"CALERID\": did you mean"
                                + " \"CALLERID\"?)",
                        "3 allo has no function DBX; a call that gets here ends (\"DBX\": did you mean \"DB\"?)",
                        "4 allo has no function FOO; a call that gets here ends",
                        "5 Set needs name=value"),
                check("""
                        [a]
                        exten => 1,1,NoOp(${CALERID(num)})
                        same => n,Set(DBX(a/b)=1)
                        same => n,NoOp($[${LEN(${FOO(x)})} + 1] ${callerid(num)} ${VAR})
                        same => n,Set(x)
                        """));
    }

    @Test
    void jumpsToPlacesThatAreNotThereAreNamed() {
        assertEquals(
                List.of(
                        "2 1 has no priority or label strat (\"strat\": did you mean \"start\"?)",
                        "4 the context nowhere does not exist",
                        "5 there is no s@b with the priority or label 7",
                        "6 there is no 9@a with the priority or label 1",
                        "7 the context inside does not exist (\"inside\": did you mean \"inside2\"?)",
                        "8 the context macro-gone does not exist",
                        "9 there is no s@b with the priority or label nolabel"),
                check("""
                        [a]
                        exten => 1,1,Goto(strat)
                        same => n(start),Goto(start)
                        same => n,GotoIf($[${X} = 1]?nowhere,s,1:start)
                        same => n,Gosub(b,s,7(arg,arg))
                        same => n,GotoIfTime(9:00-17:00,*,*,*?9,1)
                        same => n,Goto(inside,${EXTEN},1)
                        same => n,Macro(gone,x)
                        same => n,GosubIf(${X}?b,s,nolabel(x,y):b,s,lab)
                        same => n,Goto(${X},s,1)
                        same => n,GotoIf(${X}?:+2)
                        same => n,Goto(2)
                        same => n,Goto(b,${Y},${Z})
                        [b]
                        exten => s,1(lab),NoOp()
                        [inside2]
                        """));
    }

    @Test
    void missingIncludesAndUnreachedPrioritiesAreNamed() {
        assertEquals(
                List.of(
                        "2 the included context fetures does not exist (\"fetures\": did you mean \"features\"?)",
                        "5 1@a has no priority 2, so 3 follows nothing",
                        "6 2@a has no priority 3, so 4 follows nothing (an extension begins with priority 1)"),
                check("""
                        [a]
                        include => fetures
                        include => features
                        exten => 1,1,NoOp()
                        exten => 1,3,NoOp()
                        exten => 2,n,NoOp()
                        exten => 3,1,NoOp()
                        exten => 3,102,NoOp(busy)
                        exten => 3,200(label),NoOp()
                        exten => 41,1,NoOp()
                        exten => _4X,2,NoOp()
                        [features]
                        """));
    }

    @Test
    void bracketsThatDoNotCloseAndBrokenExpressionsAreNamed() {
        assertEquals(
                List.of(
                        "2 ${ is not closed by }",
                        "3 $[ is not closed by ]",
                        "4 expression $[1 + ]: something is missing at character 5 (put strings in double quotes)"),
                check(
                        "[a]\nexten => 1,1,NoOp(${X)\nsame => n,NoOp($[1 + 1)\nsame => n,NoOp($[1 + ])\nsame => n,NoOp(\\${X)\n"));
    }
}
