package io.allo.io.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files to which lines are only ever appended. Any thread adds and never waits; a thread of its own writes a tenth of a second at once. The
 * files are opened for every batch, so that they may be moved away; one that has grown beyond {@link #SIZE_LIMIT_BYTES} is moved away by
 * itself, to {@code NAME.1}, {@code NAME.2} and so on, the newest with the highest number as Asterisk's sequential strategy does.
 */
public final class LineLog implements AutoCloseable {

    /** How large a file may grow. */
    public static final long SIZE_LIMIT_BYTES = 100L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LineLog.class);
    private static final int WAITING_LIMIT = 50_000;

    private final long sizeLimitBytes;
    private final WriteBehind<String> lines;
    private volatile List<Path> files;

    /** Appends to these files; their directories are made with the first line. */
    public LineLog(String name, List<Path> files) {
        this(name, files, SIZE_LIMIT_BYTES);
    }

    LineLog(String name, List<Path> files, long sizeLimitBytes) {
        this.files = List.copyOf(files);
        this.sizeLimitBytes = sizeLimitBytes;
        this.lines = new WriteBehind<>(name, WAITING_LIMIT, this::write);
    }

    /** Appends to other files from now on. */
    public void files(List<Path> next) {
        files = List.copyOf(next);
    }

    /** Appends a line, which has no line break in it. */
    public void add(String line) {
        lines.add(line);
    }

    /** Waits until all that was added before is written. Returns whether it is. */
    public boolean flush(long timeoutMs) throws InterruptedException {
        return lines.flush(timeoutMs);
    }

    /** Lines lost because too many waited. */
    public long lost() {
        return lines.lost();
    }

    /** Moves the files away; the next line begins new ones. Returns what they are called now. */
    public List<Path> rotate() throws IOException {
        var moved = new java.util.ArrayList<Path>();
        for (var file : files) {
            if (Files.exists(file)) {
                moved.add(moveAway(file));
            }
        }
        return moved;
    }

    /** Writes what waits. */
    @Override
    public void close() {
        lines.close();
    }

    private void write(List<String> batch) throws IOException {
        var text = new StringBuilder();
        batch.forEach(line -> text.append(line).append('\n'));
        for (var file : files) {
            append(file, text.toString());
        }
    }

    private void append(Path file, String text) throws IOException {
        make(file);
        if (Files.size(file) > sizeLimitBytes) {
            LOG.info("{} has grown to {} bytes; it is now {}", file, Files.size(file), moveAway(file));
            make(file);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** The owner writes, the group (fail2ban's, an auditor's) reads. */
    private static void make(Path file) throws IOException {
        if (!Files.exists(file)) {
            var directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        }
    }

    private static synchronized Path moveAway(Path file) throws IOException {
        var number = 1;
        while (Files.exists(numbered(file, number))) {
            number++;
        }
        return Files.move(file, numbered(file, number));
    }

    private static Path numbered(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
