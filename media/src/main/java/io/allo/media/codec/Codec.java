package io.allo.media.codec;

/** A way of writing speech as bytes, under its RFC 3551 encoding name. Immutable, shared by all threads. */
public interface Codec {
    /** The encoding name of the SDP {@code a=rtpmap} line, for example {@code "PCMU"}. */
    String name();

    /** The RTP timestamp clock in Hz. For G722 this is 8000 though it samples at 16000 (RFC 3551 4.5.2). */
    int clockRate();

    /** The rate of the PCM that goes in and comes out, in Hz. */
    int sampleRate();

    /** The usual packet time in milliseconds; {@link #frameSamples()} PCM samples. */
    int frameMs();

    /** A new encoder in its initial state, for one stream. */
    Encoder newEncoder();

    /** A new encoder for a peer that asks this of it: the format parameters ({@code a=fmtp}) that it sent, "" if none. */
    default Encoder newEncoder(String fmtp) {
        return newEncoder();
    }

    /** A new encoder for music that many hear, of this {@link #sharedFormat}. */
    default Encoder newMusicEncoder(String format) {
        return newEncoder(format);
    }

    /** Format parameters for one encoder that serves all peers whose own make the same: what is encoded once for many. */
    default String sharedFormat(String fmtp) {
        return "";
    }

    /** The same for peers that lose packets and can do something about it; the same as without where they can't. */
    default String sharedFormatThroughLoss(String fmtp) {
        return sharedFormat(fmtp);
    }

    /**
     * This codec with PCM at the lowest rate that holds all of {@code rateHz}, if its encoders and decoders can work at other rates than
     * {@link #sampleRate()}; else itself. What goes over the wire stays the same.
     */
    default Codec sampledAt(int rateHz) {
        return this;
    }

    /** A new decoder in its initial state, for one stream. */
    Decoder newDecoder();

    /** PCM samples in one frame of {@link #frameMs()}. */
    default int frameSamples() {
        return sampleRate() * frameMs() / 1000;
    }

    /** RTP timestamp units in one frame of {@link #frameMs()}. */
    default int frameTimestampUnits() {
        return clockRate() * frameMs() / 1000;
    }

    /** The most bytes an encoder writes for so many samples. */
    int maxBytes(int samples);

    /** The most samples a decoder writes for so many bytes. */
    int maxSamples(int bytes);
}
