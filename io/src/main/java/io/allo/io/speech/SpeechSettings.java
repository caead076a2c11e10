package io.allo.io.speech;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How texts are spoken: speech.conf. Immutable.
 *
 * @param engine {@code engine}: auto (command if there is one, else espeak-ng, else flite), espeak-ng, flite or command; auto
 * @param command {@code command}: the words of the administrator's own; none
 * @param commandLanguages {@code languages}: what it speaks, all where none is named
 * @param limitSeconds {@code timelimit}: what a voice may take for one text; 15
 * @param mostCharacters {@code maxlength}: of one text; 2000
 * @param cacheBytes {@code cachesize}, there in megabytes: kept on disk; 200 MB
 * @param voices {@code [voices]}: the voice of each language, by the engine's own names
 */
public record SpeechSettings(
        String engine,
        List<String> command,
        List<String> commandLanguages,
        int limitSeconds,
        int mostCharacters,
        long cacheBytes,
        Map<String, String> voices) {

    /** As if there were no file. */
    public static final SpeechSettings DEFAULT =
            new SpeechSettings("auto", List.of(), List.of(), 15, 2_000, 200_000_000L, Map.of());

    public SpeechSettings {
        command = List.copyOf(command);
        commandLanguages = List.copyOf(commandLanguages);
        voices = Map.copyOf(voices);
    }

    /** The voice that the administrator wants for a text's language. */
    Optional<String> voice(SpeechText text) {
        var exact = voices.get(text.language());
        return Optional.ofNullable(exact == null ? voices.get(text.primaryLanguage()) : exact);
    }
}
