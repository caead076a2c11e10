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

    /** Whether the section fits a filter {@code name=value&name=value}, as in {@code [x](+type=endpoint)}. */
    boolean fits(String filter) {
        for (String term : filter.split("&", -1)) {
            int equals = term.indexOf('=');
            if (equals < 0) return false;
            String key = term.substring(0, equals).trim();
            String wanted = term.substring(equals + 1).trim();
            if (key.equals("TEMPLATES")) {
                if (wanted.equals("restrict") && !template) return false;
                continue;
            }
            if (entries.stream()
                    .noneMatch(entry -> entry.is(key) && entry.value().equalsIgnoreCase(wanted))) return false;
        }
        return true;
    }

    ConfSection finish() {
        return new ConfSection(name, template, bases, entries, file, line);
    }
}
