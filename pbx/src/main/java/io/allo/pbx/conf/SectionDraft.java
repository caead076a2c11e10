package io.allo.pbx.conf;

import java.util.ArrayList;
import java.util.List;

/** A section being read. Owned by the parse. */
final class SectionDraft {
    final String name;
    final String file;
    final int line;
    final List<String> bases = new ArrayList<>();
    final List<ConfEntry> entries = new ArrayList<>();
    boolean template;

    SectionDraft(String name, String file, int line) {
        this.name = name;
        this.file = file;
        this.line = line;
    }

    /** Takes over what another section has so far, behind what is here. */
    void inherit(SectionDraft base) {
        bases.add(base.name);
        for (ConfEntry entry : List.copyOf(base.entries)) entries.add(entry.asInherited());
    }

    /** Adds an entry; with {@code append}, its value continues the last value of that key. False if that gets too long. */
    boolean add(ConfEntry entry, boolean append) {
        if (append) {
            for (int index = entries.size() - 1; index >= 0; index--) {
                ConfEntry last = entries.get(index);
                if (!last.is(entry.key())) continue;
                if (last.value().length() + entry.value().length() > ConfParser.MAX_LINE_CHARS) return false;
                String joined = last.value() + entry.value();
                entries.set(
                        index, new ConfEntry(entry.key(), joined, entry.arrow(), entry.file(), entry.line(), false));
                return true;
            }
        }
        return entries.add(entry);
    }

    /**
     * Whether the section fits a filter such as {@code type=aor&default_.*=36[0-9][0-9]}: names and values are regular
     * expressions for the whole word. {@code TEMPLATES=restrict} looks at the section's own entries only.
     */
    boolean fits(String filter) throws PosixRegex.SyntaxException {
        boolean ownOnly = false;
        var terms = new ArrayList<String>();
        for (String term : filter.split("&", -1)) {
            if (term.trim().startsWith("TEMPLATES=")) ownOnly = term.trim().endsWith("=restrict");
            else terms.add(term);
        }
        for (String term : terms) {
            if (!hasEntryLike(term, ownOnly)) return false;
        }
        return true;
    }

    private boolean hasEntryLike(String term, boolean ownOnly) throws PosixRegex.SyntaxException {
        int equals = term.indexOf('=');
        if (equals < 0) return false;
        PosixRegex key = PosixRegex.compile(term.substring(0, equals).trim(), true);
        PosixRegex value = PosixRegex.compile(term.substring(equals + 1).trim(), true);
        return entries.stream()
                .anyMatch(entry ->
                        !(ownOnly && entry.inherited()) && key.matches(entry.key()) && value.matches(entry.value()));
    }

    ConfSection finish() {
        return new ConfSection(name, template, bases, entries, file, line);
    }
}
