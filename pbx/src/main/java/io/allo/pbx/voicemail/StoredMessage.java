package io.allo.pbx.voicemail;

import io.allo.media.audio.SoundFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A message as it lay in a folder when it was looked at. Immutable; it may have been moved since.
 *
 * @param number its place, from 0
 * @param base the path of its files without their endings
 */
public record StoredMessage(Folder folder, int number, Path base, MessageInfo info) {

    /** Its sound in this format, if it is there. */
    public Optional<Path> sound(SoundFormat format) {
        for (var ending : format.extensions()) {
            var file = base.resolveSibling(base.getFileName() + "." + ending);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
