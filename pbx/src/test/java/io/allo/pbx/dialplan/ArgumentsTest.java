package io.allo.pbx.dialplan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.dialplan.ApplicationCall.Fault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void commasSeparateOutsideParenthesesBracketsAndQuotes() {
        assertEquals(
                List.of("PJSIP/a&PJSIP/b", "20", "tT"),
                Arguments.of("PJSIP/a&PJSIP/b,20,tT").all());
        assertEquals(
                List.of("PJSIP/a", "", "U(sub^1,2)b(x,s,1)"),
                Arguments.of("PJSIP/a,,U(sub^1,2)b(x,s,1)").all());
        assertEquals(
                List.of("a", "[1,2]", "b,c"), Arguments.of("a,[1,2],\"b,c\"").all());
        assertEquals(List.of("a,b", "c\"d"), Arguments.of("a\\,b,c\\\"d").all());
        assertEquals(List.of(), Arguments.of("").all());
        assertEquals(List.of("", "x"), Arguments.of(",x").all());
        assertEquals(List.of("a"), Arguments.of("a,").all());
        assertEquals(List.of("a)b", "c"), Arguments.of("a)b,c").all());
    }

    @Test
    void theLastArgumentTakesTheRestAsWritten() {
        assertEquals(
                List.of("a", "b,\"c\",d\\,e"),
                Arguments.of("a,b,\"c\",d\\,e", 2).all());
        assertEquals("rest,of it", Arguments.of("rest,of it", 1).get(0));
    }

    @Test
    void missingArgumentsAreEmpty() {
        Arguments arguments = Arguments.of("a,,c");
        assertEquals(3, arguments.count());
        assertEquals("", arguments.get(7));
        assertEquals("5", arguments.get(1, "5"));
        assertEquals("a", arguments.get(0, "5"));
        assertEquals("a,,c", arguments.raw());
    }

    @Test
    void assignmentsNameVariablesOrFunctions() {
        assertEquals(Optional.of(new Assignment("X", null, "a=b,c")), Assignment.of("X=a=b,c"));
        assertEquals(Optional.of(new Assignment("__X", null, "")), Assignment.of(" __X ="));
        assertEquals(Optional.of(new Assignment("CALLERID", "num", "5")), Assignment.of("CALLERID(num)=5"));
        assertEquals(Optional.of(new Assignment("DB", "fam/k=1", "(v)")), Assignment.of("DB(fam/k=1)=(v)"));
        assertEquals(Optional.empty(), Assignment.of("X"));
        assertEquals(Optional.empty(), Assignment.of("=5"));
        assertTrue(Assignment.of("F()=1").orElseThrow().isFunction());
        assertFalse(Assignment.of("F=1").orElseThrow().isFunction());
    }

    @Test
    void underscoresSayHowFarAVariableIsInherited() {
        assertEquals(new VariableName("X", VariableName.Inheritance.NONE), VariableName.of("X"));
        assertEquals(new VariableName("X", VariableName.Inheritance.ONCE), VariableName.of("_X"));
        assertEquals(new VariableName("X", VariableName.Inheritance.ALWAYS), VariableName.of("__X"));
    }

    @Test
    void branchesAreCutOutsideNestedText() {
        assertEquals(new BranchText("$[${A} ? 1 :: 2]", "yes,1", "no"), BranchText.of("$[${A} ? 1 :: 2]?yes,1:no"));
        assertEquals(new BranchText("9:00-17:00,*,*,*", "open,s,1", ""), BranchText.of("9:00-17:00,*,*,*?open,s,1"));
        assertEquals(new BranchText("1", "", "other"), BranchText.of("1?:other"));
        assertEquals(new BranchText("1", "Set(W=\"tts:a, b\")", ""), BranchText.of("1?Set(W=\"tts:a, b\")"));
        assertEquals(new BranchText("1", "Set(W=(a", "b"), BranchText.of("1?Set(W=(a:b"));
        assertEquals(
                new BranchText("${A:1}", "Set(x=${B:2})", "NoOp(a:b)"),
                BranchText.of("${A:1}?Set(x=${B:2}):NoOp(a:b)"));
        assertEquals(new BranchText("abc", "", ""), BranchText.of("abc"));
    }

    @Test
    void callsOfApplicationsAreReadInNewAndOldForms() {
        assertEquals(new ApplicationCall("Dial", "PJSIP/a,20", List.of()), ApplicationCall.of("Dial(PJSIP/a,20)"));
        assertEquals(new ApplicationCall("Answer", "", List.of()), ApplicationCall.of(" Answer "));
        assertEquals(new ApplicationCall("NoOp", "f(x)", List.of()), ApplicationCall.of("NoOp(f(x))"));
        assertEquals(
                new ApplicationCall("Dial", "SIP/a,20,tr", List.of(Fault.OLD_FORM, Fault.OLD_SEPARATOR)),
                ApplicationCall.of("Dial,SIP/a|20|tr"));
        assertEquals(
                new ApplicationCall("GotoIf", "$[\"${A}\" = \"\" | ${B}]?a,s,1:b,s,1", List.of(Fault.OLD_SEPARATOR)),
                ApplicationCall.of("GotoIf($[\"${A}\" = \"\" | ${B}]?a|s|1:b|s|1)"));
        assertEquals(new ApplicationCall("System", "ls | wc", List.of()), ApplicationCall.of("System(ls | wc)"));
        assertEquals(new ApplicationCall("Read", "x,\"a|b\"", List.of()), ApplicationCall.of("Read(x,\"a|b\")"));
        assertEquals(new ApplicationCall("NoOp", "a", List.of(Fault.UNCLOSED)), ApplicationCall.of("NoOp(a"));
        assertEquals(new ApplicationCall("NoOp", "a", List.of(Fault.TRAILING)), ApplicationCall.of("NoOp(a) b"));
        assertEquals(
                List.of(Fault.VARIABLE_NAME), ApplicationCall.of("${APP}(x)").faults());
        assertEquals(List.of(Fault.EMPTY), ApplicationCall.of("").faults());
    }
}
