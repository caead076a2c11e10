package io.allo.io.sound;

import io.allo.media.port.Sound;
import java.nio.file.Path;
import java.util.List;

/** What looking for a sound came to. Immutable. */
public sealed interface SoundLookup {

    /** It is there, and read. */
    record Found(Sound sound, Path file) implements SoundLookup {}

    /**
     * It is not there, or no file of that name could be read.
     *
     * @param name what was looked for
     * @param places the paths that were tried, without their endings, in order
     * @param broken the files that are there but can't be played, with what is wrong, e.g. "/x/a.wav: a header of 3 bytes"
     */
    record Missing(String name, List<String> places, List<String> broken) implements SoundLookup {
        public Missing {
            places = List.copyOf(places);
            broken = List.copyOf(broken);
        }

        /** In plain English, for an administrator. */
        public String english() {
            return broken.isEmpty()
                    ? "there is no sound " + name + "; looked for " + String.join(", ", places) + " with the endings "
                            + SoundLibrary.ENDINGS + hint(" (name it without its ending)")
                    : "the sound " + name + " can't be played: " + String.join("; ", broken);
        }

        /** In plain French. */
        public String french() {
            return broken.isEmpty()
                    ? "le son " + name + " n'existe pas ; cherché " + String.join(", ", places)
                            + " avec les extensions " + SoundLibrary.ENDINGS + hint(" (nommez-le sans son extension)")
                    : "le son " + name + " ne peut pas être joué : " + String.join(" ; ", broken);
        }

        private String hint(String text) {
            var dot = name.lastIndexOf('.');
            return dot > 0 && SoundLibrary.isEnding(name.substring(dot + 1)) ? text : "";
        }
    }
}
