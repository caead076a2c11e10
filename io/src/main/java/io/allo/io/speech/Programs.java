package io.allo.io.speech;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where programs are. No state. */
final class Programs {

    private Programs() {}

    /** A program of the PATH, or by its whole name. */
    static Optional<Path> find(String name) {
        try {
            if (name.indexOf('/') >= 0) {
                return Optional.of(Path.of(name)).filter(Files::isExecutable);
            }
            var path = System.getenv("PATH");
            for (var directory : (path == null ? "/usr/bin:/bin" : path).split(":")) {
                var file = Path.of(directory.isEmpty() ? "." : directory).resolve(name);
                if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(file.toAbsolutePath());
                }
            }
        } catch (InvalidPathException noName) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
