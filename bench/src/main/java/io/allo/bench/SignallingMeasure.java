package io.allo.bench;

/** What a registration and a call cost allo in processor time. Main thread. */
final class SignallingMeasure {

    private final Bench bench;

    SignallingMeasure(Bench bench) {
        this.bench = bench;
    }

    void registrations() {
        var rounds = bench.quick() ? 2 : 5;
        try (var lab = bench.lab("registration")) {
            var warm = bench.quick() ? 3_000 : 60_000;
            lab.registrations().run(1_000, 200); // strangers until then
            check(lab.registrations().run(warm, bench.quick() ? 500 : 1_000), warm, "registrations");
            for (var perSecond : new int[] {200, 1_000}) {
                var count = perSecond * (bench.quick() ? 5 : 12);
                var ms = new double[rounds];
                var threads = "";
                for (var i = 0; i < rounds; i++) {
                    var byThread = lab.allo().cpuByThread();
                    var before = lab.allo().cpuNanos();
                    check(lab.registrations().run(count, perSecond), count, "registrations");
                    ms[i] = (lab.allo().cpuNanos() - before) / 1e6 / count;
                    threads = lab.allo().threadsSince(byThread);
                    Bench.say("registrations at %d/s, %d: %.3f ms (%s)", perSecond, i + 1, ms[i], threads);
                }
                bench.figure(
                        "registration with digest, " + perSecond + " a second",
                        Figure.median(ms),
                        "ms CPU",
                        0.35,
                        "Asterisk 0.73, Kamailio 0.22-0.30; two transactions each; " + threads);
            }
        }
    }

    void calls() {
        var rounds = bench.quick() ? 2 : 5;
        try (var lab = bench.lab("call")) {
            var warm = bench.quick() ? 1_000 : 5_000;
            lab.calls().warmUp(warm);
            for (var perSecond : new int[] {20, 100}) {
                var count = perSecond * (bench.quick() ? 5 : 15);
                var ms = new double[rounds];
                var threads = "";
                for (var i = 0; i < rounds; i++) {
                    var byThread = lab.allo().cpuByThread();
                    var before = lab.allo().cpuNanos();
                    check(lab.calls().run(count, perSecond, BenchConfig.RELAYED, HOLD_MS), count, "calls");
                    ms[i] = (lab.allo().cpuNanos() - before) / 1e6 / count;
                    threads = lab.allo().threadsSince(byThread);
                    Bench.say("calls at %d/s, %d: %.2f ms (%s)", perSecond, i + 1, ms[i], threads);
                }
                bench.figure(
                        "call set up with digest and torn down, " + perSecond + " a second",
                        Figure.median(ms),
                        "ms CPU",
                        2.5,
                        "Asterisk " + (perSecond == 20 ? "5.4" : "4.7") + "; " + threads);
            }
        }
    }

    /** Whether memory grows with the number of calls that were. */
    void heapOverManyCalls() {
        var steps = bench.quick() ? 3 : 6;
        var perStep = bench.quick() ? 500 : 4_000;
        try (var lab = bench.lab("flat")) {
            var kb = new double[steps];
            lab.calls().warmUp(bench.quick() ? 300 : 2_000);
            for (var i = 0; i < steps; i++) {
                check(lab.calls().run(perStep, 100, BenchConfig.RELAYED, HOLD_MS), perStep, "calls");
                lab.loop().run(() -> false, AFTERMATH_MS);
                kb[i] = lab.allo().heapBytes() / 1024.0;
                Bench.say(
                        "after %d calls: heap %.0f KB, resident %d MB",
                        (i + 1) * perStep, kb[i], lab.allo().residentKb() / 1024);
            }
            var calls = (steps - 1) * perStep;
            bench.figure(
                    "heap grown over " + calls + " calls",
                    kb[steps - 1] - kb[0],
                    "KB",
                    HEAP_GROWTH_KB,
                    "from %.0f KB after %d calls; %.2f bytes a call"
                            .formatted(kb[0], perStep, (kb[steps - 1] - kb[0]) * 1024 / calls));
        }
    }

    private static void check(int done, int wanted, String what) {
        if (done < wanted * 0.999) {
            throw new BenchException("only " + done + " of " + wanted + " " + what + " succeeded");
        }
        if (done < wanted) {
            Bench.say("%d of %d %s failed", wanted - done, wanted, what);
        }
    }

    private static final long HOLD_MS = 500;

    /** Timers of transactions that have ended run for 32 s (RFC 3261 17.1.1.2, 17.2.2): only then all is forgotten. */
    private static final long AFTERMATH_MS = 36_000;

    /** What counts as flat: noise of a collection, not one object kept per call. */
    private static final double HEAP_GROWTH_KB = 512;
}
