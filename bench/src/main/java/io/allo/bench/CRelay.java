package io.allo.bench;

/** What the C relay takes for calls in the same run: the measure beside which media figures stand. Main thread. */
record CRelay(NativeTools tools, double seconds, int rounds) {

    private static final long SETTLE_MS = 1_000;

    /** Percent of a core for each of so many calls, two legs of 50 packets a second in and out; the median of the rounds. */
    double percentPerCall(int calls, Bench.Lab lab) {
        var floor = new double[rounds];
        for (var i = 0; i < rounds; i++) {
            try (var relay = tools.relay(calls)) {
                var pid = relay.process().pid();
                var generator = tools.load(relay.pairs(), seconds, 0, 0);
                lab.loop().run(() -> false, SETTLE_MS);
                var began = System.nanoTime();
                var before = ProcessClock.cpuNanos(pid);
                lab.loop().run(() -> false, (long) (seconds * 1000) - SETTLE_MS);
                var cpu = ProcessClock.cpuNanos(pid) - before;
                floor[i] = cpu * 100.0 / (System.nanoTime() - began) / calls;
                generator.result();
            }
        }
        return Figure.median(floor);
    }

    /** Says the figure beside the C relay's. */
    static void figure(Bench bench, String what, double ours, double floor) {
        bench.figure(
                what + ", against the C relay",
                ours / floor,
                "times",
                "%.4f %% of a core in the same run".formatted(floor));
    }
}
