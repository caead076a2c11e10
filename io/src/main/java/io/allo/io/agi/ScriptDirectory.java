package io.allo.io.agi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The one directory that scripts are run from (astagidir). A name may have folders; what leads out of the directory, by
 * {@code ..}, as an absolute path or by a symbolic link, is refused. Immutable; any thread.
 */
public record ScriptDirectory(Path directory) {

    /** What a name stands for. */
    public sealed interface Found {
        /** The file, with all links followed. */
        record Script(Path file) implements Found {}

        /** No such file, or a directory. */
        record Missing(Path place) implements Found {}

        /** It would be outside the directory. */
        record Outside(Path place) implements Found {}

        /** It may not be executed. */
        record NotExecutable(Path file) implements Found {}
    }

    /** Looks for a script by the name that the dialplan has. */
    public Found find(String name) {
        var place = place(name);
        if (place == null) {
            return new Found.Missing(directory);
        }
        if (!place.startsWith(directory.toAbsolutePath().normalize())) {
            return new Found.Outside(place);
        }
        try {
            var file = place.toRealPath();
            if (!file.startsWith(directory.toRealPath())) {
                return new Found.Outside(file);
            }
            if (!Files.isRegularFile(file)) {
                return new Found.Missing(place);
            }
            return Files.isExecutable(file) ? new Found.Script(file) : new Found.NotExecutable(file);
        } catch (IOException missing) {
            return new Found.Missing(place);
        }
    }

    private @Nullable Path place(String name) {
        try {
            return name.isBlank()
                    ? null
                    : directory.toAbsolutePath().resolve(name).normalize();
        } catch (InvalidPathException noName) {
            return null;
        }
    }
}
