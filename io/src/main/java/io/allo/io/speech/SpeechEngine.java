package io.allo.io.speech;

import java.nio.file.Path;
import java.util.List;

/** A program that speaks. Immutable; any thread. */
interface SpeechEngine {

    /** By which speech.conf names it. */
    String name();

    /** Whether its program is there. */
    boolean isInstalled();

    /** Whether it has a voice for the language. */
    boolean speaks(SpeechText text);

    /** What tells its voices apart, part of the cache's key. */
    String voice(SpeechText text);

    /** The command that speaks what is in the file {@code text} (also its standard input) into the file {@code wav}. */
    List<String> command(SpeechText spoken, Path text, Path wav);
}
