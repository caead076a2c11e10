package io.allo.conformance.sound;

import java.util.List;

/**
 * What {@link ToneCheck} heard in a recording, from the first to the last window with the tone or its marker.
 *
 * @param recordedMs the whole recording
 * @param startMs where the tone begins in it
 * @param heardMs from the beginning of the tone to its end
 * @param dominantHz the frequency that is strongest in most windows, to 10 Hz
 * @param longestGapMs the longest time without tone or marker
 * @param gapsOver60Ms how many gaps are longer than 60 ms
 * @param snrDb the tone against everything else in the same windows, median
 * @param markerIntervalsMs from each marker's beginning to the next one's: 1000 where nothing is missing
 */
public record ToneReport(
        long recordedMs,
        long startMs,
        long heardMs,
        int dominantHz,
        long longestGapMs,
        int gapsOver60Ms,
        double snrDb,
        List<Long> markerIntervalsMs) {
    /** Half of a marker, and the window it is found in. */
    private static final long PRECISION_MS = 20;

    private static final long ADAPTATION_MS = 60;

    /**
     * Whether the markers come every second. A listener that adapts its jitter buffer once in a call, by at most 60 ms, keeps time; whether a
     * packet was lost is seen on the wire.
     */
    public boolean keepsTime() {
        long adapted = markerIntervalsMs.stream()
                .filter(ms -> Math.abs(ms - 1000) > PRECISION_MS)
                .count();
        return adapted <= 1 && markerIntervalsMs.stream().allMatch(ms -> Math.abs(ms - 1000) <= ADAPTATION_MS);
    }
}
