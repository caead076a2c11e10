package io.allo.pbx.app.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.sound.SoundLibrary;
import io.allo.pbx.app.dial.feature.FeatureSettings;
import io.allo.pbx.app.dial.feature.FeatureWorld;
import io.allo.pbx.app.flow.FlowApplications;
import io.allo.pbx.app.play.PlayApplications;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.call.local.LocalTechnology;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.ring.ChannelTechnology;
import io.allo.pbx.call.ring.Destinations;
import io.allo.pbx.call.ring.DialException;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanSamples;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.EventBus;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A town of phones in virtual time: one calls, the others do what the test plans from the moment they are dialed. */
final class DialTown implements ChannelTechnology {
    /** The caller's port; phones dialed have 2, 3, ... in the order in which they are made. */
    static final int CALLER_PORT = 1;

    final Turns time = new Turns();
    final EventBus bus = new EventBus();
    final Calls calls = new Calls(time, time, bus, 50);
    final List<String> notes = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    final List<CallEvent> events = new ArrayList<>();
    final Map<String, Consumer<Phone>> habits = new LinkedHashMap<>();
    final Map<String, Phone> phones = new LinkedHashMap<>();
    final Map<String, String> payers = new LinkedHashMap<>();
    final java.util.Set<String> forbidden = new java.util.HashSet<>();
    final PortsInVirtualTime media = new PortsInVirtualTime(time, this::note);
    final DialplanRunner runner = new DialplanRunner(Dialplan.EMPTY, time, ZoneId.of("Europe/Paris"));
    final Phone caller;
    final Prompts prompts;

    private FeatureSettings features = FeatureSettings.DEFAULT;

    /** With this features.conf. */
    DialTown features(String text) {
        var wrong = new ArrayList<ConfProblem>();
        var file = new ConfParser(ConfSource.of(Map.of("features.conf", text))).parse("features.conf");
        features = FeatureSettings.read(file, wrong::add);
        assertEquals(List.of(), wrong);
        return this;
    }

    DialTown(Path sounds) {
        caller = new Phone(
                "caller",
                "1.1",
                calls.newLog("1.1"),
                time,
                new DialplanLocation("a", "100", 1),
                media,
                this::note,
                phone -> {});
        caller.callerId(PartyId.UNKNOWN.withName("Carl").withNumber("55"));
        prompts = new Prompts(media, new SoundLibrary(List.of(sounds)), "fr");
        FlowApplications.register(runner, false);
        PlayApplications.register(runner, prompts);
        add("Say", (call, data) -> said.add(data));
        var destinations = new Destinations(List.of(this, new LocalTechnology(calls, media, runner, time)));
        DialApplications.register(
                destinations,
                media,
                calls,
                new FeatureWorld(runner, prompts, () -> features, () -> "", channel -> List.of()));
        bus.subscribe(event -> {
            events.add(event);
            if (event instanceof CallEvent.Problem problem) problems.add(problem.code() + ": " + problem.english());
        });
    }

    private void add(String name, BiConsumer<io.allo.pbx.call.Call, String> body) {
        runner.register(new Application() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void execute(io.allo.pbx.call.Call call, String data) {
                body.accept(call, data);
            }
        });
    }

    private void note(String what) {
        notes.add(time.elapsedMs() + " " + what);
    }

    // ---- the phones

    @Override
    public List<String> names() {
        return List.of("Phone");
    }

    @Override
    public List<Channel> create(String resource, Channel from, String payer) {
        payers.put(resource, payer);
        if (forbidden.contains(resource)) {
            throw DialException.forbidden("fraud-country", "closed", "fermé");
        }
        var habit = habits.get(resource);
        if (habit == null) {
            throw new DialException(
                    HangupCause.SUBSCRIBER_ABSENT, resource + " is not registered", resource + " n'est pas enregistré");
        }
        var phone =
                new Phone(resource, calls.newUniqueId(), from.log(), time, from.location(), media, this::note, habit);
        phones.put(resource, phone);
        phone.connectedLine(from.callerId());
        phone.callerId(PartyId.UNKNOWN.withNumber(resource));
        from.variables().inheritTo(phone.variables());
        return List.of(phone);
    }

    /** Something a phone does after so many milliseconds. */
    record Act(long ms, ChannelEvent event) {}

    static Act rings(long ms) {
        return new Act(ms, new ChannelEvent.Ringing());
    }

    static Act answers(long ms) {
        return new Act(ms, new ChannelEvent.Answered());
    }

    static Act early(long ms) {
        return new Act(ms, new ChannelEvent.Progress(true, false));
    }

    static Act presses(long ms, char key) {
        return new Act(ms, new ChannelEvent.Digit(key, 80, false));
    }

    static Act leaves(long ms) {
        return ends(ms, HangupCause.NORMAL_CLEARING, 0, "the phone hung up");
    }

    static Act busy(long ms) {
        return ends(ms, HangupCause.USER_BUSY, 486, "486 Busy Here");
    }

    static Act ends(long ms, HangupCause cause, int status, String why) {
        return new Act(ms, new ChannelEvent.HungUp(cause, status, why));
    }

    /** A phone that does this from the moment it is dialed. */
    DialTown phone(String name, Act... acts) {
        habits.put(name, phone -> plan(phone, acts));
        return this;
    }

    /** What the caller does, from the start. */
    DialTown caller(Act... acts) {
        plan(caller, acts);
        return this;
    }

    private void plan(Phone phone, Act... acts) {
        for (var act : acts) time.after(act.ms(), () -> phone.post(act.event()));
    }

    /** A call to extension 100 of context a, to the end of all calls. Lines that don't begin with [ or exten are 100's. */
    DialTown run(String dialplan) {
        var text = new StringBuilder("[a]\n");
        boolean first = true;
        for (String line : dialplan.lines().toList()) {
            if (line.isBlank()) continue;
            if (line.startsWith("[") || line.startsWith("exten") || line.startsWith(" same")) {
                text.append(line).append('\n');
            } else {
                text.append(first ? "exten => 100,1," : " same => n,")
                        .append(line.strip())
                        .append('\n');
                first = false;
            }
        }
        runner.replace(DialplanSamples.parse(text.toString()).dialplan());
        assertTrue(calls.start(caller, runner.script(new DialplanLocation("a", "100", 1))));
        time.run();
        assertTrue(caller.isHungUp());
        assertEquals(0, media.openPorts(), "ports not given back");
        assertEquals(0, calls.callCount());
        assertEquals(
                1, events.stream().filter(CallEvent.CallEnded.class::isInstance).count(), "ends of the call");
        return this;
    }

    /** A variable of the caller at the end. */
    String variable(String name) {
        var value = caller.variables().value(name);
        return value == null ? "(not set)" : value;
    }

    /** What was noted of one of them ("bob", "caller", "media"), without the name. */
    List<String> notes(String who) {
        return notes.stream()
                .filter(note -> note.matches("[0-9]+ " + who + " .*"))
                .map(note -> note.replaceFirst(" " + who, ""))
                .toList();
    }

    /** How dialing each phone ended. */
    List<String> outcomes() {
        return events.stream()
                .filter(CallEvent.DialEnded.class::isInstance)
                .map(event -> ((CallEvent.DialEnded) event).status())
                .toList();
    }
}
