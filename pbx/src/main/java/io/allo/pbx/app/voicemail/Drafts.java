package io.allo.pbx.app.voicemail;

import io.allo.pbx.voicemail.VoiceCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of what is being recorded. No state. */
final class Drafts {

    private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);

    private Drafts() {}

    static long lengthMs(VoiceCopies copies, Path sound) {
        try {
            return Files.isRegularFile(sound) ? copies.lengthMs(sound) : 0;
        } catch (IOException broken) {
            LOG.error("{} can't be read: {}", sound, broken.toString());
            return 0;
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException broken) {
            LOG.error("{} can't be deleted: {}", file, broken.toString());
        }
    }

    /** Plays what was recorded until a key comes. */
    static void play(Conversation talk, Path sound) {
        talk.say(List.of(withoutEnding(sound)));
    }

    /** The path as prompts want it. */
    static String withoutEnding(Path sound) {
        var name = sound.toString();
        var dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
    }
}
