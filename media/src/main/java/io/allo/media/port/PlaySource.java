package io.allo.media.port;

import io.allo.media.audio.ToneSequence;
import io.allo.media.music.MusicStream;
import java.util.List;

/** What a playback draws its sound from. Immutable. */
public sealed interface PlaySource {

    /** Sounds one after the other, without a gap. */
    record Sounds(List<Sound> sounds) implements PlaySource {
        public Sounds {
            sounds = List.copyOf(sounds);
        }
    }

    /** Tones with their cadence, e.g. ringing; ends only if every part is to sound once. */
    record Tones(ToneSequence sequence) implements PlaySource {}

    /** Music that others hear at the same time; goes on until it is stopped. */
    record Music(MusicStream stream) implements PlaySource {}

    /** Nothing for so many milliseconds. */
    record Silence(long durationMs) implements PlaySource {}
}
