package io.allo.pbx.conf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one section strictly into values: every option that is asked for becomes known, and {@link #finish} reports the
 * rest.
 *
 * <pre>{@code
 * var reader = new SectionReader(section, problems::add);
 * var aor = new AorSettings(
 *         section.name(),
 *         reader.value("max_contacts", OptionType.integer(0, 1000), 1),
 *         reader.value("remove_existing", OptionType.YES_NO, false));
 * reader.inert("voicemail_extension", new Text("no part of allo reads it yet", "..."));
 * reader.finish();
 * }</pre>
 *
 * <p>A wrong value is an error and the fallback is taken; an unknown option is a warning with "did you mean"; an option
 * for one value that the section itself writes twice is a warning and the last counts. Keys are compared without regard
 * to case. Owned by the thread that reads the configuration.
 */
public final class SectionReader {
    private final ConfSection section;
    private final Consumer<ConfProblem> problems;
    private final Map<String, List<ConfEntry>> byKey = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    /** Reads the keys of {@code section}; what is wrong with them goes to {@code problems}, and the default stands. */
    public SectionReader(ConfSection section, Consumer<ConfProblem> problems) {
        this.section = section;
        this.problems = problems;
        for (ConfEntry entry : section.entries()) {
            byKey.computeIfAbsent(folded(entry.key()), key -> new ArrayList<>(2))
                    .add(entry);
        }
    }

    /** The section being read. */
    public ConfSection section() {
        return section;
    }

    /** The value of an option, or {@code fallback} where it is missing or wrong. */
    public <T> T value(String name, OptionType<T> type, T fallback) {
        return read(List.of(name), type).orElse(fallback);
    }

    /** The value of a documented option. */
    public <T> T value(Option<T> option) {
        return read(names(option), option.type()).orElse(option.fallback());
    }

    /** The value of an option without a default: empty where it is missing or wrong. */
    public <T> Optional<T> optional(String name, OptionType<T> type) {
        return read(List.of(name), type);
    }

    /** The value of an option that must be there: missing is an error, and then empty. */
    public <T> Optional<T> required(String name, OptionType<T> type) {
        if (entry(name).isEmpty()) {
            problems.accept(ConfProblem.error(
                    section.file(),
                    section.line(),
                    "option-missing",
                    new Text(
                            "[" + section.name() + "] needs the option " + name,
                            "[" + section.name() + "] a besoin de l'option " + name),
                    new Text(
                            "accepted: " + type.accepted().en(),
                            "accepté : " + type.accepted().fr())));
        }
        return read(List.of(name), type);
    }

    /** All values of an option that may be repeated, in order; wrong ones are reported and left out. */
    public <T> List<T> values(String name, OptionType<T> type) {
        var values = new ArrayList<T>();
        for (ConfEntry entry : entries(name)) read(entry, type).ifPresent(values::add);
        return List.copyOf(values);
    }

    /** {@code yes} or {@code no}. */
    public boolean yesNo(String name, boolean fallback) {
        return value(name, OptionType.YES_NO, fallback);
    }

    /** A whole number from {@code min} to {@code max}. */
    public int integer(String name, int fallback, int min, int max) {
        return value(name, OptionType.integer(min, max), fallback);
    }

    /** Any text. */
    public String text(String name, String fallback) {
        return value(name, OptionType.TEXT, fallback);
    }

    /** Whether the option is written, in the section or in what it builds on. */
    public boolean has(String name) {
        return entry(name).isPresent();
    }

    /** The entry that counts for an option, for callers that read the value themselves; makes the option known. */
    public Optional<ConfEntry> entry(String name) {
        List<ConfEntry> found = named(name);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
    }

    /** All entries of an option in order; makes it known. For codecs, whose order of allow and disallow matters. */
    public List<ConfEntry> entries(String... names) {
        if (names.length == 1) {
            return List.copyOf(named(names[0]));
        }
        Set<ConfEntry> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        for (String name : names) wanted.addAll(named(name));
        return section.entries().stream().filter(wanted::contains).toList();
    }

    /** The entries of one option, which is known from now on. */
    private List<ConfEntry> named(String name) {
        String folded = folded(name);
        known.add(folded);
        return byKey.getOrDefault(folded, List.of());
    }

    private static String folded(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    /** An option of Asterisk's that is accepted but does nothing here: a warning with the reason, where it is written. */
    public void inert(String name, Text why) {
        entry(name)
                .ifPresent(entry -> problem(
                        ConfProblem.Severity.WARNING,
                        entry,
                        "option-inert",
                        new Text(
                                "the option " + name + " has no effect: " + why.en(),
                                "l'option " + name + " n'a pas d'effet : " + why.fr()),
                        null));
    }

    /** Reports a problem of an entry that the caller found itself. */
    public void problem(
            ConfProblem.Severity severity, ConfEntry entry, String code, Text message, @Nullable Text suggestion) {
        problems.accept(new ConfProblem(severity, entry.file(), entry.line(), code, message, suggestion));
    }

    /** A wrong value found by the caller, reported as {@link #value} would. */
    public void wrong(ConfEntry entry, Text accepted) {
        problem(
                ConfProblem.Severity.ERROR,
                entry,
                "option-value",
                new Text(
                        "\"" + entry.value() + "\" is no value for " + entry.key(),
                        "« " + entry.value() + " » n'est pas une valeur de " + entry.key()),
                new Text("accepted: " + accepted.en(), "accepté : " + accepted.fr()));
    }

    /** Reports every option of the section that nobody asked for; each name once. Call it last. */
    public void finish() {
        Set<String> reported = new HashSet<>();
        for (ConfEntry entry : section.entries()) {
            if (known.contains(folded(entry.key())) || !reported.add(folded(entry.key()))) continue;
            String what = section.type().isEmpty() ? "[" + section.name() + "]" : section.type();
            problem(
                    ConfProblem.Severity.WARNING,
                    entry,
                    "unknown-option",
                    new Text(
                            what + " has no option " + entry.key() + "; it is ignored",
                            what + " n'a pas d'option " + entry.key() + " ; elle est ignorée"),
                    Spelling.didYouMean(entry.key(), new TreeSet<>(known)).orElse(null));
        }
    }

    private static List<String> names(Option<?> option) {
        var names = new ArrayList<String>();
        names.add(option.name());
        names.addAll(option.aliases());
        return names;
    }

    private <T> Optional<T> read(List<String> names, OptionType<T> type) {
        List<ConfEntry> found = entries(names.toArray(String[]::new));
        if (found.isEmpty()) return Optional.empty();
        ConfEntry last = found.getLast();
        if (found.size() == 1) return read(last, type);
        List<ConfEntry> own = found.stream().filter(entry -> !entry.inherited()).toList();
        if (own.size() > 1) {
            int before = own.get(own.size() - 2).line();
            problem(
                    ConfProblem.Severity.WARNING,
                    last,
                    "option-repeated",
                    new Text(
                            last.key() + " is written again (before in line " + before + "); the last counts",
                            last.key() + " est écrit à nouveau (avant, ligne " + before + ") ; le dernier compte"),
                    null);
        }
        return read(last, type);
    }

    private <T> Optional<T> read(ConfEntry entry, OptionType<T> type) {
        T value = type.read(entry.value());
        if (value != null) return Optional.of(value);
        Optional<Text> near = Spelling.didYouMean(entry.value(), type.words());
        if (near.isPresent()) {
            Text accepted = new Text(
                    type.accepted().en() + "; " + near.get().en(),
                    type.accepted().fr() + " ; " + near.get().fr());
            wrong(entry, accepted);
        } else {
            wrong(entry, type.accepted());
        }
        return Optional.empty();
    }
}
