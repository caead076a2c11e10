package io.allo.pbx.app.conference;

import io.allo.media.port.MediaPlane;
import io.allo.pbx.app.conference.profile.ConferenceConf;
import io.allo.pbx.app.conference.profile.MeetMeConf;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.call.recording.RecordingPlaces;
import io.allo.pbx.call.recording.RecordingSettings;
import io.allo.pbx.call.ring.Destinations;
import io.allo.pbx.conference.Conferences;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the applications of this room are made with. Immutable.
 *
 * @param control what others may do to rooms, and what applications know about them beside {@code rooms}
 * @param profiles confbridge.conf as it is now
 * @param meetMe meetme.conf as it is now
 * @param names where recorded names lie until they are played
 */
public record ConferenceWorld(
        DialplanRunner runner,
        Prompts prompts,
        Recorder recorder,
        Conferences rooms,
        ConferenceControl control,
        Destinations destinations,
        MediaPlane media,
        Calls calls,
        Supplier<ConferenceConf> profiles,
        Supplier<MeetMeConf> meetMe,
        Recordings recordings,
        Supplier<Path> names) {

    /**
     * How rooms are recorded.
     *
     * @param allowPrograms whether a recording's command may run (live_dangerously)
     * @param helper runs it
     */
    public record Recordings(
            Supplier<RecordingPlaces> places,
            Supplier<RecordingSettings> settings,
            Supplier<Boolean> allowPrograms,
            Executor helper) {}
}
