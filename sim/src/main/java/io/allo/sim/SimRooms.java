package io.allo.sim;

import io.allo.io.recording.RecordingDesk;
import io.allo.io.sound.SoundLibrary;
import io.allo.pbx.app.conference.ConferenceApplications;
import io.allo.pbx.app.conference.ConferenceControl;
import io.allo.pbx.app.conference.ConferenceWorld;
import io.allo.pbx.app.conference.profile.ConferenceConf;
import io.allo.pbx.app.conference.profile.MeetMeConf;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.prompt.Music;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.call.recording.RecordingPlaces;
import io.allo.pbx.call.recording.RecordingSettings;
import io.allo.pbx.call.ring.Destinations;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conference.Conferences;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The phone system's conferences and pages, joined as the server's wiring joins them; nothing is recorded here. Whoever has the turn.
 */
final class SimRooms {

    /** The profiles of the usual world. */
    static final String CONFBRIDGE = """
            [keys]
            type=menu
            1=toggle_mute
            3=admin_kick_last
            4=admin_toggle_mute_participants
            5=leave_conference
            6=increase_talking_volume,decrease_listening_volume
            8=participant_count
            12=admin_toggle_conference_lock
            [plain]
            type=user
            [quiet]
            type=user
            quiet=yes
            timeout=25
            [pin]
            type=user
            pin=42
            hear_own_join_sound=no
            [waits]
            type=user
            wait_marked=yes
            [ends]
            type=user
            wait_marked=yes
            end_marked=yes
            [marked]
            type=user
            marked=yes
            [admin]
            type=user
            admin=yes
            [small]
            type=bridge
            max_members=3
            """;

    private final Conferences conferences;
    private final ConferenceControl control;

    SimRooms(
            DialplanRunner dialplan,
            SimMediaPlane media,
            Calls calls,
            Destinations destinations,
            SimClock clock,
            @Nullable ConfFile file) {
        var directory = SimSounds.directory();
        var recorder = new Recorder(media, new RecordingDesk(directory.resolve("recordings"), clock), clock);
        var profiles = file == null
                ? ConferenceConf.DEFAULT
                : ConferenceConf.read(file, problem -> {
                    throw new IllegalArgumentException("confbridge.conf: " + problem);
                });
        var places = new RecordingPlaces(directory, directory, List.<Path>of());
        conferences = new Conferences(media, new Music(media, null), recorder, clock);
        control = new ConferenceControl(conferences);
        ConferenceApplications.register(new ConferenceWorld(
                dialplan,
                new Prompts(media, new SoundLibrary(List.of(directory)), "us"),
                recorder,
                conferences,
                control,
                destinations,
                media,
                calls,
                () -> profiles,
                () -> MeetMeConf.NONE,
                new ConferenceWorld.Recordings(
                        () -> places, () -> RecordingSettings.DEFAULT, () -> false, Runnable::run),
                () -> directory));
    }

    Conferences conferences() {
        return conferences;
    }

    ConferenceControl control() {
        return control;
    }
}
