package io.allo.conformance.sound;

import io.allo.conformance.lab.Tools;
import java.nio.file.Path;

/**
 * The sound a test phone speaks: a tone that gives way to a marker tone for 100 ms at every full second (not at the
 * first), so that whoever records it can see which tone it is, whether any of it is missing, and where.
 *
 * @param toneHz the tone; an exact number of 10 Hz keeps it clear of its neighbours
 * @param seconds how long
 */
public record ToneWav(int toneHz, int seconds) {
    /** The marker for every tone: far from the tones the tests use, inside the band of every codec. */
    public static final int MARKER_HZ = 1500;

    /** How long a marker is. */
    public static final int MARKER_MS = 100;

    private static final double AMPLITUDE = 0.4 * 32768;

    /** 16-bit PCM with this many samples a second. The phase runs through, so that a change of tone makes no click. */
    public WavSound sound(int rateHz) {
        var samples = new short[seconds * rateHz];
        double phase = 0;
        for (int i = 0; i < samples.length; i++) {
            boolean marker = i >= rateHz && i % rateHz < rateHz * MARKER_MS / 1000;
            samples[i] = (short) Math.round(AMPLITUDE * Math.sin(phase));
            phase += 2 * Math.PI * (marker ? MARKER_HZ : toneHz) / rateHz;
        }
        return new WavSound(rateHz, samples);
    }

    /** Writes it as a WAV file. */
    public Path write(Path file, int rateHz) {
        return sound(rateHz).write(file);
    }

    /** Writes it as headerless u-law (sox's type "ul") or A-law ("al") at 8000 Hz, encoded by sox. */
    public Path writeRaw(Path file, String soxType) {
        Tools.need(Tools.SOX);
        Path wav = write(file.resolveSibling(file.getFileName() + ".wav"), 8000);
        Tools.run(Tools.SOX.command(), wav.toString(), "-t", soxType, file.toString());
        return file;
    }

    /** Reads headerless u-law ("ul"), A-law ("al") or GSM ("gsm") at 8000 Hz, decoded by sox. */
    public static WavSound readRaw(Path file, String soxType) {
        Tools.need(Tools.SOX);
        String wav = file + ".decoded.wav";
        Tools.run(
                Tools.SOX.command(),
                "-t",
                soxType,
                "-r",
                "8000",
                "-c",
                "1",
                file.toString(),
                "-e",
                "signed-integer",
                "-b",
                "16",
                wav);
        return WavSound.read(Path.of(wav));
    }
}
