package io.allo.pbx.app.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.dialplan.run.BareChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariableFunctionsTest {
    private final FunctionKit kit = new FunctionKit();

    @Test
    void globalsAreSetForAll() {
        assertEquals(List.of("1 1"), kit.lines("Set(GLOBAL(G)=1)", "Say(${GLOBAL(G)} ${G})"));
        assertEquals("1", kit.runner.globals().value("G"));
    }

    @Test
    void localsEndWithTheirSubroutine() {
        kit.run("""
                [a]
                exten => 100,1,Set(X=outer)
                 same => n,Gosub(s,s,1(arg))
                 same => n,Say(${X} ${GOSUB_RETVAL})
                 same => n,Set(LOCAL(Y)=no)
                [s]
                exten => s,1,Set(LOCAL(X)=inner)
                 same => n,Say(${X} ${LOCAL(X)} ${LOCAL_PEEK(0,X)} ${LOCAL_PEEK(1,X)} ${LOCAL(ARG1)})
                 same => n,Say(${STACK_PEEK(1,l)} ${STACK_PEEK(1,c)} ${STACK_PEEK(1,e)} [${STACK_PEEK(2,p,1)}])
                 same => n,Return(${X})
                """);
        assertEquals(List.of("inner inner inner outer arg", "a,100,3 a 100 []", "outer inner"), kit.said);
        assertEquals(1, kit.problems.size());
    }

    @Test
    void otherChannelsAreReadAndShareVariables() {
        var other = new BareChannel("Bare/22", kit.calls.newLog("1.7"), kit.time, new DialplanLocation("x", "s", 1));
        kit.calls.register(other);
        other.variables().set("V", "theirs");
        other.callerId(PartyId.UNKNOWN.withNumber("22"));
        assertEquals(
                List.of("theirs 22 5 [] mine", "[]"),
                kit.lines(
                        "Set(SHARED(S,Bare/22)=5)",
                        "Set(SHARED(S2)=mine)",
                        "Say(${IMPORT(Bare/22,V)} ${IMPORT(Bare/22,CALLERID(num))} ${SHARED(S,Bare/22)} [${SHARED(S)}]"
                                + " ${SHARED(S2)})",
                        "Say([${IMPORT(Bare/none,V)}])"));
        assertEquals(List.of("IMPORT(): there is no channel Bare/none"), kit.problems);
    }

    @Test
    void theMasterChannelIsTheCallsFirst() {
        assertEquals(
                List.of("Bare/1 v"),
                kit.lines("Set(MASTER_CHANNEL(V)=v)", "Say(${MASTER_CHANNEL(CHANNEL(name))} ${V})"));
    }

    @Test
    void theSystemNamesItselfAndItsDirectories() {
        assertEquals(List.of("pbx1 /state/spool 1.2"), kit.lines("Say(${SYSTEMNAME} ${ASTSPOOLDIR} ${VERSION()})"));
    }
}
