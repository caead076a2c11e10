package io.allo.media.graph;

import io.allo.media.codec.Codec;
import io.allo.media.mix.Encoding;
import io.allo.media.mix.MixLeg;
import io.allo.media.mix.Voice;
import org.jspecify.annotations.Nullable;

/** A port's seat in a room. Owned by the media loop. */
final class MixedLeg {

    final MixPort room;
    final MediaPort port;
    final Voice voice;

    /** The real port whose phone sits here: the port itself, or that at the far end of Local channels; null if there is none yet. */
    @Nullable
    RtpPort real;

    /** It hears what nobody else hears: its own sum. */
    private @Nullable Encoding own;

    private boolean apart;

    MixedLeg(MixPort room, MediaPort port, MixLeg leg) {
        this.room = room;
        this.port = port;
        this.voice = new Voice(leg);
    }

    /** Its own encoding, and whether it begins to be needed with this. */
    Encoding own(Codec codec, int frameMs, int rate) {
        if (own == null || !own.isFor(codec, frameMs, rate)) {
            own = new Encoding(codec, frameMs, rate);
            apart = false;
        }
        return own;
    }

    /** It hears a sum of its own from now on; true if it did not before. */
    boolean departs() {
        var was = apart;
        apart = true;
        return !was;
    }

    /** It hears what others hear. */
    void rejoins() {
        apart = false;
    }
}
