package io.allo.server.ask;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --state}, which every command has that starts allo or asks it. */
public final class StateOption {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = "${env:ALLO_STATE:-state}",
            description = "Where allo keeps what it must not forget; ALLO_STATE, or ./state.")
    private Path directory = Path.of("state");

    /** The directory, from the root: a sound's relative name is looked for below the directories of sounds. */
    public Path directory() {
        return directory.toAbsolutePath().normalize();
    }

    /** The control socket in it, as it was named: a socket's path may have no more than 107 bytes (unix(7)). */
    public Path socket() {
        return directory.resolve("control.sock");
    }
}
