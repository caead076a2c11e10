package io.allo.pbx.call.recording;

import io.allo.io.recording.RecordingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where recordings may be put. Names come from the dialplan, and with its variables from the wire (a caller's name, a dialed
 * number), so: no {@code ..}, no control characters; a relative name lies below its base; an absolute one must lie below one of
 * the allowed directories. Immutable.
 *
 * @param monitor of relative names of MixMonitor and Monitor: {@code astspooldir/monitor}
 * @param sounds of relative names of Record: {@code astdatadir/sounds}
 * @param allowed where absolute names may lie
 */
public record RecordingPlaces(Path monitor, Path sounds, List<Path> allowed) {

    private static final int LONGEST_NAME = 200;

    public RecordingPlaces {
        allowed =
                allowed.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    }

    /** The path that a name stands for. */
    public Path resolve(Path base, String name) throws RecordingException {
        if (name.isBlank() || name.endsWith("/")) {
            throw new RecordingException("a recording needs the name of a file");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw new RecordingException("the name of a recording has a control character in it");
        }
        Path written;
        try {
            written = Path.of(name.strip());
        } catch (InvalidPathException broken) {
            throw new RecordingException("\"" + name + "\" is no name of a file", broken);
        }
        for (var part : written) {
            if (part.toString().equals("..")) {
                throw new RecordingException("\"" + name + "\" leaves its directory by \"..\": recordings must not");
            }
            if (part.toString().length() > LONGEST_NAME) {
                throw new RecordingException("\"" + name + "\" is too long for the name of a file");
            }
        }
        var path = base.toAbsolutePath().normalize().resolve(written).normalize();
        if (written.isAbsolute() && allowed.stream().noneMatch(path::startsWith)) {
            throw new RecordingException("\"" + name + "\" lies in none of the directories for recordings (" + list()
                    + "): name its directory by allow_directory= in recording.conf, or write a relative name");
        }
        return path;
    }

    private String list() {
        return String.join(", ", allowed.stream().map(Path::toString).toList());
    }
}
