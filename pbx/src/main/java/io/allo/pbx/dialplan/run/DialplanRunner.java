package io.allo.pbx.dialplan.run;

import io.allo.core.timer.Clock;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.CallInterrupted;
import io.allo.pbx.call.CallMoved;
import io.allo.pbx.call.CallScript;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.DialplanEntry;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.GosubFrame;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.Assignment;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.DialplanFunction;
import io.allo.pbx.dialplan.Substitution;
import io.allo.pbx.event.CallEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls through the dialplan as Asterisk's pbx core does. What it holds is for any thread; each run is on its call's
 * own thread. The dialplan is one reference that a reload replaces; a running call sees the new one at its next priority.
 *
 * <p>An application that set the channel's location (any new {@link DialplanLocation}, an equal one too) goes on there;
 * else the next priority runs. Out of priorities, a call ends by its DIALSTATUS, or waits for digits where {@code
 * autofallthrough=no}. In the end {@code h} runs in the context in which the call was.
 */
public final class DialplanRunner implements DialplanEntry {
    private final Clock clock;
    private final ZoneId zone;
    private final GlobalVariables globals = new GlobalVariables();
    private final Map<String, Application> applications = new ConcurrentHashMap<>();
    private final Map<String, DialplanFunction> functions = new ConcurrentHashMap<>();
    private final Map<String, String> names = new ConcurrentSkipListMap<>();
    private final Crossroads crossroads = new Crossroads(this);
    private volatile Dialplan dialplan;
    private volatile Map<String, String> constants = Map.of();

    /**
     * A runner without applications and functions yet.
     *
     * @param zone the time zone of timed includes that name none
     */
    public DialplanRunner(Dialplan dialplan, Clock clock, ZoneId zone) {
        this.dialplan = dialplan;
        this.clock = clock;
        this.zone = zone;
        globals.reload(dialplan);
    }

    /** Makes applications known; a later one of a name replaces an earlier. */
    public void register(Application... added) {
        for (Application application : added) applications.put(key(application.name()), application);
    }

    /** Makes functions known; a later one of a name replaces an earlier. */
    public void register(DialplanFunction... added) {
        for (DialplanFunction function : added) functions.put(key(function.name()), function);
    }

    /** Makes an application known by a second name (BackgroundDetect, SIPAddHeader). */
    public void alias(String name, Application application) {
        applications.put(key(name), application);
        names.put(key(name), name);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The names of all applications, as Asterisk spells them. */
    public Collection<String> applicationNames() {
        return applications.entrySet().stream()
                .map(entry ->
                        names.getOrDefault(entry.getKey(), entry.getValue().name()))
                .sorted()
                .toList();
    }

    /** The names of all functions, as Asterisk spells them. */
    public Collection<String> functionNames() {
        return functions.values().stream().map(DialplanFunction::name).sorted().toList();
    }

    /** The dialplan as it is now. */
    public Dialplan dialplan() {
        return dialplan;
    }

    /** Takes a new dialplan. */
    public void replace(Dialplan newDialplan) {
        dialplan = newDialplan;
        globals.reload(newDialplan);
    }

    /** The global variables. */
    public GlobalVariables globals() {
        return globals;
    }

    /** Gives the system's own variables (SYSTEMNAME, ASTSPOOLDIR), which globals of the same name hide. */
    public void constants(Map<String, String> values) {
        constants = Map.copyOf(values);
    }

    @Nullable
    String constant(String name) {
        return constants.get(name);
    }

    /** The moment, in the system's time zone. */
    public ZonedDateTime now() {
        return Instant.ofEpochMilli(clock.epochMillis()).atZone(zone);
    }

    /** What digits, nothing dialed and wrong numbers lead to; for WaitExten, Background and their like. */
    public Crossroads crossroads() {
        return crossroads;
    }

    // ---- what applications ask

    /** A text with the channel's variables, functions and expressions put in. */
    public String substitute(Call call, String text) {
        return Substitution.replace(text, new ChannelScope(call, this));
    }

    /** The value of a variable as the dialplan sees it; empty if it is not set. */
    public String variable(Call call, String name) {
        String value = new ChannelScope(call, this).variable(name);
        return value == null ? "" : value;
    }

    /** The value of a variable as the dialplan sees it, none if it is not set. */
    public Optional<String> find(Call call, String name) {
        return Optional.ofNullable(new ChannelScope(call, this).variable(name));
    }

    /** Runs one application by its name, for Exec, ExecIf and TryExec; the data is taken as it is. */
    public void execute(Call call, String application, String data) {
        applicationNamed(application).execute(call, data);
    }

    /** Whether there is an application of this name. */
    public boolean hasApplication(String name) {
        return applications.containsKey(key(name));
    }

    /** Does what Set does with {@code NAME=value} or {@code FUNCTION(arguments)=value}. */
    public void assign(Call call, String text) {
        Assignment assignment =
                Assignment.of(text).orElseThrow(() -> new DialplanException("Set needs name=value, not: " + text));
        String arguments = assignment.arguments();
        if (arguments != null) functionNamed(assignment.name()).write(call, arguments, assignment.value());
        else assign(call, assignment.name(), assignment.value());
    }

    /** Sets a variable: the subroutine's own if an enclosing one has it, else the channel's. */
    public void assign(Call call, String name, String value) {
        for (GosubFrame frame : call.channel().gosubStack()) {
            if (frame.locals().containsKey(name)) {
                frame.locals().put(name, value);
                return;
            }
        }
        call.channel().variables().set(name, value);
    }

    Application applicationNamed(String name) {
        Application application = applications.get(key(name));
        if (application == null) throw UnknownNameException.application(name);
        return application;
    }

    DialplanFunction functionNamed(String name) {
        DialplanFunction function = functions.get(key(name));
        if (function == null) throw UnknownNameException.function(name);
        return function;
    }

    /** Whether a place is there for the channel that runs. */
    public boolean exists(Call call, DialplanLocation location) {
        return exists(location, call.channel().callerId().number());
    }

    @Override
    public boolean exists(DialplanLocation location, String callerNumber) {
        return dialplan.find(location.context(), location.extension(), location.priority(), callerNumber, now())
                .isPresent();
    }

    // ---- subroutines

    /** Begins a subroutine: from the next priority on the channel is there. ARG1, ... are the arguments, ARGC their number. */
    public void enter(Call call, DialplanLocation start, DialplanLocation returnTo, List<String> arguments) {
        Channel channel = call.channel();
        if (channel.gosubStack().size() >= Channel.GOSUB_LIMIT) {
            throw new DialplanException("subroutines are more than " + Channel.GOSUB_LIMIT + " deep");
        }
        var frame = new GosubFrame(returnTo);
        GosubFrame outer = channel.gosubStack().peek();
        if (outer != null) {
            for (String name : outer.locals().keySet()) {
                if (name.startsWith("ARG")) frame.locals().put(name, "");
            }
        }
        frame.locals().put("ARGC", String.valueOf(arguments.size()));
        for (int index = 0; index < arguments.size(); index++) {
            frame.locals().put("ARG" + (index + 1), arguments.get(index));
        }
        channel.gosubStack().push(frame);
        channel.location(start.withPriority(start.priority()));
    }

    /** Ends the innermost subroutine, as Return(value) does. */
    public void leave(Call call, String value) {
        GosubFrame frame = call.channel().gosubStack().poll();
        if (frame == null) throw new DialplanException("Return without Gosub");
        call.channel().location(frame.returnTo().withPriority(frame.returnTo().priority()));
        assign(call, "GOSUB_RETVAL", value);
    }

    @Override
    public void subroutine(Call call, DialplanLocation start, List<String> arguments) {
        Channel channel = call.channel();
        DialplanLocation before = channel.location();
        String application = channel.application();
        int depth = channel.gosubStack().size();
        try {
            enter(call, start, before, arguments);
            steps(call, depth + 1, new StepMeter());
        } finally {
            while (channel.gosubStack().size() > depth) channel.gosubStack().pop();
            channel.location(before);
            channel.application(application);
        }
    }

    // ---- running

    @Override
    public CallScript script(DialplanLocation start) {
        return call -> {
            call.channel().location(start);
            try {
                begin(call);
                walk(call);
                finish(call);
            } catch (CallEnded ended) {
                call.channel().hangUp(HangupCause.NORMAL_CLEARING, String.valueOf(ended.getMessage()));
            } catch (UnknownNameException unknown) {
                call.problem("unknown-name", unknown.text().en(), unknown.text().fr());
                call.channel().hangUp(HangupCause.INTERWORKING, unknown.text().en());
            }
            hangupExtension(call);
        };
    }

    /** Where the wanted extension is not there a call begins at {@code s}, and where that is not either, in "default". */
    private void begin(Call call) {
        DialplanLocation wanted = call.channel().location();
        if (exists(call, wanted)) return;
        DialplanLocation start = new DialplanLocation(wanted.context(), "s", 1);
        boolean here = exists(call, start);
        call.channel().location(here ? start : new DialplanLocation("default", "s", 1));
    }

    private void walk(Call call) {
        var meter = new StepMeter();
        boolean more = true;
        while (more) {
            try {
                steps(call, 0, meter);
                more = crossroads.outOfPriorities(call);
            } catch (CallMoved moved) {
                call.channel().location(moved.location());
            }
        }
    }

    /** Runs priorities until there is none, or the channel is in fewer than {@code depth} subroutines. */
    private void steps(Call call, int depth, StepMeter meter) {
        Channel channel = call.channel();
        while (channel.gosubStack().size() >= depth) {
            if (channel.isHungUp() && !call.isAfterHangup()) throw call.hangUp(channel.hangupCause());
            DialplanLocation location = channel.location();
            Optional<Dialplan.Found> found = dialplan.find(
                    location.context(),
                    location.extension(),
                    location.priority(),
                    channel.callerId().number(),
                    now());
            if (found.isEmpty()) return;
            if (meter.isExceeded(clock.nanoTime())) {
                call.problem(
                        "dialplan-loop",
                        "the dialplan runs in a circle at " + location,
                        "le plan de numérotation tourne en rond à " + location);
                throw call.hangUp(HangupCause.SWITCH_CONGESTION);
            }
            step(call, found.get(), location);
            if (channel.location() == location) channel.location(location.withPriority(location.priority() + 1));
        }
    }

    private void step(Call call, Dialplan.Found found, DialplanLocation location) {
        Channel channel = call.channel();
        String name = found.priority().application();
        try {
            String data = substitute(call, found.priority().data());
            Application application = applicationNamed(name);
            channel.application(application.name() + "(" + data + ")");
            call.log()
                    .add(new CallEvent.ApplicationStarted(
                            clock.epochMillis(),
                            call.log().linkedId(),
                            channel.uniqueId(),
                            location.context(),
                            location.extension(),
                            location.priority(),
                            application.name(),
                            data));
            application.execute(call, data);
        } catch (DialplanException e) {
            String place = found.priority().file() + ":" + found.priority().line() + ": " + name + ": ";
            call.problem("dialplan", place + e.getMessage(), place + "mauvais emploi : " + e.getMessage());
        } catch (UnknownNameException unknown) {
            if (crossroads.exception(call)) return;
            throw unknown;
        }
    }

    /** The dialplan has come to its end: hangs up for the reason that fits. */
    private void finish(Call call) {
        call.channel().hangUp(crossroads.fallthroughCause(call));
    }

    private void hangupExtension(Call call) {
        Channel channel = call.channel();
        var place = new DialplanLocation(channel.location().context(), "h", 1);
        call.afterHangup();
        if (!exists(call, place)) return;
        channel.location(place);
        try {
            steps(call, 0, new StepMeter());
        } catch (CallInterrupted | UnknownNameException ended) {
            call.problem("hangup-extension", "h ended: " + ended.getMessage(), "h terminé : " + ended.getMessage());
        }
    }
}
