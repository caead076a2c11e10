package io.allo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The figures of a run as a page. Main thread. */
final class Report {

    private final Path home;
    private final String loadBefore = Machine.loadAverage();
    private final List<Figure> figures = new ArrayList<>();

    Report(Path home) {
        this.home = home;
    }

    void add(Figure figure) {
        figures.add(figure);
    }

    /** The page, in Markdown. */
    String page() {
        var text = new StringBuilder("# What allo costs, ").append(today()).append("\n\n");
        for (var line : Machine.describe(home)) {
            text.append("- ").append(line).append('\n');
        }
        text.append("- load average: ").append(loadBefore).append(" before, ").append(Machine.loadAverage());
        text.append(" after (allo and the generators share the cores)\n\n");
        text.append("| what | figure | target | | beside, and how |\n|---|---|---|---|---|\n");
        for (var figure : figures) {
            var target =
                    figure.target() == null ? "" : "at most " + new Figure("", figure.target(), "", null, "").text();
            text.append("| %s | %s %s | %s | %s | %s |\n"
                    .formatted(figure.what(), figure.text(), figure.unit(), target, figure.verdict(), figure.beside()));
        }
        return text.toString();
    }

    /** Writes the page to bench/results. */
    Path keep() {
        try {
            var folder = Files.createDirectories(home.resolve("bench/results"));
            return Files.writeString(folder.resolve(today() + "-" + Machine.commit(home) + ".md"), page());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }
}
