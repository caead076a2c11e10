package io.allo.server;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --state}, which every command has that starts allo or asks it. */
final class StateOption {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = "${env:ALLO_STATE:-state}",
            description = "Where allo keeps what it must not forget; ALLO_STATE, or ./state.")
    private Path directory = Path.of("state");

    /** The directory. */
    Path directory() {
        return directory;
    }

    /** The control socket in it. */
    Path socket() {
        return directory.resolve("control.sock");
    }
}
