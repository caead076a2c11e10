package io.allo.io.vault;

import io.allo.core.random.RandomSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is encrypted where it lies and looks like any other to whoever reads and writes it: a channel that can be read, written,
 * and moved in. What is written stands on the disk chunk by chunk (16 KiB, about a second of telephone sound); after a crash all whole
 * chunks are there. {@link #close} marks the last chunk as the last, so that a file cut off by a crash or by somebody is told from a whole
 * one. Each chunk is bound to its file and its place: none can be changed, moved, left out or taken from another file unnoticed. What
 * can't be noticed is that a whole file, or a chunk of this file, is put back as it was before.
 *
 * <p>Owned by one thread at a time.
 */
public final class SealedFile implements SeekableByteChannel {

    /** What may be missing at the end. */
    public enum End {
        /** The file must have been closed: else {@link VaultException}. */
        WHOLE,
        /** What a crash has left is taken: all chunks that are whole. */
        AS_IT_IS
    }

    private final Path path;
    private final FileChannel file;
    private final ChunkCipher cipher;
    private final boolean writes;
    private final byte[] chunk = new byte[ChunkCipher.CHUNK_BYTES];
    private final ByteBuffer sealed = ByteBuffer.allocate(ChunkCipher.SEALED_BYTES);

    private long size;
    private long position;
    private boolean complete;
    /** The chunk that is in {@link #chunk}, -1 for none. */
    private long held = -1;
    /** Whether that differs from what is on the disk. */
    private boolean changed;

    private boolean closed;

    private SealedFile(Path path, FileChannel file, ChunkCipher cipher, boolean writes) {
        this.path = path;
        this.file = file;
        this.cipher = cipher;
        this.writes = writes;
    }

    /** A new file, for its owner alone; it must not be there yet. */
    public static SealedFile create(Path path, KeyRing keys, RandomSource random) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
        var file = FileChannel.open(path, options, owner);
        try {
            return new SealedFile(path, file, ChunkCipher.create(path, file, keys, random), true);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** A file to read. */
    public static SealedFile read(Path path, KeyRing keys, End end) throws IOException {
        return open(path, keys, end, null);
    }

    /** A file to go on with, at its end; what a crash has left is taken as it is. */
    public static SealedFile append(Path path, KeyRing keys, RandomSource random) throws IOException {
        var opened = open(path, keys, End.AS_IT_IS, random);
        try {
            opened.goOn();
        } catch (IOException | RuntimeException e) {
            opened.file.close();
            throw e;
        }
        return opened;
    }

    /** Whether a file begins as a sealed one does. */
    public static boolean isSealed(Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            return ChunkCipher.isSealed(file);
        }
    }

    private static SealedFile open(Path path, KeyRing keys, End end, @Nullable RandomSource random) throws IOException {
        var file = random == null
                ? FileChannel.open(path, StandardOpenOption.READ)
                : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            var opened = new SealedFile(path, file, ChunkCipher.open(path, file, keys, random), random != null);
            opened.findEnd();
            if (end == End.WHOLE && !opened.complete) {
                throw new VaultException(path + " was never closed or has been cut off: " + opened.size
                        + " bytes of it can be opened as they are");
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Finds out how much there is and whether it ends as it should. The last chunk is opened for that: as the last one, or as one that more
     * was to follow; one that was being written when the power went does not count.
     */
    private void findEnd() throws IOException {
        var length = file.size() - ChunkCipher.HEADER_BYTES;
        var last = Math.max(0, length - 1) / ChunkCipher.SEALED_BYTES;
        if (length == 0) {
            return; // not one chunk came to be written
        }
        var openLength = ChunkCipher.openBytes(length - last * ChunkCipher.SEALED_BYTES);
        if (openLength >= 0 && opens(last, openLength, true)) {
            complete = true;
            size = last * ChunkCipher.CHUNK_BYTES + openLength;
        } else if (openLength >= 0 && opens(last, openLength, false)) {
            size = last * ChunkCipher.CHUNK_BYTES + openLength;
        } else if (last == 0 || opens(last - 1, ChunkCipher.CHUNK_BYTES, false)) {
            size = last * ChunkCipher.CHUNK_BYTES;
        } else {
            throw changed(last - 1);
        }
    }

    /** Makes room for more: what was the last chunk is one of many now, and a torn one is gone. */
    private void goOn() throws IOException {
        position = size;
        if (size == 0) {
            file.truncate(ChunkCipher.offset(0));
            complete = false;
            return;
        }
        hold(lastChunk());
        complete = false;
        changed = true;
        store(false);
        file.truncate(ChunkCipher.offset(held) + ChunkCipher.sealedBytes(lengthOf(held)));
    }

    /** Whether it was closed: else it ends where the power went, or where somebody has cut it off. */
    public boolean isComplete() {
        return complete;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        assertOpen();
        if (position >= size) {
            return -1;
        }
        var start = position;
        while (into.hasRemaining() && position < size) {
            hold(position / ChunkCipher.CHUNK_BYTES);
            var offset = (int) (position % ChunkCipher.CHUNK_BYTES);
            var length = (int) Math.min(into.remaining(), Math.min(chunk.length - offset, size - position));
            into.put(chunk, offset, length);
            position += length;
        }
        return (int) (position - start);
    }

    /** Writes all of it. Beyond the end, what lies between becomes zeros. */
    @Override
    public int write(ByteBuffer from) throws IOException {
        assertWritable();
        var length = from.remaining();
        while (size < position) {
            var gap = Math.min(ChunkCipher.CHUNK_BYTES, position - size);
            var target = position;
            position = size;
            put(ByteBuffer.allocate((int) gap));
            position = target;
        }
        put(from);
        return length;
    }

    private void put(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            hold(position / ChunkCipher.CHUNK_BYTES);
            var offset = (int) (position % ChunkCipher.CHUNK_BYTES);
            var length = Math.min(from.remaining(), chunk.length - offset);
            from.get(chunk, offset, length);
            changed = true;
            position += length;
            size = Math.max(size, position);
            if (offset + length == chunk.length) {
                store(false); // whole: it is to survive a crash
            }
        }
    }

    @Override
    public long position() throws ClosedChannelException {
        assertOpen();
        return position;
    }

    @Override
    public SealedFile position(long newPosition) throws ClosedChannelException {
        assertOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws ClosedChannelException {
        assertOpen();
        return size;
    }

    @Override
    public SealedFile truncate(long newSize) throws IOException {
        assertWritable();
        if (newSize < 0) {
            throw new IllegalArgumentException("size " + newSize);
        }
        if (newSize < size) {
            var last = Math.max(0, newSize - 1) / ChunkCipher.CHUNK_BYTES;
            hold(last);
            size = newSize;
            changed = newSize > 0;
            held = newSize > 0 ? held : -1;
            file.truncate(ChunkCipher.offset(last));
            store(false);
        }
        position = Math.min(position, size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    /** Puts on the disk what was written so far, the last chunk though it is not full: it survives the end of this program. */
    public void flush() throws IOException {
        assertWritable();
        store(false);
    }

    /** Ends the file, if it was written: only now it counts as whole. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            if (writes) {
                hold(lastChunk());
                changed = true;
                store(true);
                file.truncate(ChunkCipher.offset(held) + ChunkCipher.sealedBytes(lengthOf(held)));
                file.force(true);
                complete = true;
            }
        }
    }

    /** Puts the chunk of that number into memory; the one that was there goes to the disk if it has changed. */
    private void hold(long number) throws IOException {
        if (held == number) {
            return;
        }
        store(false);
        held = -1;
        var length = lengthOf(number);
        if (length > 0 && !opens(number, length, complete && number == lastChunk())) {
            throw changed(number);
        }
        held = number;
    }

    /** Whether the chunk on the disk is what was sealed there; if so it is in memory then. */
    private boolean opens(long number, int length, boolean last) throws IOException {
        sealed.clear().limit(ChunkCipher.sealedBytes(length));
        ChunkCipher.readFully(file, sealed, ChunkCipher.offset(number));
        return !sealed.hasRemaining() && cipher.open(number, last, sealed.flip(), chunk);
    }

    private void store(boolean last) throws IOException {
        if (!changed) {
            return;
        }
        sealed.clear();
        cipher.seal(held, last, chunk, lengthOf(held), sealed);
        sealed.flip();
        var at = ChunkCipher.offset(held);
        while (sealed.hasRemaining()) {
            at += file.write(sealed, at);
        }
        changed = false;
    }

    private long lastChunk() {
        return Math.max(0, size - 1) / ChunkCipher.CHUNK_BYTES;
    }

    /** How much of the chunk is filled. */
    private int lengthOf(long number) {
        return (int) Math.clamp(size - number * ChunkCipher.CHUNK_BYTES, 0, ChunkCipher.CHUNK_BYTES);
    }

    private VaultException changed(long number) {
        return new VaultException(path + " has been changed: chunk " + number + " is not what was sealed there");
    }

    private void assertOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    private void assertWritable() throws ClosedChannelException {
        assertOpen();
        if (!writes) {
            throw new NonWritableChannelException();
        }
    }
}
