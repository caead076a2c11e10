package io.allo.media.audio;

import java.io.IOException;

/** A sound file that is broken, or in a format this house does not read. The message says what is wrong with it. */
public final class SoundFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong, for the administrator. */
    public SoundFileException(String message) {
        super(message);
    }
}
