package io.allo.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./dev bench [--quick] [--keep] [start] [registration] [call] [relay] [transcoded] [opus] [opus-java] [conference] [secure] [tls] [dtls] [memory] [flat]
 * [recorded] [play] [music] [speech]}: measures allo, all
 * or what is named, and prints a table; a whole run, or {@code --keep}, also writes it to bench/results. Main thread.
 */
public final class Main {

    private static final List<String> ALL = List.of(
            "start",
            "registration",
            "call",
            "relay",
            "transcoded",
            "opus",
            "opus-java",
            "conference",
            "secure",
            "tls",
            "dtls",
            "memory",
            "flat",
            "recorded",
            "play",
            "music",
            "speech");

    private Main() {}

    /** Runs the measurements named. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var options = new ArrayList<>(List.of(arguments));
        var quick = options.remove("--quick");
        var keep = options.remove("--keep");
        if (!ALL.containsAll(options)) {
            System.err.println("usage: ./dev bench [--quick] [--keep] [" + String.join("|", ALL) + "]...");
            System.exit(2);
        }
        var home = Path.of("").toAbsolutePath();
        var report = new Report(home);
        var bench = new Bench(home, quick, report::add);
        var built = new ProcessBuilder(Cores.all(bench.command().toString(), "version"))
                .inheritIO()
                .start();
        if (built.waitFor() != 0) {
            System.exit(1);
        }
        var wanted = options.isEmpty() ? ALL : List.copyOf(options);
        var whole = true;
        for (var name : wanted) {
            Bench.say("--- %s (load average %s)", name, Machine.loadAverage());
            try {
                measure(name, bench);
            } catch (BenchException impossible) {
                whole = false;
                System.err.println(name + ": " + impossible.getMessage());
            }
        }
        System.out.println("\n" + report.page());
        if (keep || options.isEmpty() && !quick && whole) {
            System.out.println("kept in " + home.relativize(report.keep()));
        }
        System.exit(whole ? 0 : 1);
    }

    private static void measure(String name, Bench bench) {
        switch (name) {
            case "start" -> new StartMeasure(bench).run();
            case "registration" -> new SignallingMeasure(bench).registrations();
            case "call" -> new SignallingMeasure(bench).calls();
            case "relay" -> new MediaMeasure(bench).relay();
            case Bench.SECURE -> new MediaMeasure(bench).secure();
            case "tls" -> new HandshakeMeasure(bench).tls();
            case "dtls" -> new HandshakeMeasure(bench).dtls();
            case "transcoded" -> new MediaMeasure(bench).transcoded();
            case "opus" -> new OpusMeasure(bench).calls();
            case "opus-java" -> new OpusMeasure(bench).callsInJava();
            case "conference" -> new MediaMeasure(bench).conference();
            case "memory" -> new MediaMeasure(bench).memory();
            case "recorded" -> new MediaMeasure(bench).recorded();
            case "play" -> new VoiceMeasure(bench).play();
            case "music" -> new VoiceMeasure(bench).music();
            case "speech" -> new VoiceMeasure(bench).speech();
            case "flat" -> new SignallingMeasure(bench).heapOverManyCalls();
            default -> throw new BenchException("no such measurement: " + name);
        }
    }
}
