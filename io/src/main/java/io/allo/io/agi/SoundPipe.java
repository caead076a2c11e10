package io.allo.io.agi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller's sound on file descriptor 3 of an EAGI script. Java can't give a child a third descriptor, so the sound goes
 * through a named pipe in a directory of our own, which a shell of one line opens as 3 before it becomes the script. We hold
 * both ends open, so that opening never waits, and remove the name as soon as the script has begun. Any thread writes; one
 * thread of its own feeds the pipe; sound that the script does not read in time is dropped, as in Asterisk.
 */
final class SoundPipe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("agi");
    private static final int MOST_WAITING = 50;
    private static final long OPEN_MS = 2_000;

    private final Path directory;
    private final Path name;
    private final FileChannel channel;
    private final BlockingQueue<ByteBuffer> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile boolean closed;

    private SoundPipe(Path directory, Path name, FileChannel channel) {
        this.directory = directory;
        this.name = name;
        this.channel = channel;
    }

    /** Makes the pipe and begins to feed it. */
    static SoundPipe open() throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var directory = Files.createTempDirectory("allo-eagi", owner);
        var name = directory.resolve("sound");
        try {
            var mkfifo = new ProcessBuilder("mkfifo", "-m", "600", name.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!mkfifo.waitFor(OPEN_MS, TimeUnit.MILLISECONDS) || mkfifo.exitValue() != 0) {
                throw new IOException("mkfifo failed");
            }
            var channel = FileChannel.open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var pipe = new SoundPipe(directory, name, channel);
            Thread.ofPlatform().daemon().name("agi-sound").start(pipe::feed);
            return pipe;
        } catch (IOException failed) {
            remove(directory, name);
            throw failed;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            remove(directory, name);
            throw new IOException("interrupted");
        }
    }

    /** What the shell opens as descriptor 3. */
    Path path() {
        return name;
    }

    void write(short[] samples, int count) {
        var bytes = ByteBuffer.allocate(count * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; i < count; i++) {
            bytes.putShort(samples[i]);
        }
        var kept = waiting.offer(bytes.flip());
        if (!kept) {
            waiting.poll(); // the oldest is worth least
            waiting.offer(bytes);
        }
    }

    private void feed() {
        try {
            while (!closed) {
                var bytes = waiting.poll(1, TimeUnit.SECONDS);
                while (bytes != null && bytes.hasRemaining() && !closed) {
                    channel.write(bytes);
                }
            }
        } catch (IOException over) {
            LOG.debug("the sound of a script is over: {}", over.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException failed) {
            LOG.debug("the pipe of a script's sound: {}", failed.getMessage());
        }
        remove(directory, name);
    }

    private static void remove(Path directory, Path name) {
        try {
            Files.deleteIfExists(name);
            Files.deleteIfExists(directory);
        } catch (IOException left) {
            LOG.debug("{} stays: {}", directory, left.getMessage());
        }
    }
}
