package io.allo.pbx.dialplan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A context being read. Owned by the parser. */
final class ContextDraft {
    /** An extension being read. */
    static final class ExtensionDraft {
        final ExtensionPattern pattern;
        final @Nullable ExtensionPattern callerId;
        final TreeMap<Integer, Priority> priorities = new TreeMap<>();

        @Nullable
        Hint hint;

        ExtensionDraft(ExtensionPattern pattern, @Nullable ExtensionPattern callerId) {
            this.pattern = pattern;
            this.callerId = callerId;
        }

        @Nullable
        Priority labelled(String label) {
            return priorities.values().stream()
                    .filter(priority -> label.equals(priority.label()))
                    .findFirst()
                    .orElse(null);
        }
    }

    private record Key(ExtensionPattern pattern, @Nullable ExtensionPattern callerId) {}

    final String name;
    final List<Include> includes = new ArrayList<>();
    final List<ExtensionPattern> ignoredPatterns = new ArrayList<>();
    final List<String> switches = new ArrayList<>();
    private final Map<Key, ExtensionDraft> extensions = new LinkedHashMap<>();

    ContextDraft(String name) {
        this.name = name;
    }

    /** The extension of this name for these callers, made if it is not there. */
    ExtensionDraft extension(ExtensionPattern pattern, @Nullable ExtensionPattern callerId) {
        return extensions.computeIfAbsent(new Key(pattern, callerId), key -> new ExtensionDraft(pattern, callerId));
    }

    DialplanContext finish() {
        List<Extension> finished = extensions.values().stream()
                .map(draft -> new Extension(draft.pattern, draft.callerId, draft.priorities, draft.hint))
                .toList();
        return new DialplanContext(name, finished, includes, ignoredPatterns, switches);
    }
}
