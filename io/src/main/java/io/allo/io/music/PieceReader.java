package io.allo.io.music;

import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.media.audio.SoundSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the kinds of file that music comes in. No state. */
final class PieceReader {

    private PieceReader() {}

    static boolean canRead(Path file) {
        return SoundFormat.byExtension(ending(file)).isPresent() || isMp3(file);
    }

    static SoundSource open(Path file) throws IOException {
        if (isMp3(file)) {
            return new Mp3Reader(Files.newInputStream(file));
        }
        var format = SoundFormat.byExtension(ending(file))
                .orElseThrow(() -> new IOException("." + ending(file) + " is no kind of sound that is read here"));
        return SoundFile.open(Files.newByteChannel(file), format);
    }

    private static boolean isMp3(Path file) {
        return ending(file).equalsIgnoreCase("mp3");
    }

    private static String ending(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
