package io.allo.pbx.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.timer.Clock;
import io.allo.io.recording.RecordingDesk;
import io.allo.io.sound.SoundLibrary;
import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.media.port.MediaPlane;
import io.allo.pbx.app.flow.FlowApplications;
import io.allo.pbx.app.ivr.IvrApplications;
import io.allo.pbx.app.play.PlayApplications;
import io.allo.pbx.app.recording.RecordingApplications;
import io.allo.pbx.app.recording.RecordingWorld;
import io.allo.pbx.app.say.SayApplications;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.MediaHappened;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.call.recording.RecordingPlaces;
import io.allo.pbx.call.recording.RecordingSettings;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanSamples;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.dialplan.run.TurnOfCalls;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.EventBus;
import io.allo.pbx.voicemail.Deposit;
import io.allo.pbx.voicemail.Spool;
import io.allo.pbx.voicemail.VoicemailSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** One caller in virtual time in a dialplan of the test's: what is heard, told and set. Times are milliseconds from the call's start. */
public final class CallerWorld {
    private final Path sounds;
    private final TurnOfCalls time = new TurnOfCalls();
    private final EventBus bus = new EventBus();
    private final Calls calls = new Calls(time, time, bus, 10);
    private final List<String> problems = new ArrayList<>();
    private final ListeningChannel channel;
    private final VirtualMedia media;
    private final DialplanRunner runner;
    private final RecordingDesk desk;
    private RecordingSettings recordingSettings = RecordingSettings.DEFAULT;
    private final Prompts prompts;
    private final Spool spool;
    private VoicemailSettings voicemail = VoicemailSettings.DEFAULT;
    private final ArrayDeque<Cue> cues = new ArrayDeque<>();

    private record Cue(String sound, Runnable action) {}

    /** Its sounds are in this directory, which is empty at first. */
    public CallerWorld(Path sounds) {
        this.sounds = sounds;
        channel = new ListeningChannel(calls.newLog("1.1"), time, new DialplanLocation("a", "100", 1));
        media = new VirtualMedia(time, event -> channel.post(new MediaHappened(event)));
        channel.hears(media);
        runner = new DialplanRunner(Dialplan.EMPTY, time, ZoneId.of("Europe/Paris"));
        prompts = new Prompts(media, new SoundLibrary(List.of(sounds)), "fr");
        media.tells(this::heard);
        FlowApplications.register(runner, false);
        PlayApplications.register(runner, prompts);
        SayApplications.register(runner, prompts);
        IvrApplications.register(runner, prompts);
        desk = new RecordingDesk(sounds.resolve("journal"), time);
        media.whenTapped(this::write);
        spool = new Spool(sounds.resolve("voicemail"));
        var places = new RecordingPlaces(sounds.resolve("monitor"), sounds, List.of(sounds));
        RecordingApplications.register(new RecordingWorld(
                runner,
                prompts,
                new Recorder(media, desk, time),
                () -> places,
                () -> recordingSettings,
                () -> false,
                new Deposit(spool, () -> voicemail, news -> {}, time),
                Runnable::run));
        bus.subscribe(event -> {
            if (event instanceof CallEvent.Problem problem) problems.add(problem.code() + ": " + problem.english());
        });
    }

    /** Records silence of so many milliseconds under these names. */
    public CallerWorld records(int ms, String... names) {
        for (String name : names) {
            Path file = sounds.resolve(name + ".wav");
            try {
                Files.createDirectories(file.getParent());
                try (var writer = SoundFile.create(
                        Files.newByteChannel(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        SoundFormat.WAV)) {
                    writer.write(new short[ms * 8], 0, ms * 8);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    private void write() {
        if (desk.underWay() > 0) {
            desk.advance();
            time.after(time.elapsedMs() + RecordingDesk.STEP_MS, this::write);
        }
    }

    /** How calls are recorded. */
    public CallerWorld records(RecordingSettings settings) {
        recordingSettings = settings;
        return this;
    }

    /** The mailboxes that there are. */
    public CallerWorld voicemail(VoicemailSettings settings) {
        voicemail = settings;
        return this;
    }

    /** What lies in the mailboxes. */
    public Spool spool() {
        return spool;
    }

    /** The caller's phone sends a tone from this time to that one. */
    public CallerWorld says(long fromMs, long toMs, double hertz) {
        for (long at = fromMs; at < toMs; at += 20) {
            long from = at;
            time.after(at, () -> media.phoneSends(hertz, (int) (from * 8), time.nanoTime()));
        }
        return this;
    }

    /** The dialplan's runner, to make further applications known to it. */
    public DialplanRunner runner() {
        return runner;
    }

    /** What plays to the caller. */
    public Prompts prompts() {
        return prompts;
    }

    /** What carries the sound. */
    public MediaPlane media() {
        return media;
    }

    /** The one call, and its channel once it is registered. */
    public Calls calls() {
        return calls;
    }

    /** Something that happens at this time. */
    public CallerWorld at(long ms, Runnable action) {
        time.after(ms, action);
        return this;
    }

    /** Keys pressed from this time on, 100 ms apart. */
    public CallerWorld keys(long atMs, String keys) {
        for (int index = 0; index < keys.length(); index++) {
            char key = keys.charAt(index);
            time.after(atMs + index * 100L, () -> channel.post(new ChannelEvent.Digit(key, 80, false)));
        }
        return this;
    }

    /** The caller has talked for so long and falls silent at this time. */
    public CallerWorld talks(long atMs, long durationMs) {
        time.after(atMs, () -> channel.post(new ChannelEvent.Talked(durationMs)));
        return this;
    }

    /** Makes more applications known. */
    public CallerWorld registers(BiConsumer<DialplanRunner, Prompts> more) {
        more.accept(runner, prompts);
        return this;
    }

    /** The time of this world. */
    public Clock clock() {
        return time;
    }

    /** When this sound begins, and all cues before this one have come, the caller presses these keys. */
    public CallerWorld hears(String sound, String keys) {
        return cue(sound, () -> keys(time.elapsedMs() + 20, keys));
    }

    /** When this sound begins, and all cues before this one have come, the caller hangs up. */
    public CallerWorld hearsAndLeaves(String sound) {
        return cue(sound, () -> leaves(time.elapsedMs() + 20));
    }

    /** Something else happens when a sound begins, or a recording (told by {@link #heard(String)}). */
    public CallerWorld cue(String sound, Runnable action) {
        cues.add(new Cue(sound, action));
        return this;
    }

    /** Something is heard or happens that may be a cue. */
    public void heard(String what) {
        Cue next = cues.peek();
        if (next != null && (" " + what + " ").contains(" " + next.sound() + " ")) {
            cues.poll().action().run();
        }
    }

    /** Cues that never came. */
    public List<String> missed() {
        return cues.stream().map(Cue::sound).toList();
    }

    /** Who calls. */
    public CallerWorld callerId(String name, String number) {
        channel.callerId(PartyId.UNKNOWN.withName(name).withNumber(number));
        return this;
    }

    /** The caller hangs up at this time. */
    public CallerWorld leaves(long atMs) {
        time.after(
                atMs,
                () -> channel.post(new ChannelEvent.HungUp(HangupCause.NORMAL_CLEARING, 0, "the caller hung up")));
        return this;
    }

    /** The answer's sound is settled only at this time. */
    public CallerWorld isSettled(long atMs) {
        channel.unsettle();
        if (atMs < Long.MAX_VALUE) time.after(atMs, channel::settle);
        return this;
    }

    /** The language of the caller's prompts. */
    public CallerWorld language(String tag) {
        channel.language(tag);
        return this;
    }

    /** Runs a call to extension 100 of context a, to its end. Lines that begin with [ or exten are whole, others are priorities of 100. */
    public CallerWorld run(String dialplan) {
        var text = new StringBuilder("[a]\n");
        boolean first = true;
        for (String line : dialplan.lines().toList()) {
            if (line.isBlank()) continue;
            if (line.startsWith("[") || line.startsWith("exten")) {
                text.append(line).append('\n');
            } else {
                text.append(first ? "exten => 100,1," : " same => n,")
                        .append(line.strip())
                        .append('\n');
                first = false;
            }
        }
        runner.replace(DialplanSamples.parse(text.toString()).dialplan());
        assertTrue(calls.start(channel, runner.script(new DialplanLocation("a", "100", 1))));
        assertTrue(channel.isHungUp());
        return this;
    }

    /** What was heard and when. */
    public List<String> heard() {
        return media.heard();
    }

    /** What the channel was told. */
    public List<String> told() {
        return channel.told();
    }

    /** Problems, with their codes. */
    public List<String> problems() {
        return problems;
    }

    /** How long the call took. */
    public long lengthMs() {
        return time.elapsedMs();
    }

    /** A variable at the end. */
    public String variable(String name) {
        String value = channel.variables().value(name);
        return value == null ? "(not set)" : value;
    }

    /** The applications that ran, with their arguments. */
    public List<String> ran() {
        return channel.log().events().stream()
                .filter(CallEvent.ApplicationStarted.class::isInstance)
                .map(CallEvent.ApplicationStarted.class::cast)
                .map(event -> event.application() + "(" + event.data() + ")")
                .toList();
    }
}
