package io.allo.server;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.Clock;
import io.allo.io.calendar.Calendars;
import io.allo.io.loop.VirtualCallThreads;
import io.allo.io.media.LoopMediaPlane;
import io.allo.io.media.PortRange;
import io.allo.io.recording.RecordingDesk;
import io.allo.io.vault.Vault;
import io.allo.media.port.MediaPlane;
import io.allo.pbx.app.agi.AgiApplications;
import io.allo.pbx.app.calendar.CalendarFunctions;
import io.allo.pbx.app.conference.ConferenceApplications;
import io.allo.pbx.app.conference.ConferenceCheck;
import io.allo.pbx.app.conference.ConferenceControl;
import io.allo.pbx.app.conference.ConferenceWorld;
import io.allo.pbx.app.dial.DialApplications;
import io.allo.pbx.app.dial.feature.FeatureWorld;
import io.allo.pbx.app.directory.Directory;
import io.allo.pbx.app.flow.FlowApplications;
import io.allo.pbx.app.function.FunctionWorld;
import io.allo.pbx.app.function.Functions;
import io.allo.pbx.app.ivr.IvrApplications;
import io.allo.pbx.app.music.MusicApplications;
import io.allo.pbx.app.play.PlayApplications;
import io.allo.pbx.app.recording.RecordingApplications;
import io.allo.pbx.app.recording.RecordingWorld;
import io.allo.pbx.app.records.RecordApplications;
import io.allo.pbx.app.say.SayApplications;
import io.allo.pbx.app.voicemail.MailboxCheck;
import io.allo.pbx.app.voicemail.VoicemailApplications;
import io.allo.pbx.app.voicemail.VoicemailWorld;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.prompt.Music;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.call.ring.Destinations;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.conference.Conferences;
import io.allo.pbx.dialplan.check.DialplanCheck;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.event.EventBus;
import io.allo.pbx.fraud.FraudCheck;
import io.allo.pbx.fraud.Trunks;
import io.allo.pbx.voicemail.Deposit;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Every application and function there is: the one list, for the phone system and for {@code allo check}. No state. */
final class Applications {

    private Applications() {}

    /**
     * What applications and functions are made with.
     *
     * @param calls those of the system
     * @param destinations what can be dialed
     * @param media where bridges are
     * @param prompts what plays to callers
     * @param recorder what records
     * @param rooms conferences
     * @param control what is asked of them from outside
     * @param configuration as it is now
     * @param voicemail mailboxes
     * @param scripting scripts and voices
     * @param world what functions ask
     */
    record Parts(
            Calls calls,
            Destinations destinations,
            MediaPlane media,
            Prompts prompts,
            Recorder recorder,
            Conferences rooms,
            ConferenceControl control,
            Supplier<Configuration> configuration,
            VoicemailWorld voicemail,
            Scripting scripting,
            FunctionWorld world) {}

    /** Makes all of them known to a runner. */
    static void register(DialplanRunner runner, Parts parts) {
        FlowApplications.register(runner, parts.world().allowPrograms());
        PlayApplications.register(runner, parts.prompts());
        SayApplications.register(runner, parts.prompts());
        IvrApplications.register(runner, parts.prompts());
        RecordApplications.register(runner);
        VoicemailApplications.register(runner, parts.voicemail());
        Directory.register(
                runner,
                parts.prompts(),
                parts.voicemail().settings(),
                parts.voicemail().spool());
        DialApplications.register(
                parts.destinations(),
                parts.media(),
                parts.calls(),
                new FeatureWorld(
                        runner,
                        parts.prompts(),
                        () -> parts.configuration().get().features(),
                        () -> parts.configuration().get().recording().pauseKey(),
                        parts.recorder()::of));
        MusicApplications.register(runner, parts.prompts());
        RecordingApplications.register(new RecordingWorld(
                runner,
                parts.prompts(),
                parts.recorder(),
                () -> RecordingFiles.places(parts.configuration().get()),
                () -> parts.configuration().get().recording(),
                parts.world()::allowPrograms,
                new Deposit(
                        parts.voicemail().spool(),
                        parts.voicemail().settings(),
                        parts.voicemail().post(),
                        parts.voicemail().clock()),
                command -> Thread.ofVirtual().name("recorded").start(command)));
        ConferenceApplications.register(conferences(runner, parts));
        Functions.register(runner, parts.world());
        CalendarFunctions.register(
                runner,
                new Calendars(ZoneId.systemDefault()),
                () -> parts.configuration().get().scripts().calendars(),
                parts.world().helpers());
        AgiApplications.register(
                runner,
                parts.scripting()
                        .world(
                                parts.prompts(),
                                parts.recorder(),
                                parts.calls(),
                                parts.world().database()));
    }

    private static ConferenceWorld conferences(DialplanRunner runner, Parts parts) {
        var files = parts.configuration();
        return new ConferenceWorld(
                runner,
                parts.prompts(),
                parts.recorder(),
                parts.rooms(),
                parts.control(),
                parts.destinations(),
                parts.media(),
                parts.calls(),
                () -> files.get().conferences().profiles(),
                () -> files.get().conferences().meetMe(),
                new ConferenceWorld.Recordings(
                        () -> RecordingFiles.places(files.get()),
                        () -> files.get().recording(),
                        parts.world()::allowPrograms,
                        command -> Thread.ofVirtual().name("recorded").start(command)),
                () -> files.get().asterisk().directories().spool().resolve("confbridge"));
    }

    /** What a call would trip over in the dialplan of a configuration: unknown names, jumps into nothing. */
    static List<ConfProblem> check(Configuration configuration, Clock clock) {
        var random = RandomSource.secure();
        var calls = new Calls(clock, new VirtualCallThreads(clock), new EventBus(), 1);
        try (var media = new LoopMediaPlane(
                new PortRange(configuration.rtp().start(), configuration.rtp().end(), random), clock, random)) {
            var runner = new DialplanRunner(configuration.dialplan(), clock, ZoneId.systemDefault());
            var directory = new EndpointDirectory(configuration.pjsip());
            var prompts = new Prompts(media, Sounds.library(configuration, Vault.NONE), "us");
            var recorder = new Recorder(
                    media, new RecordingDesk(configuration.directory().resolve("recordings"), clock), clock);
            var rooms = new Conferences(media, new Music(media, null), recorder, clock);
            register(
                    runner,
                    new Parts(
                            calls,
                            new Destinations(List.of()),
                            media,
                            prompts,
                            recorder,
                            rooms,
                            new ConferenceControl(rooms),
                            () -> configuration,
                            MailRoom.rehearsal(configuration, prompts, recorder, clock, random),
                            Scripting.idle(configuration, configuration.directory()),
                            new FunctionWorld(
                                    () -> directory,
                                    new Contacts(),
                                    calls,
                                    new NoDatabase(),
                                    ConfSource.directory(configuration.directory()),
                                    configuration::asterisk,
                                    task -> {},
                                    random,
                                    Version.number())));
            var problems = new ArrayList<>(
                    DialplanCheck.check(configuration.dialplan(), runner.applicationNames(), runner.functionNames()));
            problems.addAll(MailboxCheck.check(configuration.voicemail().boxes(), configuration.dialplan(), directory));
            problems.addAll(ConferenceCheck.check(configuration.conferences().profiles(), configuration.dialplan()));
            problems.addAll(FraudCheck.check(
                    directory,
                    configuration.dialplan(),
                    new Trunks(directory, configuration.fraud()),
                    FraudWatch.home(configuration)));
            return problems;
        }
    }
}
