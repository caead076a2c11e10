package io.allo.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./dev sim}: runs worlds by their seeds. {@code --seed N} one, {@code --seeds A-B} many, {@code --calls C} in each,
 * {@code --trace} with all that happened. One thread.
 */
public final class Main {

    private long first = 1;
    private long last = 100;
    private int calls = 50;
    private boolean trace;
    private final List<String> words = new ArrayList<>();

    private Main(List<String> arguments) {
        var i = 0;
        while (i < arguments.size()) {
            switch (arguments.get(i)) {
                case "--seed" -> {
                    first = Long.parseLong(arguments.get(++i));
                    last = first;
                }
                case "--seeds" -> {
                    var range = arguments.get(++i).split("-", 2);
                    first = Long.parseLong(range[0]);
                    last = Long.parseLong(range[range.length - 1]);
                }
                case "--calls" -> calls = Integer.parseInt(arguments.get(++i));
                case "--trace" -> trace = true;
                case "--only" -> words.add(arguments.get(++i));
                default -> {
                    first = Long.parseLong(arguments.get(i));
                    last = first;
                }
            }
            i++;
        }
    }

    /** Exits with 1 if a world failed. */
    public static void main(String[] arguments) {
        System.exit(new Main(List.of(arguments)).run());
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private int run() {
        var failed = new ArrayList<Long>();
        var placed = 0L;
        var steps = 0L;
        var begin = System.nanoTime();
        var cpuBegin = cpuNanos();
        for (var seed = first; seed <= last; seed++) {
            var world = new SimWorld(seed, WorldSettings.drawn(seed, calls));
            try {
                world.run();
            } catch (SimFailure failure) {
                failed.add(seed);
                System.out.println("seed " + seed + ": " + failure.getMessage());
                if (trace && failure.getCause() != null) {
                    failure.getCause().printStackTrace(System.out);
                }
            }
            if (trace) {
                world.trace().lines(words.toArray(String[]::new)).forEach(System.out::println);
                System.out.println(
                        "fingerprint " + Long.toHexString(world.trace().fingerprint()));
            }
            placed += world.placed();
            steps += world.steps();
        }
        var seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%d worlds, %d calls, %d steps in %.2f s: %.0f calls/s; failed seeds: %s%n",
                last - first + 1, placed, steps, seconds, placed / seconds, failed);
        System.out.printf("processor time %.2f s%n", (cpuNanos() - cpuBegin) / 1e9);
        return failed.isEmpty() ? 0 : 1;
    }
}
