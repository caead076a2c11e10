package io.allo.io.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.timer.Clock;
import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.media.recording.RecordedSides;
import io.allo.media.sdp.CodecName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingDeskTest {
    @TempDir
    Path directory;

    private long now = 1_000_000_000L;
    private final List<String> told = new ArrayList<>();
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

    private RecordingDesk desk() {
        return new RecordingDesk(directory.resolve("journal"), clock);
    }

    private RecordingPlan plan(String name, boolean append, RecordedSides sides) throws RecordingException {
        return plan(name, append, sides, false);
    }

    private RecordingPlan plan(String name, boolean append, RecordedSides sides, boolean sealed)
            throws RecordingException {
        var path = directory.resolve(name);
        return new RecordingPlan(
                path, RecordingFormat.of(path), sides, 0, 0, 0, append, 0, 0, sealed, Map.of("purpose", "test"));
    }

    private SoundRecording begin(RecordingDesk desk, String name) throws RecordingException {
        return desk.begin(
                plan(name, false, RecordedSides.MIX), (signal, length, silence) -> told.add(signal + " " + length));
    }

    private void talk(RecordingDesk desk, SoundRecording recording, int ms) {
        var payload = new byte[160];
        for (var at = 0; at < ms; at += 20) {
            java.util.Arrays.fill(payload, (byte) (at % 40 == 0 ? 0x10 : 0x90));
            recording.tap().heard(CodecName.ULAW, 1, at / 20, at * 8, payload, 0, 160, now);
            now += 20_000_000L;
            desk.advance();
        }
    }

    private long lengthMs(String name) throws IOException {
        var format =
                SoundFormat.byExtension(name.substring(name.indexOf('.') + 1)).orElseThrow();
        try (var reader = SoundFile.open(Files.newByteChannel(directory.resolve(name)), format)) {
            return reader.lengthMs();
        }
    }

    @Test
    void aFileAppearsWhole() throws Exception {
        try (var desk = desk()) {
            var recording = begin(desk, "x/a.wav");
            talk(desk, recording, 1_000);
            assertTrue(Files.exists(directory.resolve("x/a.wav.part")));
            assertFalse(Files.exists(directory.resolve("x/a.wav")));
            var finished = recording.stop(0, Long.MAX_VALUE);
            assertEquals(1_000, finished.lengthMs());
            assertEquals(44 + 16_000, finished.bytes());
            assertEquals(1_000, lengthMs("x/a.wav"));
            assertFalse(Files.exists(directory.resolve("x/a.wav.part")));
            var sum = new ProcessBuilder("sha256sum", finished.path().toString()).start();
            var text = new String(sum.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(text.startsWith(finished.sha256()), text);
        }
    }

    @Test
    void aFeedGivesOnWhatIsSaidAsItComesWithSilenceInItsGaps() throws Exception {
        try (var desk = desk()) {
            var heard = new ArrayList<Integer>();
            var feed = desk.feed(8_000, (samples, count) -> {
                for (var i = 0; i < count; i++) {
                    heard.add((int) samples[i]);
                }
            });
            var payload = new byte[160];
            java.util.Arrays.fill(payload, (byte) 0x10);
            for (var at = 0; at < 3_000; at += 20) {
                if (at < 1_000 || at >= 2_000) {
                    feed.tap().heard(CodecName.ULAW, 1, at / 20, at * 8, payload, 0, 160, now);
                }
                now += 20_000_000L;
                desk.advance();
            }
            assertEquals(2_700, heard.size() / 8, 40, "it is 0.3 s late");
            assertTrue(Math.abs(heard.get(4_000)) > 1_000);
            assertEquals(0, heard.get(12_000));
            assertTrue(Math.abs(heard.get(20_000)) > 1_000);
            feed.close();
            feed.close();
            var before = heard.size();
            now += 1_000_000_000L;
            desk.advance();
            assertEquals(before, heard.size());
            assertEquals(0, desk.feeds());
        }
    }

    @Test
    void everyFormatCanBeRead() throws Exception {
        try (var desk = desk()) {
            for (var name : List.of(
                    "a.wav", "b.WAV", "c.gsm", "d.ulaw", "e.alaw", "f.sln", "g.g722", "h.wav16", "i.opus", "j.ogg")) {
                var recording = begin(desk, name);
                talk(desk, recording, 1_000);
                assertEquals(1_000, recording.stop(0, Long.MAX_VALUE).lengthMs(), 20, name);
                assertEquals(1_000, lengthMs(name), 20, name);
            }
        }
    }

    @Test
    void bothSidesBesideEachOtherAreTwoChannels() throws Exception {
        try (var desk = desk()) {
            var recording = desk.begin(plan("s.wav", false, RecordedSides.STEREO), (s, l, q) -> {});
            talk(desk, recording, 500);
            assertEquals(500, recording.stop(0, Long.MAX_VALUE).lengthMs());
            var bytes = Files.readAllBytes(directory.resolve("s.wav"));
            assertEquals(2, bytes[22]);
            assertEquals(44 + 500 * 8 * 4, bytes.length);
            assertThrows(
                    RecordingException.class,
                    () -> desk.begin(plan("s.gsm", false, RecordedSides.STEREO), (s, l, q) -> {}));
        }
    }

    @Test
    void whatACrashLeftIsFinishedAtTheNextStart() throws Exception {
        var crashed = desk();
        for (var name : List.of("a.wav", "b.gsm", "c.WAV", "d.opus")) {
            talk(crashed, begin(crashed, name), 5_000);
        }
        // the process is gone here: nothing is closed
        try (var desk = desk()) {
            var recovered = desk.recover();
            assertEquals(4, recovered.size());
            for (var finished : recovered) {
                assertTrue(finished.recovered());
                assertEquals("test", finished.facts().get("purpose"));
                // 300 ms lag, at most 400 ms in the writer, and 6.5 ms in an Opus encoder are gone
                assertTrue(finished.lengthMs() > 4_190, finished.toString());
                assertEquals(
                        finished.lengthMs(),
                        lengthMs(finished.path().getFileName().toString()),
                        20);
            }
            assertEquals(List.of(), desk.recover());
        }
    }

    @Test
    void twoRecordingsOfOneNameDoNotMeet() throws Exception {
        try (var desk = desk()) {
            var first = begin(desk, "a.wav");
            var second = begin(desk, "a.wav");
            talk(desk, first, 1_000);
            first.stop(0, Long.MAX_VALUE);
            assertEquals(1_000, lengthMs("a.wav"));
            second.discard();
            assertEquals(1_000, lengthMs("a.wav"));
            assertEquals(0, desk.underWay());
        }
    }

    @Test
    void theEndCanBeCut() throws Exception {
        try (var desk = desk()) {
            for (var name : List.of("a.wav", "b.gsm", "c.WAV", "d.ulaw", "e.opus")) {
                var recording = begin(desk, name);
                talk(desk, recording, 3_000);
                assertEquals(2_000, recording.stop(1_000, Long.MAX_VALUE).lengthMs(), 40, name);
                assertEquals(2_000, lengthMs(name), 40, name);
            }
        }
    }

    @Test
    void whatCannotBeRecordedIsSaidInWords() throws Exception {
        try (var desk = desk()) {
            assertTrue(assertThrows(RecordingException.class, () -> RecordingFormat.of("doc"))
                    .getMessage()
                    .contains("the endings are"));
            Files.writeString(directory.resolve("file"), "");
            assertThrows(RecordingException.class, () -> begin(desk, "file/a.wav"));
            assertEquals(0, desk.underWay());
        }
    }
}
