package io.allo.pbx.conf;

import java.util.List;
import java.util.Optional;

/**
 * One section {@code [name]} with everything it inherited, in order. Immutable.
 *
 * <p>Inherited entries come first, base by base in the order they were named, then the section's own; so where an option
 * takes one value, the last entry of its key counts.
 *
 * @param name the name between the brackets
 * @param template whether it was marked {@code (!)}: a pattern for others, not itself a thing
 * @param bases the sections it builds on, in the order they were named
 * @param entries its lines, inherited ones first
 * @param file the file its header stands in
 * @param line the line of its header, counted from 1
 */
public record ConfSection(
        String name, boolean template, List<String> bases, List<ConfEntry> entries, String file, int line) {
    public ConfSection {
        bases = List.copyOf(bases);
        entries = List.copyOf(entries);
    }

    /** The entry that counts for an option with one value: the last one of that key. */
    public Optional<ConfEntry> last(String key) {
        for (int index = entries.size() - 1; index >= 0; index--) {
            if (entries.get(index).is(key)) return Optional.of(entries.get(index));
        }
        return Optional.empty();
    }

    /** All entries of a key in order, for options that may be repeated. */
    public List<ConfEntry> all(String key) {
        return entries.stream().filter(entry -> entry.is(key)).toList();
    }

    /** The last value of a key, empty when the section has none. */
    public Optional<String> value(String key) {
        return last(key).map(ConfEntry::value);
    }

    /** The value of {@code type}, by which pjsip.conf tells sections of one name apart; empty when there is none. */
    public String type() {
        return value("type").orElse("");
    }
}
