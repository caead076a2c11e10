package io.allo.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prints the figures of docs/design.md, section 12, and holds the medians that keep code easy to read. */
class HouseFiguresTest {

    private static final int MEDIAN_METHOD_LINES = 8;
    private static final int MEDIAN_FILE_LINES = 120;

    @Test
    void theMedianMethodAndFileAreSmall() {
        var methods = new ArrayList<Integer>();
        SourceTree.mainFiles().forEach(file -> MethodLength.of(file).forEach(method -> methods.add(method.lines())));
        var files = linesOf(SourceTree.mainFiles());
        var tests = linesOf(SourceTree.testFiles());
        long mainLines = sum(files);
        System.out.printf(
                "House: %d main files, %d lines (median file %d, longest %d; median method %d, longest %d);"
                        + " tests %d files, %d lines (%.2f of main)%n",
                files.size(),
                mainLines,
                median(files),
                longest(files),
                median(methods),
                longest(methods),
                tests.size(),
                sum(tests),
                mainLines == 0 ? 0 : (double) sum(tests) / mainLines);
        assertTrue(median(methods) <= MEDIAN_METHOD_LINES, "the median method is longer than 8 lines: split the long");
        assertTrue(median(files) <= MEDIAN_FILE_LINES, "the median file is longer than 120 lines: split the long");
    }

    private static List<Integer> linesOf(List<SourceFile> files) {
        return files.stream().map(file -> file.lines().size()).toList();
    }

    private static long sum(List<Integer> values) {
        return values.stream().mapToLong(Integer::longValue).sum();
    }

    private static int median(List<Integer> values) {
        return values.isEmpty() ? 0 : values.stream().sorted().toList().get(values.size() / 2);
    }

    private static int longest(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
