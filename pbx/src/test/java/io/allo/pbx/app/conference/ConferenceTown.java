package io.allo.pbx.app.conference;

import io.allo.io.recording.RecordingDesk;
import io.allo.io.sound.SoundLibrary;
import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.pbx.app.conference.profile.ConferenceConf;
import io.allo.pbx.app.conference.profile.MeetMeConf;
import io.allo.pbx.app.flow.FlowApplications;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.call.recording.RecordingPlaces;
import io.allo.pbx.call.recording.RecordingSettings;
import io.allo.pbx.call.ring.Destinations;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.conference.RoomWorld;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanSamples;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Phones in virtual time in a dialplan with conferences. Every prompt lasts 1 s. */
final class ConferenceTown {
    final RoomWorld world;
    final DialplanRunner runner;
    final ConferenceControl control;
    private ConferenceConf profiles = ConferenceConf.DEFAULT;
    private MeetMeConf rooms = MeetMeConf.NONE;
    private RecordingSettings law = RecordingSettings.DEFAULT;

    ConferenceTown(Path directory, String dialplan) {
        world = new RoomWorld(directory);
        runner = new DialplanRunner(Dialplan.EMPTY, world.time, ZoneId.of("Europe/Paris"));
        runner.replace(DialplanSamples.parse(dialplan).dialplan());
        control = new ConferenceControl(world.conferences);
        var sounds = directory.resolve("sounds");
        var prompts = new Prompts(world, new SoundLibrary(List.of(sounds)), "fr");
        var places = new RecordingPlaces(directory.resolve("monitor"), sounds, List.of(directory));
        FlowApplications.register(runner, false);
        ConferenceApplications.register(new ConferenceWorld(
                runner,
                prompts,
                new Recorder(world, new RecordingDesk(directory.resolve("desk"), world.time), world.time),
                world.conferences,
                control,
                new Destinations(List.of()),
                world,
                world.calls,
                () -> profiles,
                () -> rooms,
                new ConferenceWorld.Recordings(() -> places, () -> law, () -> false, Runnable::run),
                () -> directory.resolve("names")));
        for (var name : PROMPTS) {
            prompt(sounds.resolve(name + ".wav"));
        }
    }

    private static void prompt(Path file) {
        try {
            Files.createDirectories(file.getParent());
            try (var writer = SoundFile.create(
                    Files.newByteChannel(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    SoundFormat.WAV)) {
                writer.write(new short[8_000], 0, 8_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConferenceTown profiles(String text) {
        profiles = ConferenceConf.read(
                new ConfParser(ConfSource.of(Map.of("confbridge.conf", text))).parse("confbridge.conf"), problem -> {
                    throw new AssertionError(problem);
                });
        return this;
    }

    /** Who is recorded is told before, and may decline by 9. */
    ConferenceTown inFrance() {
        law = RecordingSettings.FRANCE;
        return this;
    }

    ConferenceTown rooms(String text) {
        rooms = MeetMeConf.read(
                new ConfParser(ConfSource.of(Map.of("meetme.conf", text))).parse("meetme.conf"), problem -> {
                    throw new AssertionError(problem);
                });
        return this;
    }

    /** A phone that calls this extension of [a] after so many milliseconds. */
    RoomWorld.Leg calls(String who, long afterMs, String extension) {
        return world.phone(who, afterMs, runner.script(new DialplanLocation("a", extension, 1)));
    }

    /** Keys from this time on, 200 ms apart. */
    static void keys(RoomWorld.Leg phone, long atMs, String keys) {
        for (var i = 0; i < keys.length(); i++) {
            phone.does(atMs + i * 200L, new ChannelEvent.Digit(keys.charAt(i), 80, false));
        }
    }

    static String variable(RoomWorld.Leg phone, String name) {
        var value = phone.variables().value(name);
        return value == null ? "(not set)" : value;
    }

    /** What this one was played, or "all". */
    List<String> heardBy(String who) {
        return world.heard.stream()
                .filter(line -> line.contains(" " + who + ": "))
                .map(line -> line.replace(" " + who + ":", ""))
                .toList();
    }

    void run() {
        world.time.run();
    }

    private static final List<String> PROMPTS = List.of(
            "confbridge-join",
            "confbridge-leave",
            "confbridge-conf-begin",
            "conf-onlyperson",
            "conf-onlyone",
            "conf-thereare",
            "conf-otherinparty",
            "conf-waitforleader",
            "conf-leaderhasleft",
            "conf-getpin",
            "conf-invalidpin",
            "conf-locked",
            "conf-full",
            "conf-lockednow",
            "conf-unlockednow",
            "conf-errormenu",
            "conf-kicked",
            "conf-muted",
            "conf-unmuted",
            "conf-now-muted",
            "conf-now-unmuted",
            "conf-getconfno",
            "conf-invalid",
            "conf-usermenu",
            "this-call-may-be-monitored-or-recorded",
            "digits/2");
}
