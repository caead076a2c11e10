package io.allo.server;

import io.allo.core.random.RandomSource;
import io.allo.io.vault.Vault;
import io.allo.pbx.voicemail.VoicemailOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of recordings and voicemail lies encrypted, by the configuration of the moment, and with which keys. Any thread. */
final class Sealing {

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
    private static final String KEYS = "seal.keys";
    private static final String VOICEMAIL = "voicemail";

    private final Supplier<Configuration> configuration;
    private final Path keys;
    private final Vault vault;

    private Sealing(Supplier<Configuration> configuration, Path state, RandomSource random) {
        this.configuration = configuration;
        this.keys = keys(state);
        this.vault = Vault.of(keys, random);
    }

    /** With the key file of this state directory, which is ready or told to be unusable. */
    static Sealing prepared(Supplier<Configuration> configuration, Path state, RandomSource random) {
        var sealing = new Sealing(configuration, state, random);
        sealing.prepare();
        return sealing;
    }

    Vault vault() {
        return vault;
    }

    /** Whether a recording of this purpose is sealed: those of voicemail by voicemail.conf, all others by recording.conf. */
    boolean seals(String purpose) {
        return purpose.equals(VOICEMAIL)
                ? sealsVoicemail()
                : configuration.get().recording().seal();
    }

    boolean sealsVoicemail() {
        return sealsVoicemail(configuration.get());
    }

    private static boolean sealsVoicemail(Configuration configuration) {
        return configuration.voicemail().boxes().general().yes(VoicemailOption.SEAL);
    }

    /** Whether anything is to be sealed. */
    static boolean isAskedFor(Configuration configuration) {
        return sealsVoicemail(configuration) || configuration.recording().seal();
    }

    /** The key file in this state directory. */
    static Path keys(Path state) {
        return state.resolve(KEYS);
    }

    /** Has keys made where they are needed and tells at once, not in the first call, what is wrong with them. */
    void prepare() {
        if (!isAskedFor(configuration.get())) {
            return;
        }
        try {
            LOG.info(
                    "recordings or voicemail are sealed with key {} of {}: keep a copy of it elsewhere",
                    vault.ready(),
                    keys);
        } catch (IOException unusable) {
            LOG.error(
                    "seal=yes, but nothing can be sealed, so nothing that is to be is recorded: {}",
                    unusable.getMessage());
        }
    }
}
