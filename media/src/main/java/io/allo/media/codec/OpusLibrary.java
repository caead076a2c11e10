package io.allo.media.codec;

/** Something that can encode and decode Opus (RFC 6716), one channel. Immutable, shared by all threads. */
public sealed interface OpusLibrary permits JavaOpus, SystemOpus {
    /** Its name and version, for the log. */
    String description();

    /** A new encoder of PCM at this rate: 8000, 12000, 16000, 24000 or 48000 Hz. It must be closed. */
    Encoder newEncoder(OpusSettings settings, int rate);

    /** A new encoder at 48 kHz; it must be closed. */
    default Encoder newEncoder(OpusSettings settings) {
        return newEncoder(settings, Opus.RATE);
    }

    /** A new decoder to PCM at one of these rates; it must be closed. Stereo packets come out as one channel. */
    Decoder newDecoder(int rate);

    /** A new decoder to 48 kHz; it must be closed. */
    default Decoder newDecoder() {
        return newDecoder(Opus.RATE);
    }
}
