package io.allo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a caller costs allo whom it speaks to itself: a prompt, music, a text. Main thread. */
final class VoiceMeasure {

    private final Bench bench;

    VoiceMeasure(Bench bench) {
        this.bench = bench;
    }

    /** Answer, a prompt of a second, hang up: as it is when the compiler is done with these calls. */
    void play() {
        var rounds = bench.quick() ? 2 : 5;
        try (var lab = bench.lab("play")) {
            for (var perSecond : WARM_RATES) {
                var count = perSecond * WARM_SECONDS;
                var before = lab.allo().cpuNanos();
                done(lab.calls().run(count, perSecond, BenchConfig.PLAYED, LONGEST_MS), count);
                Bench.say("warm-up at %d/s: %.2f ms", perSecond, (lab.allo().cpuNanos() - before) / 1e6 / count);
            }
            for (var perSecond : new int[] {20, 100}) {
                var count = perSecond * (bench.quick() ? 5 : 15);
                var ms = new double[rounds];
                var threads = "";
                for (var i = 0; i < rounds; i++) {
                    var byThread = lab.allo().cpuByThread();
                    var before = lab.allo().cpuNanos();
                    done(lab.calls().run(count, perSecond, BenchConfig.PLAYED, LONGEST_MS), count);
                    ms[i] = (lab.allo().cpuNanos() - before) / 1e6 / count;
                    threads = lab.allo().threadsSince(byThread);
                    Bench.say("prompts at %d/s, %d: %.2f ms (%s)", perSecond, i + 1, ms[i], threads);
                }
                bench.figure(
                        "answer, play " + BenchConfig.PROMPT_MS + " ms, hang up, " + perSecond + " a second",
                        Figure.median(ms),
                        "ms CPU",
                        2.0,
                        "Asterisk 7.4; " + threads);
            }
        }
    }

    /** What one listener more costs, of many that hear the same music. */
    void music() {
        try (var lab = bench.lab("music")) {
            lab.calls().warmUp(200);
            var leg = new CRelay(NativeTools.build(bench.home()), seconds(), 2).percentPerCall(100, lab) / 2;
            var few = bench.quick() ? 100 : 200;
            lab.calls().establish(0, few, 50, BenchConfig.MUSIC);
            var fewPercent = percent(lab);
            var many = bench.quick() ? 400 : 1_000;
            lab.calls().establish(few, many, 50, BenchConfig.MUSIC);
            var allocated = lab.allo().mediaAllocatedBytes();
            var manyPercent = percent(lab);
            var bytes = (lab.allo().mediaAllocatedBytes() - allocated) / (seconds() * 50 * many);
            bench.figure(
                    few + " listeners to music, each",
                    fewPercent / few,
                    "% of a core",
                    "sent by the kernel's loopback");
            bench.figure(
                    "the listener number " + many + " to music",
                    (manyPercent - fewPercent) / (many - few),
                    "% of a core",
                    "mean of those after number %d; %.2f bytes allocated a packet".formatted(few, bytes));
            CRelay.figure(bench, "the same", (manyPercent - fewPercent) / (many - few), leg);
            lab.calls().hangUpAll(100);
        }
    }

    /** Seconds of speech that come out of a second of processor time, allo's and the voice's. */
    void speech() {
        var count = bench.quick() ? 20 : 100;
        try (var lab = bench.lab("speech")) {
            lab.calls().warmUp(200);
            var cache = bench.folder("speech").resolve("state");
            var before = spokenSeconds(cache);
            var cpu = ProcessClock.cpuNanosWithChildren(lab.allo().pid());
            done(lab.calls().run(count, 2, BenchConfig.SPOKEN, LONGEST_MS), count);
            var used = (ProcessClock.cpuNanosWithChildren(lab.allo().pid()) - cpu) / 1e9;
            var spoken = spokenSeconds(cache) - before;
            if (spoken == 0) {
                throw new BenchException("nothing was spoken: is espeak-ng installed?");
            }
            bench.figure(
                    "speech made in a second of processor time",
                    spoken / used,
                    "s",
                    "%d texts, %.1f s of speech; the calls that heard it included".formatted(count, spoken));
        }
    }

    /** Length of the texts that are kept. */
    private static double spokenSeconds(Path state) {
        try (var files = Files.walk(state)) {
            return files.filter(file -> file.toString().endsWith(".wav"))
                    .mapToDouble(file -> (file.toFile().length() - WAV_HEADER) / BYTES_A_SECOND)
                    .sum();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private double seconds() {
        return bench.quick() ? 4 : 10;
    }

    private double percent(Bench.Lab lab) {
        lab.loop().run(() -> false, SETTLE_MS);
        var began = System.nanoTime();
        var before = lab.allo().cpuNanos();
        lab.loop().run(() -> false, (long) (seconds() * 1000));
        return (lab.allo().cpuNanos() - before) * 100.0 / (System.nanoTime() - began);
    }

    private static void done(int done, int wanted) {
        if (done < wanted) {
            throw new BenchException("only " + done + " of " + wanted + " calls went as they should");
        }
    }

    private static final long SETTLE_MS = 3_000;

    /** Calls a second before the measured ones: 3,000 calls in 50 s, for the compiler's 10,000 invocations of what each does thrice. */
    private static final int[] WARM_RATES = {15, 30, 60, 90, 105};

    private static final int WARM_SECONDS = 10;
    private static final long LONGEST_MS = 40_000;
    private static final int WAV_HEADER = 44;
    private static final double BYTES_A_SECOND = 32_000;
}
