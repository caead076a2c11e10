package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.lab.Tools;
import io.allo.conformance.sound.ToneCheck;
import io.allo.conformance.sound.ToneReport;
import io.allo.conformance.sound.ToneWav;
import io.allo.conformance.sound.WavSound;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener must be right before it judges anybody. */
class ToneCheckTest {
    private final WavSound clean = new ToneWav(440, 5).sound(8000);

    @Test
    void aCleanToneIsHeardWhole() {
        ToneReport report = ToneCheck.listen(clean, 440);
        assertEquals(5000, report.heardMs());
        assertEquals(440, report.dominantHz());
        assertEquals(0, report.longestGapMs());
        assertEquals(List.of(1000L, 1000L, 1000L), report.markerIntervalsMs());
        assertTrue(report.snrDb() > 60, report.toString());
    }

    @Test
    void silenceOf80MsIsAGapAndOf40MsIsNot() {
        assertEquals(1, ToneCheck.listen(silenced(80), 440).gapsOver60Ms());
        assertEquals(80, ToneCheck.listen(silenced(80), 440).longestGapMs());
        assertEquals(0, ToneCheck.listen(silenced(40), 440).gapsOver60Ms());
    }

    @Test
    void aPieceCutOutShowsBetweenTheMarkers() {
        short[] samples = clean.samples();
        var cut = new short[samples.length - 800];
        System.arraycopy(samples, 0, cut, 0, 12000);
        System.arraycopy(samples, 12800, cut, 12000, samples.length - 12800);
        assertEquals(
                900L,
                ToneCheck.listen(new WavSound(8000, cut), 440)
                        .markerIntervalsMs()
                        .getFirst());
    }

    @Test
    void aHoleInAMarkerIsAGapAndNoSecondMarker() {
        short[] holed = clean.samples().clone();
        Arrays.fill(holed, 2 * 8000 + 320, 2 * 8000 + 480, (short) 0);
        ToneReport report = ToneCheck.listen(new WavSound(8000, holed), 440);
        assertEquals(List.of(1000L, 1000L, 1000L), report.markerIntervalsMs());
        assertEquals(20, report.longestGapMs());
    }

    /** A phone whose sound begins 1,080 ms after the other one's (a handshake repeated after a second) records the end of a marker. */
    @Test
    void soundThatBeginsWithinAMarkerMissesNothing() {
        short[] late = Arrays.copyOfRange(clean.samples(), 8640, clean.samples().length);
        ToneReport report = ToneCheck.listen(new WavSound(8000, late), 440);
        assertEquals(List.of(1000L, 1000L), report.markerIntervalsMs());
        assertTrue(report.keepsTime(), report.toString());
    }

    @Test
    void anotherToneIsNotHeardAndIsNamed() {
        ToneReport report = ToneCheck.listen(clean, 620);
        assertTrue(report.heardMs() == 0 || report.longestGapMs() > 800, report.toString());
        assertEquals(440, ToneCheck.listen(clean, 440).dominantHz());
    }

    @Test
    void silenceHasNoTone() {
        assertEquals(
                0, ToneCheck.listen(new WavSound(8000, new short[8000]), 440).heardMs());
    }

    @Test
    void theToneSurvivesEveryCodecOfSox(@TempDir Path directory) {
        Tools.need(Tools.SOX);
        for (String type : List.of("ul", "al", "gsm")) {
            Path raw = new ToneWav(440, 5).writeRaw(directory.resolve("tone." + type), type);
            ToneReport report = ToneCheck.listen(ToneWav.readRaw(raw, type), 440);
            assertEquals(440, report.dominantHz(), type + report);
            assertEquals(0, report.gapsOver60Ms(), type + report);
            assertEquals(3, report.markerIntervalsMs().size(), type + report);
        }
    }

    private WavSound silenced(int ms) {
        short[] samples = clean.samples().clone();
        Arrays.fill(samples, 11200, 11200 + 8 * ms, (short) 0);
        return new WavSound(8000, samples);
    }
}
