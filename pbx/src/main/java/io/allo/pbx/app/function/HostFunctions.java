package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.Numbers;
import io.allo.pbx.call.Call;
import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What looks beyond the telephone system: environment, files, programs, configuration. Waits for programs by {@link Errand}. */
final class HostFunctions {

    /** Bytes of a file or of a program's output that are taken. */
    static final int TEXT_LIMIT = 65_536;

    private static final long PROGRAM_LIMIT_MS = 30_000;

    private final FunctionWorld world;

    HostFunctions(FunctionWorld world) {
        this.world = world;
    }

    void register(FunctionTable table) {
        table.readable("ENV", this::environment);
        table.readable("STAT", this::stat);
        table.readable("FILE", this::file);
        table.readable("SHELL", this::shell);
        table.readable("AST_CONFIG", this::configuration);
        table.readable("VERSION", (call, data) -> world.version());
    }

    private boolean isAllowed() {
        return world.allowPrograms();
    }

    private void allow(String what) {
        if (!isAllowed()) {
            throw new DialplanException(
                    what + " from the dialplan: set live_dangerously=yes in asterisk.conf [options] to allow it");
        }
    }

    /** ENV(name): but what may be a secret is given only where the dialplan may do everything. */
    private String environment(Call call, String name) {
        var wanted = name.strip();
        var upper = wanted.toUpperCase(Locale.ROOT);
        var secret = upper.matches(".*(PASS|SECRET|TOKEN|KEY|CREDENTIAL|AUTH|PRIVATE).*");
        if (secret && !isAllowed()) {
            allow("a variable named " + wanted + " can't be read");
        }
        var value = System.getenv(wanted);
        return value == null ? "" : value;
    }

    /** STAT(flag,file): e, d, f: whether it is there, a directory, a file; s: bytes; A, C, M: times; m: permissions. */
    private String stat(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var path = path(arguments.get(1));
        var flag = arguments.get(0).strip();
        try {
            return switch (flag) {
                case "e" -> Files.exists(path) ? "1" : "0";
                case "d" -> Files.isDirectory(path) ? "1" : "0";
                case "f" -> Files.isRegularFile(path) ? "1" : "0";
                case "s" -> String.valueOf(Files.size(path));
                case "M" -> String.valueOf(Files.getLastModifiedTime(path).to(TimeUnit.SECONDS));
                case "A" -> seconds(path, "lastAccessTime");
                case "C" -> seconds(path, "creationTime");
                case "m" -> permissions(path);
                default -> throw new DialplanException("knows e, d, f, s, A, C, M and m, not \"" + flag + "\"");
            };
        } catch (IOException missing) {
            return "0";
        }
    }

    private static String seconds(Path path, String attribute) throws IOException {
        var time = (java.nio.file.attribute.FileTime) Files.getAttribute(path, attribute);
        return String.valueOf(time.to(TimeUnit.SECONDS));
    }

    private static String permissions(Path path) throws IOException {
        var bits = 0;
        for (PosixFilePermission permission : Files.getPosixFilePermissions(path)) {
            bits |= 0400 >> permission.ordinal();
        }
        return Integer.toOctalString(bits);
    }

    private static Path path(String text) {
        try {
            return Path.of(text.strip());
        } catch (InvalidPathException broken) {
            throw new DialplanException("\"" + text + "\" is no name of a file");
        }
    }

    /** FILE(name[,offset[,length[,l]]]): bytes of a file, or with l its lines; both counted from 0, from the end if negative. */
    private String file(Call call, String data) {
        allow("files can't be read");
        var arguments = Arguments.of(data, 4);
        var text = contents(path(arguments.get(0)));
        var offset = Numbers.leadingNumber(arguments.get(1), 0);
        var length = Numbers.leadingNumber(arguments.get(2), Long.MAX_VALUE);
        if (!arguments.get(3).contains("l")) {
            return slice(text, offset, length);
        }
        var lines = text.lines().toList();
        var from = bound(offset, lines.size());
        var to = length < 0 ? bound(length, lines.size()) : Math.min(lines.size(), from + length);
        return String.join("\n", lines.subList((int) from, (int) Math.max(from, to)));
    }

    private static String slice(String text, long offset, long length) {
        var from = bound(offset, text.length());
        var to = length < 0 ? bound(length, text.length()) : from + Math.min(length, text.length() - from);
        return text.substring((int) from, (int) Math.max(from, to));
    }

    private static long bound(long offset, int size) {
        return offset < 0 ? Math.max(0, size + offset) : Math.min(size, offset);
    }

    private static String contents(Path path) {
        try (var stream = Files.newInputStream(path)) {
            return new String(stream.readNBytes(TEXT_LIMIT), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new DialplanException(path + " can't be read: " + unreadable.getMessage());
        }
    }

    /** SHELL(command): what it writes. */
    private String shell(Call call, String command) {
        allow("programs may not be run");
        return Errand.run(call, world.helpers(), PROGRAM_LIMIT_MS + 1_000, () -> output(command));
    }

    private static String output(String command) {
        try {
            var process = new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            var killer = Thread.ofVirtual().start(() -> endLate(process));
            try (var stream = process.getInputStream()) {
                return new String(stream.readNBytes(TEXT_LIMIT), StandardCharsets.UTF_8);
            } finally {
                killer.interrupt();
                process.destroy();
            }
        } catch (IOException failed) {
            throw new DialplanException("the program could not be run: " + failed.getMessage());
        }
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(PROGRAM_LIMIT_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException read) {
            Thread.currentThread().interrupt();
        }
    }

    /** AST_CONFIG(file,section,key[,index]): a value of a configuration file; index -1 is the last. */
    private String configuration(Call call, String data) {
        var arguments = Arguments.of(data, 4);
        var name = arguments.get(0).strip();
        if (name.contains("..") || name.contains("/")) {
            allow("files outside the configuration directory can't be read");
        }
        var index = Numbers.leadingNumber(arguments.get(3), 0);
        var section = new ConfParser(world.configuration())
                .parse(name)
                .section(arguments.get(1).strip());
        var found = section.map(each -> each.all(arguments.get(2).strip())).orElse(java.util.List.of());
        var wanted = index < 0 ? found.size() + index : index;
        return wanted >= 0 && wanted < found.size() ? valueOf(found.get((int) wanted)) : "";
    }

    private static String valueOf(ConfEntry entry) {
        return entry.value();
    }
}
