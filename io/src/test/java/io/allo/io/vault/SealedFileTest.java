package io.allo.io.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.io.vault.SealedFile.End;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFileTest {
    private static final int CHUNK = ChunkCipher.CHUNK_BYTES;
    private static final int SEALED = ChunkCipher.SEALED_BYTES;
    private static final int HEADER = ChunkCipher.HEADER_BYTES;

    @TempDir
    Path directory;

    private final RandomSource random = RandomSource.seeded(3);
    private Path path;
    private KeyRing keys;

    @BeforeEach
    void makeKeys() throws IOException {
        path = directory.resolve("msg0001.wav");
        keys = KeyRing.openOrMake(directory.resolve("keys"), RandomSource.secure());
    }

    private byte[] sound(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] sealed(int length) throws IOException {
        var bytes = sound(length);
        try (var file = SealedFile.create(path, keys, random)) {
            file.write(ByteBuffer.wrap(bytes));
        }
        return bytes;
    }

    private static byte[] all(SeekableByteChannel file) throws IOException {
        var bytes = ByteBuffer.allocate((int) (file.size() - file.position()));
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {
            // until it is full
        }
        assertEquals(-1, file.read(ByteBuffer.allocate(1)));
        return bytes.array();
    }

    private byte[] opened(End end) throws IOException {
        try (var file = SealedFile.read(path, keys, end)) {
            return all(file);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 77})
    void whatWasWrittenIsReadAndOnlyWithTheKey(int length) throws IOException {
        var bytes = sealed(length);
        assertArrayEquals(bytes, opened(End.WHOLE));
        assertTrue(SealedFile.isSealed(path));
        var other = KeyRing.openOrMake(directory.resolve("other"), RandomSource.secure());
        var refused = assertThrows(VaultException.class, () -> SealedFile.read(path, other, End.AS_IT_IS));
        assertTrue(refused.getMessage().contains("sealed with key " + keys.current()), refused.getMessage());
    }

    @Test
    void nothingOfTheSoundIsReadableOnTheDisk() throws IOException {
        var text = "this is what the caller said. ".repeat(2_000).getBytes(StandardCharsets.US_ASCII);
        try (var file = SealedFile.create(path, keys, random)) {
            file.write(ByteBuffer.wrap(text));
        }
        var disk = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        assertFalse(disk.contains("caller"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    /** Written, moved in, cut, closed and gone on with at random, it stays what a plain file would be. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itBehavesLikeAPlainFile(long seed) throws IOException {
        var chance = RandomSource.seeded(seed);
        var model = new byte[8 * CHUNK];
        var size = 0;
        var file = SealedFile.create(path, keys, random);
        for (var i = 0; i < 200; i++) {
            switch (chance.nextInt(8)) {
                case 0 -> {
                    file.close();
                    assertArrayEquals(Arrays.copyOf(model, size), opened(End.WHOLE));
                    file = SealedFile.append(path, keys, random);
                    assertEquals(size, file.position());
                }
                case 1 -> {
                    size = Math.min(size, chance.nextInt(6 * CHUNK));
                    file.truncate(size);
                    Arrays.fill(model, size, model.length, (byte) 0);
                }
                case 2 -> {
                    file.position(0);
                    assertArrayEquals(Arrays.copyOf(model, size), all(file));
                }
                default -> {
                    var at = chance.nextInt(3) == 0 ? chance.nextInt(6 * CHUNK) : size;
                    var bytes = new byte[Math.min(model.length - at, 1 + chance.nextInt(CHUNK))];
                    chance.nextBytes(bytes);
                    if (bytes.length > 0) {
                        assertEquals(bytes.length, file.position(at).write(ByteBuffer.wrap(bytes)));
                        System.arraycopy(bytes, 0, model, at, bytes.length);
                        size = Math.max(size, at + bytes.length);
                    }
                }
            }
            assertEquals(size, file.size());
        }
        file.close();
        assertArrayEquals(Arrays.copyOf(model, size), opened(End.WHOLE));
    }

    @Test
    void aRecordingWhoseHeaderIsFilledInAtTheEndIsWhole() throws IOException {
        var bytes = sound(5 * CHUNK + 9);
        try (var file = SealedFile.create(path, keys, random)) {
            file.write(ByteBuffer.allocate(44));
            file.write(ByteBuffer.wrap(bytes));
            file.position(0).write(ByteBuffer.wrap("RIFF....WAVE".getBytes(StandardCharsets.US_ASCII)));
        }
        var read = opened(End.WHOLE);
        assertEquals("RIFF....WAVE", new String(read, 0, 12, StandardCharsets.US_ASCII));
        assertArrayEquals(bytes, Arrays.copyOfRange(read, 44, read.length));
    }

    @Test
    void itIsReadFromAnyPlace() throws IOException {
        var bytes = sealed(4 * CHUNK + 100);
        try (var file = SealedFile.read(path, keys, End.WHOLE)) {
            for (var at : new int[] {3 * CHUNK, 5, CHUNK - 3, 4 * CHUNK + 99, 2 * CHUNK}) {
                var some = ByteBuffer.allocate(Math.min(2 * CHUNK, bytes.length - at));
                while (some.hasRemaining()) {
                    if (some.position() == 0) {
                        file.position(at);
                    }
                    file.read(some);
                }
                assertArrayEquals(Arrays.copyOfRange(bytes, at, at + some.capacity()), some.array());
            }
            assertThrows(NonWritableChannelException.class, () -> file.write(ByteBuffer.allocate(1)));
        }
    }

    /** The power goes at any moment of a recording: what is there is all whole chunks. */
    @Test
    void afterACrashAllWholeChunksAreThere() throws IOException {
        var bytes = sound(4 * CHUNK + 500);
        var crashed = directory.resolve("crashed");
        try (var file = SealedFile.create(path, keys, random)) {
            for (var i = 0; i < bytes.length; i += 320) {
                file.write(ByteBuffer.wrap(bytes, i, Math.min(320, bytes.length - i)));
            }
            Files.copy(path, crashed);
        }
        path = crashed;
        assertArrayEquals(Arrays.copyOf(bytes, 4 * CHUNK), opened(End.AS_IT_IS));
        var refused = assertThrows(VaultException.class, () -> opened(End.WHOLE));
        assertTrue(refused.getMessage().contains("never closed or has been cut off"), refused.getMessage());
        try (var file = SealedFile.append(path, keys, random)) {
            assertFalse(file.isComplete());
            file.write(ByteBuffer.wrap(bytes, 4 * CHUNK, 500));
        }
        assertArrayEquals(bytes, opened(End.WHOLE));
    }

    @Test
    void cutOffAnywhereItIsNoticed() throws IOException {
        var bytes = sealed(3 * CHUNK + 700);
        var whole = Files.readAllBytes(path);
        for (var length = 0; length < whole.length; length += 1021) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThrows(VaultException.class, () -> opened(End.WHOLE));
            if (length >= HEADER) {
                var chunks = (length - HEADER) / SEALED;
                assertArrayEquals(Arrays.copyOf(bytes, chunks * CHUNK), opened(End.AS_IT_IS));
            }
        }
        Files.write(path, Arrays.copyOf(whole, whole.length + 40));
        assertThrows(VaultException.class, () -> opened(End.WHOLE), "something after the end");
    }

    @Test
    void aChangedBitAnywhereIsNoticed() throws IOException {
        sealed(2 * CHUNK + 300);
        var whole = Files.readAllBytes(path);
        for (var at = 0; at < whole.length; at += at < HEADER + 60 ? 1 : 997) {
            var changed = whole.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(path, changed);
            assertThrows(IOException.class, () -> opened(End.WHOLE), "octet " + at);
        }
    }

    @Test
    void chunksInAnotherOrderLeftOutOrOfAnotherFileAreNoticed() throws IOException {
        sealed(4 * CHUNK);
        var whole = Files.readAllBytes(path);
        Files.delete(path);
        sealed(4 * CHUNK);
        var other = Files.readAllBytes(path);
        for (var end : End.values()) {
            Files.write(path, chunks(whole, whole, 0, 2, 1, 3));
            assertThrows(VaultException.class, () -> opened(end), "swapped");
            Files.write(path, chunks(whole, whole, 0, 1, 3));
            assertThrows(VaultException.class, () -> allOrSurprise(end, 3 * CHUNK), "left out");
            Files.write(path, chunks(whole, whole, 0, 0, 1, 2, 3));
            assertThrows(VaultException.class, () -> opened(end), "doubled");
            Files.write(path, chunks(whole, other, 0, 1, 2, 3));
            assertThrows(VaultException.class, () -> opened(end), "of another file");
        }
    }

    /** Chunks 0, 1 and then the last one: read as it is, it ends after two. */
    private void allOrSurprise(End end, int tooMuch) throws IOException {
        if (opened(end).length < tooMuch) {
            throw new VaultException("shorter, and it said so");
        }
    }

    private static byte[] chunks(byte[] headerOf, byte[] file, int... numbers) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(headerOf, 0, HEADER);
        for (var number : numbers) {
            out.write(file, HEADER + number * SEALED, SEALED);
        }
        return out.toByteArray();
    }

    @Test
    void afterAChangeOfKeysOldFilesAreOpenedAndNewOnesSealedWithTheNewKey() throws IOException {
        var old = sealed(100);
        var before = keys.current();
        keys = keys.renewed(RandomSource.secure());
        assertEquals(2, keys.size());
        assertArrayEquals(old, opened(End.WHOLE));
        keys = KeyRing.open(directory.resolve("keys"));
        assertFalse(before.equals(keys.current()));
        path = directory.resolve("new.wav");
        var later = sealed(100);
        assertArrayEquals(later, opened(End.WHOLE));
        var line = Files.readAllLines(directory.resolve("keys")).getLast();
        Files.writeString(directory.resolve("only-new"), line + "\n");
        Files.setPosixFilePermissions(directory.resolve("only-new"), PosixFilePermissions.fromString("rw-------"));
        var onlyNew = KeyRing.open(directory.resolve("only-new"));
        try (var file = SealedFile.read(path, onlyNew, End.WHOLE)) {
            assertArrayEquals(later, all(file));
        }
    }

    @Test
    void aKeyFileIsForItsOwnerAlone() throws IOException {
        var file = directory.resolve("keys");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        var refused = assertThrows(VaultException.class, () -> KeyRing.open(file));
        assertTrue(refused.getMessage().contains("chmod 600"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "0123456789abcdef AAAA\n", "x\n", "0123456789abcdef !!\n"})
    void aWrongKeyFileIsRefused(String text) throws IOException {
        var file = directory.resolve("wrong");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThrows(VaultException.class, () -> KeyRing.open(file));
    }

    /** The form that docs/security.md gives, opened by other hands: BouncyCastle's HKDF and GCM. */
    @Test
    void theFormIsTheDocumentedOne() throws Exception {
        var bytes = sealed(CHUNK + 10);
        var disk = Files.readAllBytes(path);
        assertEquals("ALLOSEAL", new String(disk, 0, 8, StandardCharsets.US_ASCII));
        var master = Base64.getDecoder()
                .decode(Files.readAllLines(directory.resolve("keys")).getLast().split(" ", -1)[1]);
        var derivation = new HKDFBytesGenerator(new SHA256Digest());
        derivation.init(new HKDFParameters(master, Arrays.copyOfRange(disk, 24, 56), Arrays.copyOf(disk, 56)));
        var key = new byte[32];
        derivation.generateBytes(key, 0, 32);
        var out = new byte[bytes.length];
        for (var number = 0; number < 2; number++) {
            var at = 56 + number * (16384 + 28);
            var length = number == 0 ? 16384 : 10;
            var cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
            var place =
                    ByteBuffer.allocate(9).putLong(number).put((byte) number).array();
            cipher.init(
                    false,
                    new AEADParameters(new KeyParameter(key), 128, Arrays.copyOfRange(disk, at, at + 12), place));
            var opened = new byte[cipher.getOutputSize(length + 16)];
            var count = cipher.processBytes(disk, at + 12, length + 16, opened, 0);
            count += cipher.doFinal(opened, count);
            System.arraycopy(opened, 0, out, number * 16384, count);
        }
        assertArrayEquals(bytes, out);
    }
}
