package io.allo.pbx.conf;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** A configuration directory on disk. Immutable; reads anew at every call. */
final class DirectorySource implements ConfSource {
    private static final String GLOB_CHARACTERS = "*?[{";

    private final Path directory;

    DirectorySource(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public List<String> find(String nameOrPattern) throws IOException {
        try {
            if (!isPattern(nameOrPattern)) {
                Path path = directory.resolve(nameOrPattern).normalize();
                return Files.isRegularFile(path) ? List.of(nameOf(path)) : List.of();
            }
            return matches(nameOrPattern);
        } catch (InvalidPathException | PatternSyntaxException e) {
            return List.of();
        }
    }

    @Override
    public byte[] read(String name) throws IOException {
        Path path = directory.resolve(name).normalize();
        long sizeBytes = Files.size(path);
        if (sizeBytes > ConfParser.MAX_FILE_BYTES) {
            throw new IOException(name + " has " + sizeBytes + " bytes; the limit is " + ConfParser.MAX_FILE_BYTES);
        }
        return Files.readAllBytes(path);
    }

    /** Walks from the last directory that has no glob character in its name, so deep patterns stay cheap. */
    private List<String> matches(String pattern) throws IOException {
        String[] steps = pattern.split("/", -1);
        Path start = pattern.startsWith("/") ? Path.of("/") : directory;
        int step = 0;
        while (step < steps.length - 1 && !isPattern(steps[step])) start = start.resolve(steps[step++]);
        List<Path> found = List.of(start.normalize());
        for (; step < steps.length; step++) {
            List<Path> next = new ArrayList<>();
            for (Path place : found) next.addAll(children(place, steps[step]));
            found = next;
        }
        return found.stream()
                .filter(Files::isRegularFile)
                .map(this::nameOf)
                .sorted()
                .toList();
    }

    private static List<Path> children(Path place, String step) throws IOException {
        if (!Files.isDirectory(place)) return List.of();
        if (step.isEmpty()) return List.of(place);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + step);
        boolean hidden = step.startsWith(".");
        try (Stream<Path> list = Files.list(place)) {
            return list.filter(path -> {
                        Path name = path.getFileName();
                        return name != null
                                && matcher.matches(name)
                                && (hidden || !name.toString().startsWith("."));
                    })
                    .toList();
        }
    }

    private String nameOf(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(directory) ? directory.relativize(absolute).toString() : absolute.toString();
    }

    static boolean isPattern(String name) {
        return name.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
    }
}
