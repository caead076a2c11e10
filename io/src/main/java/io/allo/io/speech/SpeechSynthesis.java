package io.allo.io.speech;

import java.nio.file.Path;

/** Makes texts into sound files: a seam, so that a test hears without a voice. Any thread; may take its time. */
public interface SpeechSynthesis {

    /** There is no voice. */
    SpeechSynthesis NONE = text -> {
        throw new SpeechException("there is no speech here", "il n'y a pas de voix de synthèse ici");
    };

    /**
     * A WAV file of the text, without its ending, as sounds are named.
     *
     * @throws SpeechException if there is no voice for it, or the voice fails or takes too long
     */
    Path speak(SpeechText text) throws SpeechException;
}
