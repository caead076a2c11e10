package io.allo.media.port;

import java.util.List;

/** What a playback draws its sound from. Immutable. */
public sealed interface PlaySource {

    /** Sounds one after the other, without a gap. */
    record Sounds(List<Sound> sounds) implements PlaySource {
        public Sounds {
            sounds = List.copyOf(sounds);
        }
    }

    /**
     * Tones with their cadence, e.g. ringing.
     *
     * @param steps played in order
     * @param repeat begin again at the end; otherwise the playback ends
     */
    record Tones(List<ToneStep> steps, boolean repeat) implements PlaySource {
        public Tones {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One step of a cadence: up to two frequencies in Hz (0: none), its length (0: without end) and the level of each
     * frequency in dBm0.
     */
    record ToneStep(int frequencyHz, int secondFrequencyHz, int durationMs, double levelDbm0) {}

    /** Nothing for so many milliseconds. */
    record Silence(long durationMs) implements PlaySource {}
}
