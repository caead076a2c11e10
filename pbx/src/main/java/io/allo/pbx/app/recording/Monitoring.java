package io.allo.pbx.app.recording;

import io.allo.pbx.call.recording.Recording;
import java.util.List;

/**
 * What one MixMonitor or Monitor began: one or more files of one channel. Immutable.
 *
 * @param id of StopMixMonitor
 * @param mixed by MixMonitor, otherwise by Monitor
 */
record Monitoring(String id, boolean mixed, boolean beepsAtEnd, List<Recording> recordings) {

    Monitoring {
        recordings = List.copyOf(recordings);
    }

    void stop() {
        recordings.forEach(Recording::stop);
    }

    void pause(boolean on) {
        recordings.forEach(recording -> recording.pause(on));
    }

    boolean isEnded() {
        return recordings.stream().allMatch(Recording::isEnded);
    }
}
