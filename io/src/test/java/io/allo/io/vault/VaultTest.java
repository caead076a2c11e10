package io.allo.io.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final byte[] SOUND = "RIFF and what is said".repeat(3_000).getBytes();

    @TempDir
    Path directory;

    private Path keys;
    private Path file;
    private Vault vault;

    @BeforeEach
    void open() {
        keys = directory.resolve("seal.keys");
        file = directory.resolve("msg0000.wav");
        vault = Vault.of(keys, RandomSource.secure());
    }

    private Path made(boolean sealed) throws IOException {
        try (var channel = vault.create(file, sealed)) {
            channel.write(ByteBuffer.wrap(SOUND));
        }
        return file;
    }

    private byte[] read(Vault by, Path path) throws IOException {
        try (var channel = by.read(path)) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }

    @Test
    void aTextIsSealedIntoOneWordForOnePlace() throws IOException {
        String sealed = vault.sealText("callerid=\"Zoé\" <0612345678>\n", "message 1", file);
        assertTrue(sealed.matches("[0-9a-f]{16}:[A-Za-z0-9+/=]+"), sealed);
        assertFalse(sealed.equals(vault.sealText("callerid=\"Zoé\" <0612345678>\n", "message 1", file)));
        assertEquals("callerid=\"Zoé\" <0612345678>\n", vault.openText(sealed, "message 1", file));
        assertThrows(VaultException.class, () -> vault.openText(sealed, "message 2", file));
        for (int length = 0; length < sealed.replace("=", "").length(); length++) {
            String cut = sealed.substring(0, length);
            assertThrows(VaultException.class, () -> vault.openText(cut, "message 1", file), cut);
        }
        String changed = sealed.substring(0, 90) + (sealed.charAt(90) == 'A' ? 'B' : 'A') + sealed.substring(91);
        assertThrows(VaultException.class, () -> vault.openText(changed, "message 1", file));
        Files.delete(keys);
        assertThrows(VaultException.class, () -> vault.openText(sealed, "message 1", file));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileIsReadWhicheverItIs(boolean sealed) throws IOException {
        made(sealed);
        assertEquals(sealed, SealedFile.isSealed(file));
        assertArrayEquals(SOUND, read(vault, file));
        assertEquals(sealed, Files.exists(keys), "keys are made when they are needed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileIsGoneOnWithWhicheverItIs(boolean sealed) throws IOException {
        made(sealed);
        try (var channel = vault.reopen(file)) {
            assertEquals(0, channel.position());
            channel.position(channel.size());
            channel.write(ByteBuffer.wrap(SOUND));
        }
        assertEquals(2L * SOUND.length, read(vault, file).length);
    }

    @Test
    void whatIsFlushedIsThereAfterAKill() throws IOException {
        var channel = vault.create(file, true);
        channel.write(ByteBuffer.wrap(SOUND));
        Vault.flush(channel);
        var copy = directory.resolve("as a kill left it");
        Files.copy(file, copy);
        channel.write(ByteBuffer.wrap(SOUND)); // after a flush it goes on as if nothing had been
        channel.close();
        assertThrows(VaultException.class, () -> read(vault, copy));
        try (var left = vault.reopen(copy)) {
            assertEquals(SOUND.length, left.size());
        }
        assertArrayEquals(SOUND, read(vault, copy));
        assertEquals(2L * SOUND.length, read(vault, file).length);
    }

    @Test
    void aCopyIsSealedWithTheNewKeyOrOpened() throws IOException {
        made(true);
        var former = Files.readString(keys);
        KeyRing.open(keys).renewed(RandomSource.secure());
        var sealed = directory.resolve("sealed");
        var plain = directory.resolve("plain");
        vault.copy(file, sealed, true);
        vault.copy(file, plain, false);
        assertThrows(FileAlreadyExistsException.class, () -> vault.copy(file, plain, false));
        assertArrayEquals(SOUND, Files.readAllBytes(plain));
        assertArrayEquals(SOUND, read(vault, sealed));
        Files.writeString(keys, former);
        assertArrayEquals(SOUND, read(vault, file));
        var refused = assertThrows(VaultException.class, () -> read(vault, sealed));
        assertTrue(
                refused.getMessage()
                        .matches(".*sealed is sealed with key [0-9a-f]{16}, which .*seal.keys "
                                + "does not have: add the line of that key .*"),
                refused.getMessage());
    }

    @Test
    void aMissingKeyFileIsSaidAndNotMadeAnewByReading() throws IOException {
        made(true);
        Files.delete(keys);
        var refused = assertThrows(VaultException.class, () -> read(vault, file));
        assertTrue(
                refused.getMessage().contains("the key file " + keys + " is not there: put your copy of it there"),
                refused.getMessage());
        assertFalse(Files.exists(keys));
        assertThrows(VaultException.class, () -> read(Vault.NONE, file));
        assertThrows(VaultException.class, () -> Vault.NONE.create(directory.resolve("x"), true));
    }
}
