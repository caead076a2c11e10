package io.allo.media.audio;

import java.util.List;
import java.util.Optional;

/** The kinds of sound file, with the file name extensions Asterisk knows them by. Note that {@code .wav} and {@code .WAV} differ. */
public enum SoundFormat {
    /** G.711 u-law without header. */
    ULAW(8000, "ulaw", "ul", "mu", "ulw", "pcm"),
    /** G.711 A-law without header. */
    ALAW(8000, "alaw", "al", "alw"),
    /** GSM 06.10, frames of 33 octets. */
    GSM(8000, "gsm"),
    /** G.722 at 64 kbit/s. */
    G722(16000, "g722"),
    /** 16-bit PCM, least significant byte first, at 8000 Hz. */
    SLN(8000, "sln", "slin", "raw"),
    /** The same at 12000 Hz. */
    SLN12(12000, "sln12", "slin12"),
    /** The same at 16000 Hz. */
    SLN16(16000, "sln16", "slin16"),
    /** The same at 24000 Hz. */
    SLN24(24000, "sln24", "slin24"),
    /** The same at 32000 Hz. */
    SLN32(32000, "sln32", "slin32"),
    /** The same at 44100 Hz. */
    SLN44(44100, "sln44", "slin44"),
    /** The same at 48000 Hz. */
    SLN48(48000, "sln48", "slin48"),
    /** Opus in Ogg, RFC 7845; one channel is written. */
    OPUS(48000, "opus", "ogg", "oga"),
    /** WAVE; read: whatever the header says; written: 16-bit PCM at 8000 Hz. */
    WAV(8000, "wav"),
    /** WAVE; written: 16-bit PCM at 16000 Hz. */
    WAV16(16000, "wav16"),
    /** WAVE; written: GSM 06.10, Microsoft's format 0x31. */
    WAV49(8000, "WAV", "wav49");

    private final int sampleRate;
    private final List<String> extensions;

    SoundFormat(int sampleRate, String... extensions) {
        this.sampleRate = sampleRate;
        this.extensions = List.of(extensions);
    }

    /** The format of a file name extension, without the dot. Only {@code WAV} minds upper case. */
    public static Optional<SoundFormat> byExtension(String extension) {
        for (var format : values()) {
            if (format.extensions.contains(extension)) {
                return Optional.of(format);
            }
        }
        for (var format : values()) {
            if (format.extensions.stream().anyMatch(extension::equalsIgnoreCase)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The rate of the PCM to be written, in Hz; WAVE files say their own when read. */
    public int sampleRate() {
        return sampleRate;
    }

    /** The file name extensions, the usual one first. */
    public List<String> extensions() {
        return extensions;
    }

    /** Whether it has a RIFF header. */
    public boolean isWave() {
        return this == WAV || this == WAV16 || this == WAV49;
    }
}
