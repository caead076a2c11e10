package io.allo.io.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Master.csv as Asterisk's cdr_csv writes it: texts in quotation marks with those inside doubled, numbers bare, a time that never came
 * empty. Any thread adds and never waits; a thread of its own appends. The file is opened for every batch, so that it may be moved away.
 */
public final class CdrCsv implements AutoCloseable {

    private static final int WAITING_LIMIT = 200_000;
    private static final String MASTER = "Master.csv";

    private final Path directory;
    private final CdrCsvSettings settings;
    private final DateTimeFormatter times;
    private final WriteBehind<CdrRow> rows;

    /**
     * @param directory {@code cdr-csv} below the log directory; made with the first record
     * @param zone of the times, unless the settings want UTC
     */
    public CdrCsv(Path directory, CdrCsvSettings settings, ZoneId zone) {
        this.directory = directory;
        this.settings = settings;
        this.times = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                .withZone(settings.utc() ? ZoneOffset.UTC : zone);
        this.rows = new WriteBehind<>("cdr csv", WAITING_LIMIT, this::write);
    }

    /** Appends a record. */
    public void add(CdrRow row) {
        rows.add(row);
    }

    /** Waits until all that was added before is written. Returns whether it is. */
    public boolean flush(long timeoutMs) throws InterruptedException {
        return rows.flush(timeoutMs);
    }

    /** Writes what waits. */
    @Override
    public void close() {
        rows.close();
    }

    /** The line of a record, without its end. */
    String line(CdrRow row) {
        var out = new StringBuilder(256);
        text(out, row.accountcode());
        text(out, row.src());
        text(out, row.dst());
        text(out, row.dcontext());
        text(out, row.clid());
        text(out, row.channel());
        text(out, row.dstchannel());
        text(out, row.lastapp());
        text(out, row.lastdata());
        time(out, row.startMs());
        time(out, row.answerMs());
        time(out, row.endMs());
        out.append(row.duration()).append(',').append(row.billsec()).append(',');
        text(out, row.disposition());
        text(out, row.amaflags());
        if (settings.uniqueId()) {
            text(out, row.uniqueid());
        }
        if (settings.userField()) {
            text(out, row.userfield());
        }
        if (settings.newColumns()) {
            text(out, row.peeraccount());
            text(out, row.linkedid());
            out.append(row.sequence()).append(',');
        }
        out.setLength(out.length() - 1);
        return out.toString();
    }

    private void time(StringBuilder out, long ms) {
        if (ms == 0) {
            out.append(',');
        } else {
            text(out, times.format(Instant.ofEpochMilli(ms)));
        }
    }

    /** A line break inside would make two records of one. */
    private static void text(StringBuilder out, String value) {
        out.append('"');
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '"') {
                out.append('"');
            }
            out.append(c == '\n' || c == '\r' ? ' ' : c);
        }
        out.append("\",");
    }

    private void write(List<CdrRow> batch) throws IOException {
        var byFile = new LinkedHashMap<String, StringBuilder>();
        for (var row : batch) {
            var line = line(row) + "\n";
            add(byFile, MASTER, line);
            if (settings.accountLogs() && isFileName(row.accountcode())) {
                add(byFile, row.accountcode() + ".csv", line);
            }
        }
        Files.createDirectories(directory);
        for (Map.Entry<String, StringBuilder> file : byFile.entrySet()) {
            append(directory.resolve(file.getKey()), file.getValue().toString());
        }
    }

    private static void add(Map<String, StringBuilder> byFile, String name, String line) {
        byFile.computeIfAbsent(name, key -> new StringBuilder()).append(line);
    }

    /** An account code comes from a configuration or a caller: it must not lead out of the directory. */
    private static boolean isFileName(String accountcode) {
        return !accountcode.isEmpty() && accountcode.indexOf('/') < 0 && accountcode.charAt(0) != '.';
    }

    /** Appends with one write, after the end of a line that an earlier end of the process cut off. */
    private static void append(Path file, String lines) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var end = channel.size();
            var last = ByteBuffer.allocate(1);
            var cut = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
            var bytes = ByteBuffer.wrap(((cut ? "\n" : "") + lines).getBytes(StandardCharsets.UTF_8));
            channel.position(end);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
