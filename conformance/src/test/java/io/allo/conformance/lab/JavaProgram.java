package io.allo.conformance.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * How the lab starts a Java program of this build: on the JDK that runs the tests, its classes in jars, with a start-up cache
 * (JEP 514) as {@code ./allo run} has one. Both are made once in a run of the tests, in which allo starts hundreds of times.
 * Any thread.
 */
public final class JavaProgram {
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    private JavaProgram() {}

    /** The command that runs the main method of a class. */
    public static List<String> command(String mainClass) {
        var command = java();
        if (Made.CACHE != null) {
            command.add("-XX:AOTCache=" + Made.CACHE);
        }
        command.addAll(List.of("-cp", Made.CLASS_PATH, mainClass));
        return command;
    }

    private static List<String> java() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        return command;
    }

    /** What is made at the first use. */
    private static final class Made {
        static final String CLASS_PATH;
        static final Path CACHE;

        static {
            try {
                Path directory = Files.createTempDirectory("allo-lab-classes");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> Tools.run("rm", "-rf", directory.toString())));
                CLASS_PATH = inJars(System.getProperty("java.class.path"), directory);
                CACHE = cache(directory);
            } catch (IOException problem) {
                throw new ExceptionInInitializerError(problem);
            }
        }

        private static String inJars(String classPath, Path directory) {
            var entries = new ArrayList<String>();
            for (String entry : classPath.split(File.pathSeparator)) {
                Path path = Path.of(entry);
                if (Files.isDirectory(path)) {
                    entries.add(jar(path, directory.resolve(entries.size() + ".jar")));
                } else if (Files.exists(path)) {
                    entries.add(entry);
                }
            }
            return String.join(File.pathSeparator, entries);
        }

        private static String jar(Path classes, Path jar) {
            int status = ToolProvider.findFirst("jar")
                    .orElseThrow(() -> new LabException("this JDK has no jar tool"))
                    .run(System.out, System.err, "-c", "-0", "-f", jar.toString(), "-C", classes.toString(), ".");
            if (status != 0) {
                throw new LabException("no jar of " + classes + ": status " + status);
            }
            return jar.toString();
        }

        /** The cache, trained as {@code ./allo} trains its own; null where that fails or hangs, which it says: allo starts without. */
        private static Path cache(Path directory) {
            Path cache = directory.resolve("allo.aot");
            var command = new ArrayList<>(List.of("timeout", "-k", "5", "120"));
            command.addAll(java());
            command.addAll(List.of("-Xlog:disable", "-XX:AOTCacheOutput=" + cache));
            command.addAll(List.of("-cp", CLASS_PATH, "io.allo.server.Main", "rehearse"));
            try {
                Tools.run(command.toArray(String[]::new));
                return cache;
            } catch (LabException problem) {
                System.out.println("allo starts without a start-up cache: " + problem.getMessage());
                return null;
            }
        }
    }
}
