package io.allo.bench;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/** How long from the command to the first OPTIONS answered, and what that costs. Main thread. */
final class StartMeasure {

    private final Bench bench;

    StartMeasure(Bench bench) {
        this.bench = bench;
    }

    void run() {
        var rounds = bench.quick() ? 2 : 7;
        var seconds = new double[rounds];
        var cpuSeconds = new double[rounds];
        var residentMb = new double[rounds];
        for (var i = 0; i < rounds; i++) {
            try (var loop = new LoadLoop()) {
                var config = bench.config("start", Bench.freePort());
                var answered = new AtomicBoolean();
                var socket = loop.open(answer -> answered.set(true));
                var began = System.nanoTime();
                try (var allo =
                        AlloServer.launch(Cores.all(bench.command().toString()), config, bench.folder("start"))) {
                    ask(loop, socket, config.port(), answered);
                    if (!loop.run(answered::get, LIMIT_MS)) {
                        throw new BenchException("allo did not answer an OPTIONS within " + LIMIT_MS + " ms");
                    }
                    seconds[i] = (System.nanoTime() - began) / 1e9;
                    cpuSeconds[i] = allo.cpuNanos() / 1e9;
                    residentMb[i] = allo.residentKb() / 1024.0;
                }
            }
            Bench.say("start %d: %.2f s, CPU %.2f s", i + 1, seconds[i], cpuSeconds[i]);
        }
        bench.figure(
                "start to first OPTIONS answered",
                Figure.median(seconds),
                "s",
                1.5,
                "Asterisk 0.75 s; with " + BenchConfig.USERS + " phones in pjsip.conf; wall clock");
        bench.figure("CPU of a start", Figure.median(cpuSeconds), "s", "");
        bench.figure("resident memory after the start", Figure.median(residentMb), "MB", "Asterisk 84 MB");
    }

    private static void ask(LoadLoop loop, LoadLoop.Socket socket, int port, AtomicBoolean answered) {
        if (answered.get()) {
            return;
        }
        socket.send(
                "OPTIONS sip:" + BenchConfig.HOST + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/UDP " + BenchConfig.HOST + ":" + socket.port() + ";branch=z9hG4bKo"
                        + System.nanoTime() + ";rport\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "From: <sip:u0001@" + BenchConfig.HOST + ">;tag=o\r\n"
                        + "To: <sip:" + BenchConfig.HOST + ">\r\n"
                        + "Call-ID: options@bench\r\n"
                        + "CSeq: 1 OPTIONS\r\n"
                        + "Content-Length: 0\r\n\r\n",
                new InetSocketAddress(BenchConfig.HOST, port));
        loop.after(STEP_NANOS, () -> ask(loop, socket, port, answered));
    }

    private static final long LIMIT_MS = 30_000;
    private static final long STEP_NANOS = 10_000_000;
}
