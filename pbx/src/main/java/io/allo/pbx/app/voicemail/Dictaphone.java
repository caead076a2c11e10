package io.allo.pbx.app.voicemail;

import io.allo.pbx.call.Call;
import java.nio.file.Path;

/** Records what a caller says. A seam: the media plane in production, virtual time in tests. On the call's thread. */
public interface Dictaphone {

    /**
     * Records {@link Call#channel} until one of the rules ends it. Whatever ends it, also a hang-up that is thrown as {@link
     * io.allo.pbx.call.CallInterrupted}: the file is complete and closed then.
     *
     * @param file a sound file whose ending says its format; made, or written over
     */
    Dictated record(Call call, Path file, Rules rules);

    /**
     * When a recording ends.
     *
     * @param mostMs how long it may be; 0: no limit
     * @param silenceMs of silence at its end; 0: silence does not end it
     * @param keys that end it
     */
    record Rules(long mostMs, long silenceMs, String keys) {}

    /**
     * What was recorded.
     *
     * @param key that ended it, 0 if none did
     * @param lengthMs without the silence that ended it
     */
    record Dictated(End end, char key, long lengthMs) {}

    /** Why a recording ended. */
    enum End {
        /** One of the keys. */
        KEY,
        /** Silence. */
        SILENCE,
        /** As long as it may be. */
        FULL,
        /** The channel can't be recorded, or the disk is full; what came before is kept. */
        BROKEN
    }
}
