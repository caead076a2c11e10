package io.allo.media.graph;

import io.allo.media.music.MusicStream;
import org.jspecify.annotations.Nullable;

/** One listener's place in a music. Owned by the media loop. */
final class MusicPlayer {

    private static final int MOST_APART = 2;

    private final MusicStream stream;
    private @Nullable MusicFrames frames;
    private @Nullable SpokenFrames made;
    private long next;

    MusicPlayer(MusicStream stream) {
        this.stream = stream;
    }

    /** Sends the next frame as the listener's codec has it. */
    void send(RtpPort port, SpokenFrames speak, OutgoingStream out, long nowNanos) {
        if (frames == null || made != speak) {
            frames = port.graph.music(stream, speak);
            made = speak;
            next = -KEPT_AWAY;
        }
        var music = frames;
        var current = music.current(nowNanos);
        if (Math.abs(current - next) > MOST_APART) {
            next = current;
        }
        music.make(next);
        speak.sendEncoded(port, music.frame(next), music.length(next), out, nowNanos);
        next++;
    }

    private static final long KEPT_AWAY = 1_000;
}
