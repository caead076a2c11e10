package io.allo.pbx.conf;

import java.util.List;
import java.util.Optional;

/**
 * A configuration file with all that it includes, parsed. Immutable.
 *
 * @param name the file's name as given to the parser
 * @param everySection all sections in the order of their headers, templates too
 * @param problems what was wrong in the text, in the order it was met
 * @param files every file that was read, this one first
 */
public record ConfFile(String name, List<ConfSection> everySection, List<ConfProblem> problems, List<String> files) {
    public ConfFile {
        everySection = List.copyOf(everySection);
        problems = List.copyOf(problems);
        files = List.copyOf(files);
    }

    /** The sections that are things: all but the templates, in order. Several may have one name. */
    public List<ConfSection> sections() {
        return everySection.stream().filter(section -> !section.template()).toList();
    }

    /** The sections of one name (case matters not), in order; templates excluded. */
    public List<ConfSection> sections(String sectionName) {
        return sections().stream()
                .filter(section -> section.name().equalsIgnoreCase(sectionName))
                .toList();
    }

    /** The first section of a name, where only one is expected ({@code general}). */
    public Optional<ConfSection> section(String sectionName) {
        return sections(sectionName).stream().findFirst();
    }

    /** The sections whose {@code type} is this one, in order; templates excluded. */
    public List<ConfSection> ofType(String type) {
        return sections().stream()
                .filter(section -> section.type().equalsIgnoreCase(type))
                .toList();
    }

    /** Whether the text had an error, so that what was parsed is not what was meant. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(ConfProblem::isError);
    }
}
