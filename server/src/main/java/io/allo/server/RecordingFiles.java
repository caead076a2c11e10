package io.allo.server;

import io.allo.pbx.call.recording.RecordingPlaces;
import java.nio.file.Path;
import java.util.ArrayList;

/** Where a configuration has its recordings. No state. */
final class RecordingFiles {

    private RecordingFiles() {}

    /** Below Asterisk's directories, and those that recording.conf allows. */
    static RecordingPlaces places(Configuration configuration) {
        var directories = configuration.asterisk().directories();
        var allowed = new ArrayList<>(configuration.recording().directories());
        allowed.add(directories.spool());
        allowed.add(directories.data().resolve("sounds"));
        allowed.add(Path.of("/var/spool/asterisk"));
        allowed.add(Path.of("/var/lib/asterisk/sounds"));
        return new RecordingPlaces(
                directories.spool().resolve("monitor"), directories.data().resolve("sounds"), allowed);
    }
}
