package io.allo.io.vault;

import io.allo.core.random.RandomSource;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that may be sealed, for who writes and reads them without caring which they are: what is made is sealed where that is asked for, what
 * is opened tells by its first octets what it is. The key file is read each time, so that a key that is added or put back counts at once.
 * Immutable: any thread; its channels belong to one thread at a time.
 */
public final class Vault {

    /** Without a key file: seals nothing, and opens nothing that is sealed. */
    public static final Vault NONE = new Vault(null, RandomSource.secure());

    private final @Nullable Path keyFile;
    private final RandomSource random;

    private Vault(@Nullable Path keyFile, RandomSource random) {
        this.keyFile = keyFile;
        this.random = random;
    }

    /** With this key file, which is made when the first file is to be sealed. */
    public static Vault of(Path keyFile, RandomSource random) {
        return new Vault(keyFile, random);
    }

    /**
     * Whether files can be sealed now; the key file is made if it is not there.
     *
     * @return the name of the key that seals
     * @throws VaultException what is wrong with the key file and what to do
     */
    public String ready() throws IOException {
        return KeyRing.openOrMake(keyFile(), random).current();
    }

    /** A new file to be written and read, empty; it must not be there yet. Whole when it is closed. */
    public SeekableByteChannel create(Path path, boolean sealed) throws IOException {
        if (sealed) {
            return SealedFile.create(path, KeyRing.openOrMake(keyFile(), random), random);
        }
        return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** A new file with what another one holds, whichever they are; it must not be there yet. */
    public void copy(Path from, Path to, boolean sealed) throws IOException {
        if (Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        try (var in = read(from);
                var out = create(to, sealed)) {
            Channels.newInputStream(in).transferTo(Channels.newOutputStream(out));
        }
    }

    /**
     * A file to be read.
     *
     * @throws VaultException if it is sealed and can't be opened: without its key, changed, or cut off; the message says what to do
     */
    public SeekableByteChannel read(Path path) throws IOException {
        var plain = FileChannel.open(path, StandardOpenOption.READ);
        try {
            if (!ChunkCipher.isSealed(plain)) {
                return plain.position(0);
            }
        } catch (IOException | RuntimeException unreadable) {
            plain.close();
            throw unreadable;
        }
        plain.close();
        return SealedFile.read(path, keys(path), SealedFile.End.WHOLE);
    }

    /** A file to be read and gone on with; what a crash has left of a sealed one is taken as it is. */
    public SeekableByteChannel reopen(Path path) throws IOException {
        if (SealedFile.isSealed(path)) {
            return SealedFile.append(path, keys(path), random).position(0);
        }
        return Files.newByteChannel(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Hands what was written so far to the system: it outlives the end of this program. */
    public static void flush(SeekableByteChannel channel) throws IOException {
        if (channel instanceof SealedFile sealed) {
            sealed.flush();
        }
    }

    /**
     * A text sealed into one word, for a line of {@code file}; the key file is made if it is not there.
     *
     * @param place what it belongs to, so that it is not taken for another's
     */
    public String sealText(String text, String place, Path file) throws IOException {
        return SealedText.seal(text, place, file, KeyRing.openOrMake(keyFile(), random), random);
    }

    /**
     * What {@link #sealText} has sealed, read in {@code file}.
     *
     * @throws VaultException without its key, or if it was changed; the message says what to do
     */
    public String openText(String sealed, String place, Path file) throws IOException {
        return SealedText.open(sealed, place, file, keys(file));
    }

    private KeyRing keys(Path sealed) throws IOException {
        if (keyFile == null) {
            throw new VaultException(sealed + " is sealed, and there is no key file here");
        }
        try {
            return KeyRing.open(keyFile);
        } catch (NoSuchFileException missing) {
            throw new VaultException(
                    sealed + " is sealed, and the key file " + keyFile
                            + " is not there: put your copy of it there (chmod 600), else nobody can open what it sealed",
                    missing);
        }
    }

    private Path keyFile() throws VaultException {
        if (keyFile == null) {
            throw new VaultException("nothing can be sealed: there is no key file here");
        }
        return keyFile;
    }
}
