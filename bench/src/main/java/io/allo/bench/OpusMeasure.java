package io.allo.bench;

import io.allo.media.codec.G711;
import io.allo.media.codec.Gsm;
import io.allo.media.codec.Opus;
import io.allo.media.codec.Resampler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Calls from µ-law to Opus, people's talk on both legs: with the system's libopus and with Opus in Java, beside the C relay, which
 * only relays. Main thread.
 */
final class OpusMeasure {

    private static final int CALLS = 40;
    private static final int CALLS_IN_JAVA = 15;
    private static final long SETTLE_MS = 1_000;
    private static final int TALK_FRAMES = 1_000;

    private final Bench bench;
    private final NativeTools tools;
    private final double seconds;

    OpusMeasure(Bench bench) {
        this.bench = bench;
        this.tools = NativeTools.build(bench.home());
        this.seconds = bench.quick() ? 6 : 10;
    }

    /** By the system's libopus. */
    void calls() {
        measure("opus", CALLS);
    }

    /** By Opus in Java. */
    void callsInJava() {
        measure("opus-java", CALLS_IN_JAVA, "-D" + Opus.LIBRARY_PROPERTY + "=java");
    }

    private void measure(String name, int calls, String... flags) {
        var ulaw = bench.folder(name).resolve("talk.ul");
        var packets = bench.folder(name).resolve("talk.opus-packets");
        writeTalk(ulaw, packets);
        try (var lab = bench.lab(name, flags)) {
            lab.calls().warmUp(200);
            lab.calls().establish(0, calls, 50, BenchConfig.TO_OPUS);
            var pairs = lab.calls().portPairs();
            var floor = new CRelay(tools, seconds, 1).percentPerCall(calls, lab);
            percent(lab, lab.allo().pid(), calls, tools.opusLoad(pairs, bench.quick() ? 8 : 15, ulaw, packets));
            var rounds = bench.quick() ? 2 : 3;
            var each = new double[rounds];
            var bytes = 0.0;
            var lost = 0.0;
            for (var i = 0; i < rounds; i++) {
                var allocated = lab.allo().mediaAllocatedBytes();
                var load = tools.opusLoad(pairs, seconds, ulaw, packets);
                each[i] = percent(lab, lab.allo().pid(), calls, load);
                bytes = (lab.allo().mediaAllocatedBytes() - allocated) / (double) heard.sent();
                lost = Math.max(lost, heard.lostPercent());
                Bench.say(
                        "%s, %d: %.3f %% of a core a call, C relay %.4f %%; %.0f bytes a packet; lost %.2f %%",
                        name, i + 1, each[i], floor, bytes, heard.lostPercent());
            }
            var ours = Figure.median(each);
            var which = flags.length == 0 ? "Opus by the system's library" : "Opus in Java";
            bench.figure(
                    calls + " calls, µ-law to " + which + ", each",
                    ours,
                    "% of a core",
                    "%.0f calls a core; %.0f bytes allocated a packet; lost %.2f %%"
                            .formatted(100 / ours, bytes, lost));
            bench.figure("the same against the C relay", ours / floor, "times", "%.4f %% of a core".formatted(floor));
            lab.calls().hangUpAll(100);
        }
    }

    private NativeTools.Heard heard = new NativeTools.Heard(0, 0, 0, 0, 0, 0);

    private double percent(Bench.Lab lab, long pid, int calls, NativeTools.Load load) {
        lab.loop().run(() -> false, SETTLE_MS);
        var began = System.nanoTime();
        var before = ProcessClock.cpuNanos(pid);
        lab.loop().run(() -> false, (long) (seconds * 1000) - SETTLE_MS);
        var cpu = ProcessClock.cpuNanos(pid) - before;
        var wall = System.nanoTime() - began;
        heard = load.result();
        return cpu * 100.0 / wall / calls;
    }

    /** Twenty seconds of five voices as µ-law, and as the packets that an Opus phone makes of them. */
    private void writeTalk(Path ulaw, Path packets) {
        try {
            var gsm = Files.readAllBytes(bench.home().resolve("media/src/test/resources/io/allo/media/audio/talk.gsm"));
            var narrow = new short[TALK_FRAMES * Gsm.FRAME_SAMPLES];
            Gsm.CODEC.newDecoder().decode(gsm, 0, TALK_FRAMES * Gsm.FRAME_BYTES, narrow, 0);
            var bytes = new byte[narrow.length];
            G711.ULAW.newEncoder().encode(narrow, 0, narrow.length, bytes, 0);
            Files.write(ulaw, bytes);
            var wide = new short[6 * narrow.length];
            new Resampler(8_000, Opus.RATE).resample(narrow, 0, narrow.length, wide, 0);
            var all = new ByteArrayOutputStream();
            var encoder = Opus.CODEC.newEncoder("useinbandfec=1");
            var packet = new byte[Opus.MOST_BYTES];
            for (var i = 0; i < TALK_FRAMES; i++) {
                var length = encoder.encode(wide, i * 960, 960, packet, 0);
                all.write(length);
                all.write(length >> 8);
                all.write(packet, 0, length);
            }
            encoder.close();
            Files.write(packets, all.toByteArray());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
