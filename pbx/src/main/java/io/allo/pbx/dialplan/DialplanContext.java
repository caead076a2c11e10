package io.allo.pbx.dialplan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A context: extensions that may be dialed from one place, and the contexts it includes. Immutable. */
public final class DialplanContext {
    private final String name;
    private final List<Extension> extensions;
    private final Map<String, List<Extension>> plain = new HashMap<>();
    private final List<Extension> patterns;
    private final List<Include> includes;
    private final List<ExtensionPattern> ignoredPatterns;
    private final List<String> switches;

    DialplanContext(
            String name,
            List<Extension> extensions,
            List<Include> includes,
            List<ExtensionPattern> ignoredPatterns,
            List<String> switches) {
        this.name = name;
        this.extensions = extensions.stream().sorted().toList();
        this.patterns = this.extensions.stream()
                .filter(extension -> extension.pattern().isPattern())
                .toList();
        this.includes = List.copyOf(includes);
        this.ignoredPatterns = List.copyOf(ignoredPatterns);
        this.switches = List.copyOf(switches);
        for (Extension extension : this.extensions) {
            if (extension.pattern().isPattern()) continue;
            plain.computeIfAbsent(key(extension.pattern().text()), key -> new ArrayList<>())
                    .add(extension);
        }
    }

    private static String key(String extensionName) {
        return extensionName.replace("-", "");
    }

    /** Its name; case matters. */
    public String name() {
        return name;
    }

    /** Its own extensions in the order in which they are tried. */
    public List<Extension> extensions() {
        return extensions;
    }

    /** The contexts it includes, in the order written. */
    public List<Include> includes() {
        return includes;
    }

    /** After which digits dial tone goes on ({@code ignorepat}). */
    public List<ExtensionPattern> ignoredPatterns() {
        return ignoredPatterns;
    }

    /** Its {@code switch} lines, which allo does not follow. */
    public List<String> switches() {
        return switches;
    }

    /** Its own extensions that match a number as it is, best first; callers not yet considered. */
    Stream<Extension> matching(String number) {
        return Stream.concat(
                plain.getOrDefault(key(number), List.of()).stream(),
                patterns.stream().filter(extension -> extension.pattern().matches(number)));
    }

    @Override
    public String toString() {
        return name;
    }
}
