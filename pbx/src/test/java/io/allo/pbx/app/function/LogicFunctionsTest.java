package io.allo.pbx.app.function;

import static io.allo.pbx.app.function.FunctionKit.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogicFunctionsTest {
    @Test
    void ifGivesOneOrTheOtherWithoutItsQuotes() {
        assertEquals("yes no x: y", say("${IF($[2 > 1]?yes:no)} ${IF(0?yes:no)} ${IF(1?\"x: y\":z)}"));
        assertEquals("[] [] word", say("[${IF(?yes)}] [${IF(0?yes)}] ${IF(abc?word)}"));
    }

    @Test
    void ifTimeLooksAtTheClock() {
        assertEquals("open shut", say("${IFTIME(9:00-17:00,mon-fri,*,*?open:shut)} ${IFTIME(*,sun,*,*?open:shut)}"));
    }

    @Test
    void emptyAndNotEmptyAreTold() {
        assertEquals("1 0 0 1", say("${ISNULL(${none})} ${ISNULL(x)} ${EXISTS(${none})} ${EXISTS(0)}"));
    }

    @Test
    void mathKnowsItsOperatorsAndKinds() {
        assertEquals("11.000000 11 b", say("${MATH(123%16)} ${MATH(123%16,int)} ${MATH(5+6,hex)}"));
        assertEquals("TRUE FALSE TRUE", say("${MATH(1<2)} ${MATH(2<=1)} ${MATH(3==3.0)}"));
        assertEquals(
                "-8 12 8 7 1024",
                say("${MATH(-3-5,i)} ${MATH(3<<2,i)} ${MATH(8AND12,i)} ${MATH(5OR3,i)} ${MATH(2^10,int)}"));
        assertEquals("0.500000", say("${MATH(1/2)}"));
    }

    @Test
    void incAndDecChangeTheVariable() {
        var kit = new FunctionKit();
        assertEquals(List.of("5 6 6", "5"), kit.lines("Set(N=5)", "Say(${N} ${INC(N)} ${N})", "Say(${DEC(N)})"));
    }

    @Test
    void setWithinATextSetsAndGives() {
        assertEquals(List.of("v v"), new FunctionKit().lines("Say(${SET(X=v)} ${X})"));
    }

    @Test
    void evalLooksThroughAValueAgain() {
        assertEquals(
                List.of("${Y} deep"),
                new FunctionKit().lines("Set(X=\\${Y})", "Set(Y=deep)", "Say(${X} ${EVAL(${X})})"));
    }

    @Test
    void randStaysBetweenItsBounds() {
        for (var text :
                say("${RAND(3,5)} ${RAND(3,5)} ${RAND(3,5)} ${RAND(3,5)}").split(" ")) {
            assertTrue(List.of("3", "4", "5").contains(text), text);
        }
        assertEquals("7", say("${RAND(7,7)}"));
        assertTrue(Long.parseLong(say("${RAND()}")) >= 0);
    }

    @Test
    void aModuleIsThereIfItsApplicationOrFunctionIs() {
        assertEquals(
                "1 1 0", say("${IFMODULE(func_callerid.so)} ${IFMODULE(app_verbose.so)} ${IFMODULE(chan_dahdi.so)}"));
    }
}
