package io.allo.pbx.app.conference;

import io.allo.pbx.app.conference.profile.BridgeProfile;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What the applications know about a room. A board: any thread. */
final class RoomState {

    private final BridgeProfile profile;
    private final AtomicReference<Optional<String>> wantedRecording = new AtomicReference<>();
    private volatile boolean muted;

    /** Of the one who opened it. */
    RoomState(BridgeProfile profile) {
        this.profile = profile;
    }

    /** The profile of who opened it, which counts for all. */
    BridgeProfile profile() {
        return profile;
    }

    /** Whether who comes and is no admin is muted. */
    boolean isMuted() {
        return muted;
    }

    void muted(boolean on) {
        muted = on;
    }

    /** Asks the next member who looks to begin a recording; into this file, if one is named. */
    void wantRecording(Optional<String> file) {
        wantedRecording.set(file);
    }

    /** Takes what was asked for, null if nothing was. */
    @org.jspecify.annotations.Nullable
    Optional<String> takeWantedRecording() {
        return wantedRecording.getAndSet(null);
    }
}
