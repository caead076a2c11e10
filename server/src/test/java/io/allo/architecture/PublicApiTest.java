package io.allo.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a room shows to others says what it is: docs/design.md, sections 11 and 12. */
class PublicApiTest {

    private static final double LEAST_DOCUMENTED_PERCENT = 95.0;

    @Test
    void everyPublicTypeIsDocumented() {
        var bare = elements().stream()
                .filter(element -> element.isType() && !element.isDocumented())
                .toList();
        assertTrue(
                bare.isEmpty(),
                () -> "a public type has a doc comment that says what it is in the domain and which thread owns it;"
                        + " or make it package-private\n" + list(bare));
    }

    @Test
    void almostAllOfThePublicApiIsDocumented() {
        var all = elements();
        var bare = all.stream().filter(element -> !element.isDocumented()).toList();
        double percent = all.isEmpty() ? 100 : 100.0 * (all.size() - bare.size()) / all.size();
        System.out.printf("Public API documented: %.1f %% of %d%n", percent, all.size());
        assertTrue(
                percent >= LEAST_DOCUMENTED_PERCENT,
                () -> "%.1f %% of the public API is documented, at least %.0f %% must be: say what it is, shapes and"
                                .formatted(percent, LEAST_DOCUMENTED_PERCENT)
                        + " units, errors, the RFC section; or make it package-private\n" + list(bare));
    }

    private static List<PublicApi.Element> elements() {
        var elements = new ArrayList<PublicApi.Element>();
        SourceTree.mainFiles().stream()
                .filter(file -> !file.isPackageInfo())
                .forEach(file -> elements.addAll(PublicApi.of(file)));
        return elements;
    }

    private static String list(List<PublicApi.Element> bare) {
        Function<PublicApi.Element, String> line = element -> "  " + element.where() + " " + element.name();
        return bare.size() + " without:\n" + bare.stream().map(line).collect(Collectors.joining("\n"));
    }
}
