package io.allo.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The programs in C under bench/native: the relay that allo is measured beside, and both ends of the calls. Main thread. */
record NativeTools(Path folder) {

    /** Builds them if they are not built. */
    static NativeTools build(Path home) {
        var tools = new NativeTools(home.resolve("bench/target/native"));
        try {
            var make = new ProcessBuilder(
                            "make", "-s", "-C", home.resolve("bench/native").toString())
                    .inheritIO()
                    .start();
            if (make.waitFor() != 0) {
                throw new BenchException("bench/native does not build: is there a C compiler?");
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException hurried) {
            throw new BenchException("interrupted", hurried);
        }
        return tools;
    }

    /** Starts the C relay for that many calls and reads the lines with its ports. */
    Relay relay(int calls) {
        try {
            var process = new ProcessBuilder(
                            Cores.measured(folder.resolve("relay").toString(), Integer.toString(calls)))
                    .redirectErrorStream(true)
                    .start();
            var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
            var pairs = new ArrayList<int[]>();
            for (var line = reader.readLine(); line != null && !line.startsWith("relay is"); line = reader.readLine()) {
                var words = line.split(" ", -1);
                pairs.add(new int[] {Integer.parseInt(words[2]), Integer.parseInt(words[3])});
            }
            return new Relay(process, pairs);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** A running C relay. */
    record Relay(Process process, List<int[]> pairs) implements AutoCloseable {
        @Override
        public void close() {
            process.destroy();
        }
    }

    /** The generator's own ports: below those that the kernel gives away and those of rtp.conf. */
    private static final int FIRST_PORT = 9_000;

    /** Starts both ends of the calls: µ-law, or the payload types named. */
    Load load(List<int[]> pairs, double seconds, int typeA, int typeB) {
        return load(pairs, seconds, typeA, typeB, Map.of());
    }

    /** The same as SRTP. */
    Load secureLoad(List<int[]> pairs, double seconds) {
        return load(pairs, seconds, 0, 0, Map.of("SRTP_KEY", CallLoad.SRTP_KEY));
    }

    /** All legs are in one room; so many of them talk, the others send silence. */
    Load roomLoad(List<int[]> pairs, double seconds, int talkers) {
        return load(pairs, seconds, 0, 0, Map.of("TALKERS", Integer.toString(talkers)));
    }

    /** The one leg sends the u-law of a file, the other the Opus packets of another. */
    Load opusLoad(List<int[]> pairs, double seconds, Path ulaw, Path packets) {
        return load(
                pairs, seconds, 0, OPUS_TYPE, Map.of("SOUND_ULAW", ulaw.toString(), "SOUND_OPUS", packets.toString()));
    }

    private static final int OPUS_TYPE = 107;

    private Load load(List<int[]> pairs, double seconds, int typeA, int typeB, Map<String, String> environment) {
        try {
            var ports = Files.createTempFile("allo-bench", ".ports");
            Files.writeString(
                    ports,
                    String.join(
                            "",
                            pairs.stream().map(p -> p[0] + " " + p[1] + "\n").toList()));
            var builder = new ProcessBuilder(
                            folder.resolve("rtpload").toString(),
                            Double.toString(seconds),
                            BenchConfig.HOST,
                            Integer.toString(typeA),
                            Integer.toString(typeB),
                            Integer.toString(FIRST_PORT))
                    .redirectInput(ports.toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            return new Load(builder.start(), ports);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** A running generator. */
    record Load(Process process, Path ports) {

        /** Waits for its end; the line that it prints. */
        Heard result() {
            try {
                var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
                process.waitFor();
                Files.delete(ports);
                return Heard.read(line);
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            } catch (InterruptedException hurried) {
                throw new BenchException("interrupted", hurried);
            }
        }
    }

    /** What the generator heard; delays in microseconds. */
    record Heard(long sent, long received, long foreign, long p50Us, long p99Us, long lateUs) {

        static Heard read(String line) {
            return new Heard(
                    number(line, "sent"),
                    number(line, "received"),
                    number(line, "foreign"),
                    number(line, "p50_us"),
                    number(line, "p99_us"),
                    number(line, "late_us"));
        }

        private static long number(String line, String name) {
            var words = List.of(line.split(" ", -1));
            var at = words.indexOf(name);
            if (at < 0) {
                throw new BenchException("rtpload failed: " + line);
            }
            return Long.parseLong(words.get(at + 1));
        }

        double lostPercent() {
            return sent == 0 ? 100 : (sent - received) * 100.0 / sent;
        }
    }
}
