package io.allo.pbx.call.prompt;

import io.allo.io.speech.SpeechException;
import io.allo.io.speech.SpeechSynthesis;
import io.allo.io.speech.SpeechText;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Errand;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Has texts spoken by a helper while the call waits. What can't be spoken is told as a problem of the call, {@code speech}.
 * One object serves all calls; on the call's thread.
 */
public final class Voice {

    /** What the name of a sound begins with that is a text. */
    public static final String PREFIX = "tts:";

    /** There is none. */
    public static final Voice NONE = new Voice(SpeechSynthesis.NONE, Runnable::run);

    private static final long LIMIT_MS = 45_000;

    private final SpeechSynthesis synthesis;
    private final Executor helpers;

    /** Asks this synthesis, on the helpers' threads. */
    public Voice(SpeechSynthesis synthesis, Executor helpers) {
        this.synthesis = synthesis;
        this.helpers = helpers;
    }

    private sealed interface Said {
        record Sound(Path place) implements Said {}

        record Failed(String english, String french) implements Said {}
    }

    /** The sound file of a text, without its ending; empty if it can't be spoken, which is told. */
    Optional<Path> speak(Call call, SpeechText text) {
        var said = Errand.run(call, helpers, LIMIT_MS, Said.class, () -> said(text))
                .orElseGet(() -> new Said.Failed("no voice had time for it", "aucune voix n'en a eu le temps"));
        return switch (said) {
            case Said.Sound(Path place) -> Optional.of(place);
            case Said.Failed(String english, String french) -> {
                call.problem("speech", english, french);
                yield Optional.empty();
            }
        };
    }

    private Said said(SpeechText text) {
        try {
            return new Said.Sound(synthesis.speak(text));
        } catch (SpeechException failed) {
            return new Said.Failed(failed.english(), failed.french());
        }
    }
}
