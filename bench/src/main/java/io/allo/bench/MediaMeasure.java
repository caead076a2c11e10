package io.allo.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call's sound costs allo: relayed, beside the C relay in the same run; transcoded; in memory. Main thread. */
final class MediaMeasure {

    private final Bench bench;
    private final NativeTools tools;
    private final double seconds;

    MediaMeasure(Bench bench) {
        this.bench = bench;
        this.tools = NativeTools.build(bench.home());
        this.seconds = bench.quick() ? 4 : 8;
    }

    /** Percent of a core for each call, bytes that allo's media thread allocated for a packet that came, and what the other end heard. */
    private record Load(double percentPerCall, double bytesPerPacket, NativeTools.Heard heard) {}

    void relay() {
        try (var lab = bench.lab("relay")) {
            var standing = 0;
            warm(lab);
            for (var calls : bench.quick() ? new int[] {50, 200} : new int[] {50, 200, 500}) {
                lab.calls().establish(standing, calls, 50, BenchConfig.RELAYED);
                standing = calls;
                relay(lab, calls);
            }
        }
    }

    /** The media loop's code is compiled before it is measured; so is the ending of calls. */
    private void warm(Bench.Lab lab) {
        lab.calls().warmUp(200);
        lab.calls().establish(0, 100, 50, BenchConfig.RELAYED);
        load(lab.allo().pid(), lab.calls().portPairs(), bench.quick() ? 5 : 12, 0, 0, lab);
        lab.calls().hangUpAll(100);
    }

    private void relay(Bench.Lab lab, int calls) {
        var rounds = bench.quick() ? 1 : 3;
        var ours = new double[rounds];
        var floor = new double[rounds];
        var bytes = new double[rounds];
        var heard = "";
        var threads = "";
        var whole = true;
        for (var i = 0; i < rounds; i++) {
            try (var relay = tools.relay(calls)) {
                floor[i] = load(relay.process().pid(), relay.pairs(), seconds, 0, 0, lab).percentPerCall;
            }
            var pairs = lab.calls().portPairs();
            if (pairs.size() != calls) {
                throw new BenchException("only " + pairs.size() + " of " + calls + " calls have ports");
            }
            var byThread = lab.allo().cpuByThread();
            var load = load(lab.allo().pid(), pairs, seconds, 0, 0, lab);
            threads = lab.allo().threadsSince(byThread);
            bytes[i] = load.bytesPerPacket;
            ours[i] = load.percentPerCall;
            whole &= load.heard.lostPercent() <= TOLERATED_LOSS_PERCENT;
            heard = "lost %.3f %%, foreign %d, delay p50 %.2f ms, p99 %.2f ms, generator late %.1f ms"
                    .formatted(
                            load.heard.lostPercent(),
                            load.heard.foreign(),
                            load.heard.p50Us() / 1000.0,
                            load.heard.p99Us() / 1000.0,
                            load.heard.lateUs() / 1000.0);
            Bench.say(
                    "%d calls, %d: allo %.4f %%, C relay %.4f %% of a core a call; %.2f bytes a packet; %s; %s",
                    calls, i + 1, ours[i], floor[i], bytes[i], heard, threads);
        }
        var name = calls + " relayed calls: ";
        bench.figure(
                name + "allo, each", Figure.median(ours), "% of a core", "Asterisk 0.24, rtpengine 0.14; " + heard);
        bench.figure(name + "the C relay, each", Figure.median(floor), "% of a core", "same run, same generator");
        var ratio = Figure.median(ours) / Figure.median(floor);
        if (whole) {
            bench.figure(name + "allo against the C relay", ratio, "times", 1.5, threads);
        } else {
            bench.figure(
                    name + "allo against the C relay", ratio, "times", "NOT VALID, packets lost: machine too busy");
        }
        bench.figure(
                name + "allocated by the media thread",
                Figure.median(bytes),
                "bytes a packet",
                0.5,
                "RTCP reports included");
    }

    /** SRTP with SDES keys on both sides, each with its own: every packet is decrypted and encrypted again. */
    void secure() {
        var calls = 100;
        var rounds = bench.quick() ? 1 : 3;
        try (var lab = bench.lab(Bench.SECURE)) {
            lab.calls().warmUp(200);
            lab.calls().establish(0, calls, 50, BenchConfig.RELAYED);
            var pairs = lab.calls().portPairs();
            var floor = relay(lab, calls, rounds);
            secureLoad(pairs, bench.quick() ? 10 : 20, lab);
            var percent = new double[rounds];
            var bytes = new double[rounds];
            for (var i = 0; i < rounds; i++) {
                var load = secureLoad(pairs, seconds, lab);
                if (load.heard.lostPercent() > TOLERATED_LOSS_PERCENT) {
                    throw new BenchException(
                            "%.1f %% of the SRTP packets were lost".formatted(load.heard.lostPercent()));
                }
                bytes[i] = load.bytesPerPacket;
                percent[i] = load.percentPerCall;
                Bench.say(
                        "SRTP, %d: %.3f %% of a core a call; %.2f bytes a packet; lost %.2f %%",
                        i + 1, percent[i], bytes[i], load.heard.lostPercent());
            }
            bench.figure(
                    calls + " SRTP calls (SDES both legs), each",
                    Figure.median(percent),
                    "% of a core",
                    0.15,
                    "Asterisk 0.90; AES_CM_128_HMAC_SHA1_80");
            CRelay.figure(bench, "the same", Figure.median(percent), floor);
            bench.figure(
                    calls + " SRTP calls: allocated by the media thread",
                    Figure.median(bytes),
                    "bytes a packet",
                    0.5,
                    "RTCP reports included");
        }
    }

    private Load secureLoad(List<int[]> pairs, double length, Bench.Lab lab) {
        return load(lab.allo().pid(), pairs, length, lab, tools.secureLoad(pairs, length));
    }

    void transcoded() {
        var calls = 100;
        try (var lab = bench.lab("transcoded")) {
            lab.calls().warmUp(200);
            transcoded(lab, calls, BenchConfig.TO_ALAW, 8, "µ-law to A-law", "Asterisk 0.35", null);
            transcoded(lab, calls, BenchConfig.TO_G722, 9, "µ-law to G.722", "Asterisk 0.60", 0.2);
        }
    }

    /** Relayed calls of which both sides go into a file of their own (MixMonitor). */
    void recorded() {
        var calls = 100;
        var rounds = bench.quick() ? 1 : 3;
        try (var lab = bench.lab("recorded")) {
            warm(lab);
            lab.calls().establish(0, calls, 50, BenchConfig.RECORDED);
            var pairs = lab.calls().portPairs();
            var floor = relay(lab, calls, rounds);
            load(lab.allo().pid(), pairs, bench.quick() ? 4 : 10, 0, 0, lab);
            var percent = new double[rounds];
            var threads = "";
            for (var i = 0; i < rounds; i++) {
                var byThread = lab.allo().cpuByThread();
                var load = load(lab.allo().pid(), pairs, seconds, 0, 0, lab);
                threads = lab.allo().threadsSince(byThread);
                percent[i] = load.percentPerCall;
                Bench.say(
                        "recorded, %d: %.3f %% of a core a call; lost %.2f %%; %s",
                        i + 1, percent[i], load.heard.lostPercent(), threads);
            }
            bench.figure(
                    calls + " recorded calls, each",
                    Figure.median(percent),
                    "% of a core",
                    0.2,
                    "Asterisk 0.69; " + threads);
            CRelay.figure(bench, "the same", Figure.median(percent), floor);
            lab.calls().hangUpAll(100);
        }
    }

    private void transcoded(
            Bench.Lab lab, int calls, String extension, int type, String name, String beside, @Nullable Double target) {
        var rounds = bench.quick() ? 1 : 3;
        lab.calls().establish(0, calls, 50, extension);
        var pairs = lab.calls().portPairs();
        var floor = relay(lab, calls, rounds);
        load(lab.allo().pid(), pairs, bench.quick() ? 4 : 10, 0, type, lab);
        var percent = new double[rounds];
        var bytes = 0.0;
        for (var i = 0; i < rounds; i++) {
            var load = load(lab.allo().pid(), pairs, seconds, 0, type, lab);
            bytes = load.bytesPerPacket;
            percent[i] = load.percentPerCall;
            Bench.say(
                    "%s, %d: %.3f %% of a core a call; %.2f bytes a packet; lost %.2f %%",
                    name, i + 1, percent[i], bytes, load.heard.lostPercent());
        }
        var ours = Figure.median(percent);
        var what = calls + " transcoded calls, " + name + ", each";
        var how = "%s; %.2f bytes allocated a packet".formatted(beside, bytes);
        if (target == null) {
            bench.figure(what, ours, "% of a core", how);
        } else {
            bench.figure(what, ours, "% of a core", target, how);
        }
        CRelay.figure(bench, "the same", ours, floor);
        lab.calls().hangUpAll(100);
    }

    /** Somebody in a room of fifty, who talk all at once, or three of them: µ-law, mixed at 8 kHz. */
    void conference() {
        var members = 50;
        try (var lab = bench.lab("conference")) {
            lab.calls().warmUp(200);
            var floor =
                    relay(lab, members / 2, bench.quick() ? 2 : 3) / 2; // one leg of it, and first: a room never rests
            lab.calls().establish(0, members, 20, BenchConfig.ROOM);
            var ports = lab.calls().callerPorts();
            var pairs = new ArrayList<int[]>();
            for (var i = 0; i + 1 < ports.size(); i += 2) {
                pairs.add(new int[] {ports.get(i), ports.get(i + 1)});
            }
            if (pairs.size() * 2 != members) {
                throw new BenchException("only " + ports.size() + " of " + members + " are in the room");
            }
            room(lab, pairs, 3, floor);
            room(lab, pairs, members, floor);
        }
    }

    /** What the C relay takes for each of as many calls. */
    private double relay(Bench.Lab lab, int calls, int rounds) {
        return new CRelay(tools, seconds, rounds).percentPerCall(calls, lab);
    }

    private void room(Bench.Lab lab, List<int[]> pairs, int talkers, double floor) {
        var rounds = bench.quick() ? 2 : 3;
        var each = new double[rounds];
        var bytes = new double[rounds];
        var lost = 0.0;
        var threads = "";
        roomLoad(lab, pairs, talkers, bench.quick() ? 6.0 : 12.0);
        for (var i = 0; i < rounds; i++) {
            var byThread = lab.allo().cpuByThread();
            var load = roomLoad(lab, pairs, talkers, seconds);
            threads = lab.allo().threadsSince(byThread);
            bytes[i] = load.bytesPerPacket;
            each[i] = load.percentPerCall / 2;
            lost = Math.max(lost, load.heard.lostPercent());
            Bench.say(
                    "a room of %d, %d talk, %d: %.4f %% of a core a member, C relay %.4f %% a leg; %.2f bytes a packet; lost %.2f %%; %s",
                    2 * pairs.size(), talkers, i + 1, each[i], floor, bytes[i], load.heard.lostPercent(), threads);
        }
        var name = "a room of " + 2 * pairs.size() + ", " + talkers + " talk: ";
        var ours = Figure.median(each);
        if (lost > TOLERATED_LOSS_PERCENT) {
            bench.figure(name + "each member", ours, "% of a core", "NOT VALID, packets lost: machine too busy");
            return;
        }
        bench.figure(name + "each member", ours, "% of a core", 0.12, "Asterisk 0.38; " + threads);
        bench.figure(
                name + "against a leg of the C relay", ours / floor, "times", "%.4f %% of a core".formatted(floor));
        bench.figure(
                name + "allocated by the media thread",
                Figure.median(bytes),
                "bytes a packet",
                0.5,
                "RTCP reports included");
    }

    private Load roomLoad(Bench.Lab lab, List<int[]> pairs, int talkers, double length) {
        return load(lab.allo().pid(), pairs, length, lab, tools.roomLoad(pairs, length, talkers));
    }

    /** Heap that a standing call holds, its sound flowing. */
    void memory() {
        var calls = bench.quick() ? 200 : 500;
        try (var lab = bench.lab("memory")) {
            lab.calls().warmUp(200);
            lab.calls().establish(0, calls, 50, BenchConfig.RELAYED);
            load(lab.allo().pid(), lab.calls().portPairs(), 3, 0, 0, lab);
            lab.calls().hangUpAll(100);
            lab.loop().run(() -> false, TRANSACTIONS_OVER_MS);
            var before = lab.allo().heapBytes();
            var residentBefore = lab.allo().residentKb();
            lab.calls().establish(0, calls, 50, BenchConfig.RELAYED);
            var pairs = lab.calls().portPairs();
            var generator = tools.load(pairs, TRANSACTIONS_OVER_MS / 1000.0 + 3, 0, 0);
            lab.loop().run(() -> false, TRANSACTIONS_OVER_MS);
            var after = lab.allo().heapBytes();
            var residentAfter = lab.allo().residentKb();
            generator.result();
            bench.figure(
                    "heap of a relayed call, " + calls + " calls",
                    (after - before) / 1024.0 / calls,
                    "KB",
                    60.0,
                    "after a collection, 36 s into the calls; %.0f MB of heap before; resident %.0f KB a call more (Asterisk 440, rtpengine 50)"
                            .formatted(before / 1048576.0, (residentAfter - residentBefore) / (double) calls));
        }
    }

    /** Sends sound through the ports and takes the process's processor time while it is steady. */
    private Load load(long pid, List<int[]> pairs, double length, int typeA, int typeB, Bench.Lab lab) {
        return load(pid, pairs, length, lab, tools.load(pairs, length, typeA, typeB));
    }

    private Load load(long pid, List<int[]> pairs, double length, Bench.Lab lab, NativeTools.Load generator) {
        lab.loop().run(() -> false, SETTLE_MS);
        var allo = pid == lab.allo().pid();
        var allocated = allo ? lab.allo().mediaAllocatedBytes() : 0; // behind the beginnings of the streams
        var began = System.nanoTime();
        var before = ProcessClock.cpuNanos(pid);
        lab.loop().run(() -> false, (long) (length * 1000) - SETTLE_MS);
        var cpu = ProcessClock.cpuNanos(pid) - before;
        var wall = System.nanoTime() - began;
        var packets = 2 * pairs.size() * PACKETS_A_SECOND * wall / 1e9;
        var bytes = allo ? (lab.allo().mediaAllocatedBytes() - allocated) / packets : 0;
        return new Load(cpu * 100.0 / wall / pairs.size(), bytes, generator.result());
    }

    private static final double PACKETS_A_SECOND = 50;

    private static final long SETTLE_MS = 1_000;

    /** Beyond this the generator or the relay did not get the processor, and the figures say nothing. */
    private static final double TOLERATED_LOSS_PERCENT = 1;

    private static final long TRANSACTIONS_OVER_MS = 36_000;
}
