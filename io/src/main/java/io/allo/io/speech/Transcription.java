package io.allo.io.speech;

import io.allo.media.audio.SoundFormat;
import java.nio.channels.SeekableByteChannel;

/** Turns recorded speech into text: a seam. Any thread; takes its time. */
public interface Transcription {

    /** The longest text that is taken, in characters. */
    int MOST_CHARS = 10_000;

    /**
     * What is said in a recording, one line; empty if nothing was understood.
     *
     * @param sound a sound file; closed by who opened it
     * @param format of the file
     * @param language of the speaker as Asterisk names it, such as {@code fr} or {@code en_GB}
     * @throws SpeechException if there is no text, with the reason
     */
    String text(SeekableByteChannel sound, SoundFormat format, String language) throws SpeechException;

    /** Blanks and line ends are one blank, and what is too long is cut. */
    static String tidy(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.substring(0, Math.min(MOST_CHARS, line.length()));
    }
}
