package io.allo.io.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.Clock;
import io.allo.io.vault.KeyRing;
import io.allo.io.vault.SealedFile;
import io.allo.io.vault.Vault;
import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.media.recording.RecordedSides;
import io.allo.media.sdp.CodecName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings that lie encrypted, while they are made too. */
class SealedRecordingTest {
    @TempDir
    Path directory;

    private Path keys;
    private Vault vault;
    private long now = 1_000_000_000L;
    private final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public long epochMillis() {
            return 1_763_720_000_000L + now / 1_000_000;
        }
    };

    @BeforeEach
    void makeVault() {
        keys = directory.resolve("seal.keys");
        vault = Vault.of(keys, RandomSource.secure());
    }

    private RecordingDesk desk() {
        return new RecordingDesk(directory.resolve("journal"), clock, vault);
    }

    private SoundRecording begin(RecordingDesk desk, String name, boolean append, boolean sealed)
            throws RecordingException {
        var path = directory.resolve(name);
        return desk.begin(
                new RecordingPlan(
                        path,
                        RecordingFormat.of(path),
                        RecordedSides.MIX,
                        0,
                        0,
                        0,
                        append,
                        0,
                        0,
                        sealed,
                        Map.of("purpose", "test")),
                (signal, length, silence) -> {});
    }

    /** A square wave: its samples are -3900 and 3900 or so and nothing else. */
    private void talk(RecordingDesk desk, SoundRecording recording, int ms) {
        var payload = new byte[160];
        for (var at = 0; at < ms; at += 20) {
            Arrays.fill(payload, 0, 80, (byte) 0x10);
            Arrays.fill(payload, 80, 160, (byte) 0x90);
            recording.tap().heard(CodecName.ULAW, 1, at / 20, at * 8, payload, 0, 160, now);
            now += 20_000_000L;
            desk.advance();
        }
    }

    private long lengthMs(String name) throws IOException {
        var format =
                SoundFormat.byExtension(name.substring(name.indexOf('.') + 1)).orElseThrow();
        try (var reader = SoundFile.open(vault.read(directory.resolve(name)), format)) {
            return reader.lengthMs();
        }
    }

    /** No header of a sound file, and no eight octets twice beside each other: a wave in the clear is full of them. */
    private static void assertUnreadable(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("RIFF"), file + " has a header");
        for (var i = 64; i + 16 <= bytes.length; i++) {
            assertFalse(Arrays.equals(bytes, i, i + 8, bytes, i + 8, i + 16), file + " is readable at " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.wav", "b.WAV", "c.gsm", "d.ulaw", "f.sln", "g.g722", "h.opus"})
    void neitherTheFileNorItsPartIsEverReadable(String name) throws Exception {
        try (var desk = desk()) {
            var recording = begin(desk, name, false, true);
            for (var second = 0; second < 4; second++) {
                talk(desk, recording, 1_000);
                assertUnreadable(directory.resolve(name + ".part"));
            }
            var finished = recording.stop(0, Long.MAX_VALUE);
            assertEquals(4_000, finished.lengthMs(), 20);
            assertUnreadable(directory.resolve(name));
            assertEquals(finished.bytes(), Files.size(directory.resolve(name)));
            assertEquals(4_000, lengthMs(name), 20);
            var sum = new ProcessBuilder("sha256sum", finished.path().toString()).start();
            assertTrue(
                    new String(sum.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .startsWith(finished.sha256()),
                    "the hash is that of the file as it lies, so that it can be checked without the key");
        }
    }

    @Test
    void whatAKillLeftIsFinishedSealedAndLacksHalfASecondAtMost() throws Exception {
        var killed = desk();
        var names = List.of("a.wav", "b.ulaw", "c.gsm");
        for (var name : names) {
            talk(killed, begin(killed, name, false, true), 5_300);
        }
        // the process is gone here: nothing is closed
        try (var desk = desk()) {
            assertEquals(3, desk.recover().size());
        }
        for (var name : names) {
            assertUnreadable(directory.resolve(name));
            var lived = 5_300 * (names.size() - names.indexOf(name));
            // 300 ms lag, 400 ms until the last chunk is on the disk, a step of 20 ms
            assertTrue(lengthMs(name) >= lived - 720, name + " " + lengthMs(name));
            assertFalse(Files.exists(directory.resolve(name + ".part")));
        }
    }

    @Test
    void aKillWhileTheKeyIsAwayLosesNothing() throws Exception {
        var killed = desk();
        talk(killed, begin(killed, "a.wav", false, true), 3_000);
        var copy = directory.resolve("copy");
        Files.move(keys, copy);
        try (var desk = desk()) {
            assertEquals(List.of(), desk.recover());
            assertTrue(Files.exists(directory.resolve("a.wav.part")));
            Files.move(copy, keys);
            assertEquals(1, desk.recover().size());
        }
        assertTrue(lengthMs("a.wav") >= 2_300);
    }

    @Test
    void whatGoesOnAtTheEndOfAFileIsSealedWithIt() throws Exception {
        try (var desk = desk()) {
            for (var sealed : List.of(false, true, false)) {
                var recording = begin(desk, "a.wav", true, sealed);
                talk(desk, recording, 1_000);
                recording.stop(0, Long.MAX_VALUE);
                if (!sealed && lengthMs("a.wav") < 1_500) {
                    assertFalse(SealedFile.isSealed(directory.resolve("a.wav")));
                    KeyRing.openOrMake(keys, RandomSource.secure());
                } else {
                    assertUnreadable(directory.resolve("a.wav"));
                    KeyRing.open(keys).renewed(RandomSource.secure());
                }
            }
            assertEquals(3_000, lengthMs("a.wav"), 20);
        }
    }

    @Test
    void withoutUsableKeysNothingIsRecordedInTheClear() throws Exception {
        vault.ready();
        Files.setPosixFilePermissions(keys, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        try (var desk = desk()) {
            var refused = assertThrows(RecordingException.class, () -> begin(desk, "a.wav", false, true));
            assertTrue(refused.getMessage().contains("chmod 600"), refused.getMessage());
            assertFalse(Files.exists(directory.resolve("a.wav.part")));
            assertFalse(Files.exists(directory.resolve("a.wav")));
            assertEquals(0, desk.underWay());
        }
    }
}
