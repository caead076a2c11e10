package io.allo.pbx.dialplan;

import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An extension of a context: a name or pattern, perhaps for certain callers only, and its priorities. Immutable.
 *
 * <p>The order is the one in which they are tried: by pattern, and of equal patterns those for certain callers first.
 */
public final class Extension implements Comparable<Extension> {
    private static final Comparator<Extension> ORDER = Comparator.comparing(Extension::pattern)
            .thenComparing(Extension::callerId, Comparator.nullsLast(Comparator.naturalOrder()));

    private final ExtensionPattern pattern;
    private final @Nullable ExtensionPattern callerId;
    private final NavigableMap<Integer, Priority> priorities;
    private final @Nullable Hint hint;

    Extension(
            ExtensionPattern pattern,
            @Nullable ExtensionPattern callerId,
            NavigableMap<Integer, Priority> priorities,
            @Nullable Hint hint) {
        this.pattern = pattern;
        this.callerId = callerId;
        this.priorities = Collections.unmodifiableNavigableMap(new TreeMap<>(priorities));
        this.hint = hint;
    }

    /** Its name or pattern. */
    public ExtensionPattern pattern() {
        return pattern;
    }

    /** The callers it is for, as in {@code 100/_0033X.}; null for all. An empty one means callers without a number. */
    public @Nullable ExtensionPattern callerId() {
        return callerId;
    }

    /** Its priorities by number, ascending; numbers may be missing. */
    public NavigableMap<Integer, Priority> priorities() {
        return priorities;
    }

    /** The priority of a number. */
    public Optional<Priority> priority(int number) {
        return Optional.ofNullable(priorities.get(number));
    }

    /** The priority of a label; case matters. */
    public Optional<Priority> labelled(String label) {
        return priorities.values().stream()
                .filter(priority -> label.equals(priority.label()))
                .findFirst();
    }

    /** Its hint, where it has one. */
    public Optional<Hint> hint() {
        return Optional.ofNullable(hint);
    }

    /** Whether it is for a caller of this number; empty for one without. */
    public boolean isFor(String callerNumber) {
        if (callerId == null) return true;
        if (callerNumber.isEmpty()) return callerId.text().isEmpty();
        return callerId.matches(callerNumber);
    }

    /** As written: {@code 100} or {@code 100/5551234}. */
    public String name() {
        return callerId == null ? pattern.text() : pattern.text() + "/" + callerId.text();
    }

    @Override
    public int compareTo(Extension other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Extension that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
