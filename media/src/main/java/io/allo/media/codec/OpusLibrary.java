package io.allo.media.codec;

/** Something that can encode and decode Opus (RFC 6716), one channel at 48 kHz. Immutable, shared by all threads. */
public sealed interface OpusLibrary permits JavaOpus, SystemOpus {
    /** Its name and version, for the log. */
    String description();

    /** A new encoder; it must be closed. */
    Encoder newEncoder(OpusSettings settings);

    /** A new decoder; it must be closed. Stereo packets come out as one channel. */
    Decoder newDecoder();
}
