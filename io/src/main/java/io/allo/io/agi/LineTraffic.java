package io.allo.io.agi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lines between a link and a stream in each direction: one thread reads, one writes, each started by the link. The queues are
 * short; a script that talks too fast is made to wait, one that does not listen is noticed.
 */
final class LineTraffic {

    /** Lines that wait to be looked at. */
    static final int MOST_READ = 64;

    /** Texts that wait to be read by the script. */
    static final int MOST_UNSENT = 256;

    private static final String STOP = "";

    private final BlockingQueue<AgiInput.Line> read = new ArrayBlockingQueue<>(MOST_READ);
    private final BlockingQueue<String> unsent = new ArrayBlockingQueue<>(MOST_UNSENT + 1);
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable wake;
    private volatile @Nullable AgiInput end;
    private volatile boolean closed;

    LineTraffic(Runnable wake) {
        this.wake = wake;
    }

    @Nullable
    AgiInput next() {
        woken.set(false);
        var line = read.poll();
        if (line != null) {
            return line;
        }
        var over = end;
        var last = over == null ? null : read.poll(); // a line that came just before the end
        return last != null ? last : over;
    }

    boolean send(String text) {
        return unsent.size() < MOST_UNSENT && unsent.offer(text);
    }

    /** No more will come; the first to say so is believed. */
    void end(AgiInput how) {
        synchronized (this) {
            if (end == null) {
                end = how;
            }
        }
        tell();
    }

    boolean hasEnded() {
        return end != null;
    }

    /** Lets both threads end, as soon as their streams do. */
    void close() {
        closed = true;
        read.clear();
        if (!unsent.offer(STOP)) {
            unsent.clear();
            unsent.add(STOP);
        }
    }

    private void tell() {
        if (woken.compareAndSet(false, true)) {
            wake.run();
        }
    }

    /** Reads to the end of the stream. On a thread of its own; the caller says afterwards how it ended. */
    void readAll(InputStream in) throws IOException, InterruptedException {
        var buffer = new byte[4_096];
        var line = new byte[AgiLink.LONGEST_LINE];
        var length = 0;
        for (var count = in.read(buffer); count >= 0 && !closed; count = in.read(buffer)) {
            for (var i = 0; i < count; i++) {
                if (buffer[i] == '\n') {
                    take(line, length);
                    length = 0;
                } else if (length < line.length) {
                    line[length++] = buffer[i];
                }
            }
        }
        if (length > 0 && !closed) {
            take(line, length);
        }
    }

    private void take(byte[] line, int length) throws InterruptedException {
        var end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        if (!closed) {
            read.put(new AgiInput.Line(text(line, end)));
            tell();
        }
    }

    /** UTF-8, or where it is not, Latin-1, as old scripts write it. */
    static String text(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException older) {
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        }
    }

    /** Writes until closed or the script no longer reads. On a thread of its own. */
    void writeAll(OutputStream out) throws IOException, InterruptedException {
        for (var text = unsent.take(); !text.equals(STOP); text = unsent.take()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
