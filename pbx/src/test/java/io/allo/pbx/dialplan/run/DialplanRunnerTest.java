package io.allo.pbx.dialplan.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.DialplanFunction;
import io.allo.pbx.dialplan.DialplanSamples;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.EventBus;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class DialplanRunnerTest {
    private final TurnOfCalls time = new TurnOfCalls();
    private final EventBus bus = new EventBus();
    private final Calls calls = new Calls(time, time, bus, 10);
    private final List<String> said = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final BareChannel channel =
            new BareChannel("Bare/1", calls.newLog("1.1"), time, new DialplanLocation("a", "100", 1));
    private DialplanRunner runner = new DialplanRunner(Dialplan.EMPTY, time, ZoneId.of("Europe/Paris"));

    private record Step(String name, BiConsumer<Call, String> body) implements Application {
        @Override
        public void execute(Call call, String data) {
            body.accept(call, data);
        }
    }

    private record Value(String name, List<String> written) implements DialplanFunction {
        @Override
        public String read(Call call, String arguments) {
            if (arguments.equals("broken")) throw new DialplanException("it is broken");
            return "<" + arguments + ">";
        }

        @Override
        public void write(Call call, String arguments, String value) {
            written.add(arguments + "=" + value);
        }
    }

    private void run(String text) {
        runIn("a", "100", text);
    }

    private void runIn(String context, String extension, String text) {
        runner = new DialplanRunner(DialplanSamples.parse(text).dialplan(), time, ZoneId.of("Europe/Paris"));
        runner.register(
                new Step("Say", (call, data) -> said.add(data)),
                new Step("Set", (call, data) -> runner.assign(call, data)),
                new Step("Wait", (call, data) -> call.pause(Long.parseLong(data))),
                new Step("WaitExten", (call, data) -> runner.crossroads().dial(call, "", Long.parseLong(data))),
                new Step(
                        "Hangup",
                        (call, data) -> call.hangUp(HangupCause.of(data.isEmpty() ? 16 : Integer.parseInt(data)))),
                new Step("Fail", (call, data) -> {
                    throw new DialplanException("wrong: " + data);
                }),
                new Step("Return", (call, data) -> runner.leave(call, data)),
                new Step("Sub", (call, data) -> runner.subroutine(call, place(data), List.of("x"))),
                new Step("Goto", (call, data) -> call.channel().location(place(data))),
                new Step("Gosub", (call, data) -> {
                    List<String> parts = Arguments.split(data, '^', 9);
                    DialplanLocation here = call.channel().location();
                    runner.enter(
                            call,
                            place(parts.getFirst()),
                            here.withPriority(here.priority() + 1),
                            parts.subList(1, parts.size()));
                }));
        runner.register(new Value("VALUE", said));
        bus.subscribe(event -> {
            if (event instanceof CallEvent.Problem problem) problems.add(problem.code());
        });
        assertTrue(calls.start(channel, runner.script(new DialplanLocation(context, extension, 1))));
        assertTrue(channel.isHungUp());
    }

    private static DialplanLocation place(String text) {
        String[] parts = text.split(",");
        return new DialplanLocation(parts[0], parts[1], Integer.parseInt(parts[2]));
    }

    private void digits(long afterMs, String digits) {
        for (int index = 0; index < digits.length(); index++) {
            char digit = digits.charAt(index);
            time.after(afterMs + index, () -> channel.post(new ChannelEvent.Digit(digit, 80, false)));
        }
    }

    @Test
    void prioritiesRunInOrderWithVariablesAndThenH() {
        run("""
                [globals]
                COMPANY=Acme
                [a]
                exten => _1XX,1,Set(X=5)
                 same => n,say(${EXTEN} ${CONTEXT} ${PRIORITY} ${CHANNEL} ${X} ${COMPANY} ${none} $[${X} + 1])
                 same => n,Say(${VALUE(${X})} ${value(broken)} ${HANGUPCAUSE} ${EPOCH})
                 same => n,Set(VALUE(k)=v)
                 same => n,Hangup(17)
                 same => n,Say(never)
                exten => h,1,Say(h ${HANGUPCAUSE})
                """);
        assertEquals(List.of("100 a 2 Bare/1 5 Acme  6", "<5>  0 1795172400", "k=v", "h 17"), said);
        assertEquals(List.of("dialplan"), problems);
        List<String> started = channel.log().events().stream()
                .filter(CallEvent.ApplicationStarted.class::isInstance)
                .map(event -> ((CallEvent.ApplicationStarted) event).application())
                .toList();
        assertEquals(List.of("Set", "Say", "Say", "Set", "Hangup", "Say"), started);
    }

    @Test
    void aCallOutOfPrioritiesEndsByItsDialStatus() {
        run("[a]\nexten => 100,1,Set(DIALSTATUS=BUSY)\n");
        assertEquals(HangupCause.USER_BUSY, channel.hangupCause());
    }

    @Test
    void goingToTheSamePlaceRunsItAgain() {
        run("""
                [a]
                exten => 100,1,Set(N=$[0${N} + 1])
                 same => n,Say(${N})
                 same => n,Goto(b,$[${N} < 3],1)
                [b]
                exten => 1,1,Goto(a,100,1)
                exten => 0,1,Say(done)
                """);
        assertEquals(List.of("1", "2", "3", "done"), said);
    }

    @Test
    void aWrongPriorityIsReportedAndPassedOver() {
        run("[a]\nexten => 100,1,Fail(x)\n same => n,Say(on)\n");
        assertEquals(List.of("on"), said);
        assertEquals(List.of("dialplan"), problems);
    }

    @Test
    void anUnknownApplicationOrFunctionEndsTheCallOrGoesToE() {
        run("[a]\nexten => 100,1,Nope()\n same => n,Say(never)\nexten => h,1,Say(h)\n");
        assertEquals(List.of("h"), said);
        assertEquals(List.of("unknown-name"), problems);
        assertEquals(HangupCause.INTERWORKING, channel.hangupCause());
    }

    @Test
    void anUnknownFunctionGoesToE() {
        run("[a]\nexten => 100,1,Say(${NOPE()})\nexten => e,1,Say(exception)\n");
        assertEquals(List.of("exception"), said);
    }

    @Test
    void aCallToWhatIsNotThereBeginsAtSOrInDefault() {
        runIn("a", "999", "[a]\nexten => s,1,Say(s of a)\n");
        assertEquals(List.of("s of a"), said);
    }

    @Test
    void aCallToAContextThatIsNotThereBeginsInDefault() {
        runIn("none", "999", "[default]\nexten => s,1,Say(s of default)\n");
        assertEquals(List.of("s of default"), said);
    }

    @Test
    void subroutinesHaveTheirOwnArgumentsAndReturn() {
        run("""
                [a]
                exten => 100,1,Set(X=mine)
                 same => n,Gosub(sub,s,1^one^two)
                 same => n,Say(back ${GOSUB_RETVAL} [${ARG1}] ${X})
                [sub]
                exten => s,1,Say(${ARGC} ${ARG1} ${ARG2})
                 same => n,Set(ARG1=changed)
                 same => n,Gosub(inner,s,1^only)
                 same => n,Say(${ARG1} ${ARG2})
                 same => n,Set(X=theirs)
                 same => n,Return(well)
                [inner]
                exten => s,1,Say(${ARGC} ${ARG1} [${ARG2}])
                 same => n,Return()
                """);
        assertEquals(List.of("2 one two", "1 only []", "changed two", "back well [] theirs"), said);
    }

    @Test
    void aSubroutineOfAnApplicationComesBackHoweverItEnds() {
        run("""
                [a]
                exten => 100,1,Sub(sub,s,1)
                 same => n,Sub(sub,fall,1)
                 same => n,Say(back at ${EXTEN} ${PRIORITY})
                [sub]
                exten => s,1,Say(in ${ARG1})
                 same => n,Return()
                 same => n,Say(never)
                exten => fall,1,Gosub(sub,s,1^y)
                 same => n,Say(falls)
                """);
        assertEquals(List.of("in x", "in y", "falls", "back at 100 3"), said);
        assertTrue(channel.gosubStack().isEmpty());
    }

    @Test
    void subroutinesWithoutEndAreStopped() {
        run("[a]\nexten => 100,1,Gosub(a,100,1)\n same => n,Say(deep enough)\n");
        assertEquals("deep enough", said.getFirst());
        assertEquals("dialplan", problems.getFirst());
    }

    @Test
    void aCircleWithoutWaitingIsEnded() {
        run("[a]\nexten => 100,1,Goto(a,100,1)\nexten => h,1,Say(h)\n");
        assertEquals(List.of("dialplan-loop"), problems);
        assertEquals(List.of("h"), said);
        assertEquals(HangupCause.SWITCH_CONGESTION, channel.hangupCause());
    }

    @Test
    void digitsLeadToTheExtensionAsSoonAsNoMoreCanHelp() {
        digits(100, "21");
        run("[a]\nexten => 100,1,WaitExten(5000)\nexten => _2X,1,Say(got ${EXTEN})\n");
        assertEquals(List.of("got 21"), said);
        assertTrue(time.elapsedMs() < 200);
    }

    @Test
    void aShortNumberIsTakenAfterTheDigitTimeout() {
        digits(100, "2");
        channel.digitTimeoutMs(3_000);
        run("[a]\nexten => 100,1,WaitExten(5000)\nexten => 2,1,Say(two)\nexten => 22,1,Say(twenty-two)\n");
        assertEquals(List.of("two"), said);
        assertEquals(3_100, time.elapsedMs());
    }

    @Test
    void wrongNumbersGoToIAndSilenceToT() {
        digits(100, "9");
        run("""
                [a]
                exten => 100,1,WaitExten(5000)
                exten => i,1,Say(invalid ${INVALID_EXTEN})
                 same => n,WaitExten(2000)
                exten => t,1,Say(timeout)
                """);
        assertEquals(List.of("invalid 9", "timeout"), said);
        assertEquals(2_100, time.elapsedMs());
    }

    @Test
    void withoutIAndTTheCallGoesToEOrEnds() {
        digits(100, "9");
        run(
                "[a]\nexten => 100,1,WaitExten(5000)\nexten => e,1,Say(e)\n same => n,WaitExten(1000)\n same => n,Say(never)\n");
        assertEquals(List.of("e"), said);
        assertEquals(List.of("no-timeout-extension"), problems);
    }

    @Test
    void withoutAutomaticFallthroughTheCallWaitsForDigits() {
        digits(100, "7");
        run(
                "[general]\nautofallthrough=no\n[a]\nexten => 100,1,Say(first)\nexten => 7,1,Say(seven)\n same => n,Hangup()\n");
        assertEquals(List.of("first", "seven"), said);
    }

    @Test
    void aRedirectFromOutsideMovesTheCall() {
        time.after(500, () -> channel.post(new ChannelEvent.RedirectRequested(new DialplanLocation("b", "s", 2))));
        run("[a]\nexten => 100,1,Wait(9000)\n same => n,Say(never)\n[b]\nexten => s,1,Say(one)\n same => n,Say(two)\n");
        assertEquals(List.of("two"), said);
        assertEquals(500, time.elapsedMs());
    }

    @Test
    void aRedirectToNowhereGoesToI() {
        time.after(500, () -> channel.post(new ChannelEvent.RedirectRequested(new DialplanLocation("b", "none", 1))));
        run("[a]\nexten => 100,1,Wait(9000)\n[b]\nexten => i,1,Say(${INVALID_EXTEN})\n");
        assertEquals(List.of("none"), said);
    }

    @Test
    void theAbsoluteTimeoutGoesToTOrEndsTheCall() {
        channel.absoluteDeadlineNanos(1_000_000_000L);
        run("[a]\nexten => 100,1,Wait(9000)\nexten => T,1,Say(too long)\n");
        assertEquals(List.of("too long"), said);
        assertEquals(1_000, time.elapsedMs());
    }

    @Test
    void theAbsoluteTimeoutWithoutTEndsTheCall() {
        channel.absoluteDeadlineNanos(1_000_000_000L);
        run("[a]\nexten => 100,1,Wait(9000)\nexten => h,1,Say(h)\n");
        assertEquals(List.of("h"), said);
    }

    @Test
    void aCallerWhoHangsUpLeadsToHWhereTheCallWas() {
        time.after(
                300, () -> channel.post(new ChannelEvent.HungUp(HangupCause.NORMAL_CLEARING, 0, "the phone hung up")));
        run(
                "[a]\nexten => 100,1,Goto(b,s,1)\n[b]\nexten => s,1,Wait(9000)\nexten => h,1,Say(h of b)\n same => n,Wait(50)\n same => n,Say(still)\n");
        assertEquals(List.of("h of b", "still"), said);
        assertEquals(350, time.elapsedMs());
    }

    @Test
    void aReloadReachesARunningCallAtItsNextPriority() {
        String before = "[globals]\nG=old\n[a]\nexten => 100,1,Wait(1000)\n same => n,Say(old ${G} ${K})\n";
        String after = "[globals]\nG=new\n[a]\nexten => 100,1,Say(no)\n same => n,Say(new ${G} ${K})\n";
        time.after(500, () -> {
            runner.globals().set("K", "kept");
            runner.replace(DialplanSamples.parse(after).dialplan());
        });
        run(before);
        assertEquals(List.of("new new kept"), said);
        runner.replace(DialplanSamples.parse("[general]\nclearglobalvars=yes\n[globals]\nZ=1\n")
                .dialplan());
        assertEquals("{Z=1}", runner.globals().all().toString());
    }

    @Test
    void globalVariablesHaveALimit() {
        var globals = new GlobalVariables();
        for (int count = 0; count < GlobalVariables.LIMIT; count++) globals.set("V" + count, "1");
        assertThrows(DialplanException.class, () -> globals.set("ONE_MORE", "1"));
        globals.set("V0", "");
        globals.set("ONE_MORE", "1");
        assertEquals("1", globals.value("ONE_MORE"));
    }

    @Test
    void namesOfApplicationsAndFunctionsAreKnownToTheCheck() {
        runner.register(new Step("NoOp", (call, data) -> {}));
        runner.register(new Value("VALUE", said));
        assertEquals(List.of("NoOp"), List.copyOf(runner.applicationNames()));
        assertEquals(List.of("VALUE"), List.copyOf(runner.functionNames()));
        assertTrue(runner.hasApplication("noop"));
        assertFalse(runner.hasApplication("Dial"));
    }
}
