package io.allo.server;

import io.allo.io.sound.SoundLibrary;
import io.allo.io.vault.Vault;
import java.nio.file.Path;
import java.util.List;

/** Where sounds are looked for. No state. */
final class Sounds {

    private Sounds() {}

    /** Below the data directory, and where Asterisk's packages put them; recordings among them that are sealed are opened. */
    static SoundLibrary library(Configuration configuration, Vault vault) {
        return new SoundLibrary(
                List.of(
                        configuration.asterisk().directories().data().resolve("sounds"),
                        Path.of("/var/lib/asterisk/sounds"),
                        Path.of("/usr/share/asterisk/sounds")),
                vault);
    }
}
