package io.allo.pbx.dialplan;

import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All contexts of extensions.conf: one snapshot, replaced as a whole by a reload. Immutable; any thread.
 *
 * <p>Looking up goes as in Asterisk: the context's own extensions, best match first, then its includes in order and to
 * their depth. An extension that matches but lacks the wanted priority does not end the search, so a call may fall from
 * one extension's priorities into those of a less specific pattern. No context is looked into twice.
 */
public final class Dialplan {
    /** A dialplan without any context. */
    public static final Dialplan EMPTY = new Dialplan(DialplanSettings.DEFAULT, Map.of(), List.of());

    /**
     * What a search found.
     *
     * @param context the context it is written in, perhaps an included one
     * @param extension the extension, perhaps a pattern
     * @param priority the priority to run
     */
    public record Found(DialplanContext context, Extension extension, Priority priority) {}

    private final DialplanSettings settings;
    private final Map<String, String> globals;
    private final Map<String, DialplanContext> contexts = new LinkedHashMap<>();

    Dialplan(DialplanSettings settings, Map<String, String> globals, List<DialplanContext> contexts) {
        this.settings = settings;
        this.globals = Collections.unmodifiableMap(new LinkedHashMap<>(globals));
        for (DialplanContext context : contexts) this.contexts.put(context.name(), context);
    }

    /** The settings of {@code [general]}. */
    public DialplanSettings settings() {
        return settings;
    }

    /** The variables of {@code [globals]}, in order. */
    public Map<String, String> globals() {
        return globals;
    }

    /** All contexts in the order of their first headers. */
    public List<DialplanContext> contexts() {
        return List.copyOf(contexts.values());
    }

    /** A context by its name; case matters. */
    public Optional<DialplanContext> context(String name) {
        return Optional.ofNullable(contexts.get(name));
    }

    /**
     * The priority of a number that a call is to run.
     *
     * @param callerNumber the caller's number, empty if unknown
     * @param now the moment, for timed includes
     */
    public Optional<Found> find(
            String context, String extension, int priority, String callerNumber, ZonedDateTime now) {
        return search(context, extension, callerNumber, include -> include.holds(now), each -> each.priority(priority));
    }

    /** The priority of a label. */
    public Optional<Found> findLabel(
            String context, String extension, String label, String callerNumber, ZonedDateTime now) {
        return search(context, extension, callerNumber, include -> include.holds(now), each -> each.labelled(label));
    }

    /** Whether an extension can be dialed: it has priority 1. */
    public boolean exists(String context, String extension, String callerNumber, ZonedDateTime now) {
        return find(context, extension, 1, callerNumber, now).isPresent();
    }

    /** A priority of a number without regard to time and caller: whether a place can be there at all. */
    public Optional<Found> findEver(String context, String extension, Function<Extension, Optional<Priority>> wanted) {
        var seen = new HashSet<String>();
        return walk(
                context,
                seen,
                include -> true,
                each -> each.matching(extension)
                        .flatMap(
                                found -> wanted.apply(found).stream().map(priority -> new Found(each, found, priority)))
                        .findFirst());
    }

    /** The hint of an extension. */
    public Optional<Hint> hint(String context, String extension, ZonedDateTime now) {
        var seen = new HashSet<String>();
        return walk(
                context,
                seen,
                include -> include.holds(now),
                each -> each.matching(extension)
                        .flatMap(found -> found.hint().stream())
                        .findFirst());
    }

    /** Whether digits, as they are or with more to come, lead to an extension. */
    public boolean canMatch(String context, String digits, String callerNumber, ZonedDateTime now) {
        var seen = new HashSet<String>();
        return walk(context, seen, include -> include.holds(now), each -> canMatch(each, digits, callerNumber))
                .isPresent();
    }

    private static Optional<Boolean> canMatch(DialplanContext context, String digits, String callerNumber) {
        boolean can = context.extensions().stream()
                .anyMatch(each -> each.pattern().match(digits) != ExtensionPattern.Match.NONE
                        && each.isFor(callerNumber)
                        && each.priority(1).isPresent());
        return can ? Optional.of(true) : Optional.empty();
    }

    /**
     * Whether more digits could lead to an extension, so that it is worth waiting for them. A pattern that ends in {@code !}
     * and matches says no for its context, unless a better one says yes.
     */
    public boolean matchMore(String context, String digits, String callerNumber, ZonedDateTime now) {
        var seen = new HashSet<String>();
        return walk(context, seen, include -> include.holds(now), each -> matchMore(each, digits, callerNumber))
                .isPresent();
    }

    private static Optional<Boolean> matchMore(DialplanContext context, String digits, String callerNumber) {
        for (Extension each : context.extensions()) {
            ExtensionPattern.Match match = each.pattern().match(digits);
            if (match == ExtensionPattern.Match.NONE || !each.isFor(callerNumber)) continue;
            if (match == ExtensionPattern.Match.EARLY) return Optional.empty();
            boolean more = match == ExtensionPattern.Match.PARTIAL || match == ExtensionPattern.Match.OPEN;
            if (more && each.priority(1).isPresent()) return Optional.of(true);
        }
        return Optional.empty();
    }

    /** Whether dial tone goes on after these digits. */
    public boolean ignoresPattern(String context, String digits) {
        DialplanContext found = contexts.get(context);
        return found != null && found.ignoredPatterns().stream().anyMatch(pattern -> pattern.matches(digits));
    }

    private Optional<Found> search(
            String context,
            String extension,
            String callerNumber,
            Predicate<Include> counts,
            Function<Extension, Optional<Priority>> wanted) {
        return walk(
                context,
                new HashSet<>(),
                counts,
                each -> each.matching(extension)
                        .filter(found -> found.isFor(callerNumber))
                        .flatMap(
                                found -> wanted.apply(found).stream().map(priority -> new Found(each, found, priority)))
                        .findFirst());
    }

    /** Asks a context, then those it includes, depth first and each once, until one answers. */
    private <T> Optional<T> walk(
            String context,
            Set<String> seen,
            Predicate<Include> counts,
            Function<DialplanContext, Optional<T>> question) {
        DialplanContext here = contexts.get(context);
        if (here == null || seen.size() >= MAX_CONTEXTS_SEARCHED || !seen.add(context)) return Optional.empty();
        Optional<T> answer = question.apply(here);
        if (answer.isPresent()) return answer;
        for (Include include : here.includes()) {
            if (!counts.test(include)) continue;
            Optional<T> deeper = walk(include.context(), seen, counts, question);
            if (deeper.isPresent()) return deeper;
        }
        return Optional.empty();
    }

    /** How many contexts one search looks into through includes; Asterisk's limit is 128. */
    public static final int MAX_CONTEXTS_SEARCHED = 1_000;
}
