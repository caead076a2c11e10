package io.allo.sim;

import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What is said in rooms: a second of silence for each prompt, in a directory that all worlds share and that goes with the program. Any thread. */
final class SimSounds {

    private static final int SECOND = 8_000;

    private static final List<String> NAMES = List.of(
            "beep",
            "confbridge-join",
            "confbridge-leave",
            "confbridge-conf-begin",
            "conf-onlyperson",
            "conf-onlyone",
            "conf-waitforleader",
            "conf-leaderhasleft",
            "conf-getpin",
            "conf-invalidpin",
            "conf-locked",
            "conf-kicked",
            "conf-muted",
            "conf-unmuted",
            "conf-errormenu");

    private static final Path DIRECTORY = make();

    private SimSounds() {}

    static Path directory() {
        return DIRECTORY;
    }

    private static Path make() {
        try {
            var directory = Files.createTempDirectory("allo-sim-sounds");
            directory.toFile().deleteOnExit();
            for (var name : NAMES) {
                var file = directory.resolve(name + ".wav");
                try (var writer = SoundFile.create(
                        Files.newByteChannel(
                                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        SoundFormat.WAV)) {
                    writer.write(new short[SECOND], 0, SECOND);
                }
                file.toFile().deleteOnExit();
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
