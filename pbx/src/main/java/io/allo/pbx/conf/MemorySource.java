package io.allo.pbx.conf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/** Configuration files held in memory. Immutable. */
final class MemorySource implements ConfSource {
    private final Map<String, String> textByName;

    MemorySource(Map<String, String> textByName) {
        this.textByName = Map.copyOf(textByName);
    }

    @Override
    public List<String> find(String nameOrPattern) {
        if (!DirectorySource.isPattern(nameOrPattern)) {
            return textByName.containsKey(nameOrPattern) ? List.of(nameOrPattern) : List.of();
        }
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + nameOrPattern);
            return textByName.keySet().stream()
                    .filter(name -> matcher.matches(Path.of(name)))
                    .sorted()
                    .toList();
        } catch (PatternSyntaxException | InvalidPathException e) {
            return List.of();
        }
    }

    @Override
    public byte[] read(String name) throws IOException {
        String text = textByName.get(name);
        if (text == null) throw new IOException("no file " + name);
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
