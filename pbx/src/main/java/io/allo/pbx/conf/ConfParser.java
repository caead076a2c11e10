package io.allo.pbx.conf;

/**
 * Reads a configuration file in Asterisk's grammar.
 *
 * <p>Sections {@code [name]}, templates {@code [name](!)}, inheritance {@code [name](base,other)}, additions {@code
 * [name](+)} and {@code [name](+type=endpoint)}, {@code key = value}, {@code key => value}, {@code key += more},
 * {@code #include}, {@code #tryinclude}, comments {@code ;} and {@code ;-- --;} (which nest), escaped {@code \;}. {@code
 * #exec} is refused. A file that is not UTF-8 is read as ISO-8859-1, with a notice. Nothing throws for a fault in the
 * text: it becomes a {@link ConfProblem} and the rest is read. Immutable; any thread.
 */
public final class ConfParser {
    /** How deep files may include one another, as in Asterisk. */
    public static final int MAX_INCLUDE_DEPTH = 10;

    /** How many files one parse may read, repetitions counted. */
    public static final int MAX_FILES = 10_000;

    /** The largest file. */
    public static final int MAX_FILE_BYTES = 16 << 20;

    /** All files of one parse together. */
    public static final long MAX_TOTAL_BYTES = 128L << 20;

    /** How many entries a file may have, inherited ones counted wherever they are inherited. */
    public static final int MAX_ENTRIES = 1_000_000;

    /** The longest line. */
    public static final int MAX_LINE_CHARS = 65_536;

    /** How deep block comments may nest. */
    public static final int MAX_COMMENT_DEPTH = 128;

    /** How many problems one parse reports. */
    public static final int MAX_PROBLEMS = 1_000;

    private final ConfSource source;

    /** Reads files, and what they include, from {@code source}. */
    public ConfParser(ConfSource source) {
        this.source = source;
    }

    /** Parses a file and all that it includes. A missing file is a problem of the result, not an exception. */
    public ConfFile parse(String name) {
        var reading = new ConfReading(source);
        reading.readTop(name);
        return reading.result(name);
    }
}
