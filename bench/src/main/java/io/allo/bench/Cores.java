package io.allo.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Which processor core a program runs on: what is measured has core 0 for itself and the load core 1, as the figures of other
 * servers were measured. {@code ./dev bench} puts the bench on core 1 and says so in ALLO_BENCH_PINNED; without that, nothing is pinned.
 */
final class Cores {

    private static final boolean PINNED = "yes".equals(System.getenv("ALLO_BENCH_PINNED"));

    private Cores() {}

    /** Whether they are told apart. */
    static boolean pinned() {
        return PINNED;
    }

    /** The command that runs what is measured. */
    static List<String> measured(String... command) {
        return on("0", command);
    }

    /** The command that has both cores: for the time that something takes by the clock. */
    static List<String> all(String... command) {
        return on("0,1", command);
    }

    private static List<String> on(String cores, String... command) {
        var words = new ArrayList<String>();
        if (PINNED) {
            words.addAll(List.of("taskset", "-c", cores));
        }
        words.addAll(List.of(command));
        return words;
    }
}
