package io.allo.gate.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells in aligned columns. Owned by its maker. */
final class Table {

    /** A cell's longest text; what is longer is cut. */
    private static final int CELL_LIMIT = 200;

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... header) {
        this.header = List.of(header);
    }

    Table row(Object... cells) {
        var row = new ArrayList<String>();
        for (var cell : cells) {
            row.add(clean(String.valueOf(cell)));
        }
        rows.add(row);
        return this;
    }

    int size() {
        return rows.size();
    }

    /** The header, then the rows; the last column is not padded. */
    List<String> lines() {
        var widths = new int[header.size()];
        measure(header, widths);
        rows.forEach(row -> measure(row, widths));
        var lines = new ArrayList<String>();
        lines.add(line(header, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static void measure(List<String> row, int[] widths) {
        for (var i = 0; i < row.size(); i++) {
            widths[i] = Math.max(widths[i], width(row.get(i)));
        }
    }

    private static String line(List<String> row, int[] widths) {
        var out = new StringBuilder();
        for (var i = 0; i < row.size(); i++) {
            out.append(row.get(i));
            if (i < row.size() - 1) {
                out.repeat(' ', widths[i] - width(row.get(i)) + 2);
            }
        }
        return out.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** What a stranger wrote must not move the cursor or begin a line of its own. */
    static String clean(String text) {
        var cut = text.length() > CELL_LIMIT ? text.substring(0, CELL_LIMIT) : text;
        return cut.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
