package io.allo.media.recording;

import io.allo.media.sdp.CodecName;
import org.jspecify.annotations.Nullable;

/**
 * A packet out of a {@link SoundTap}. Immutable.
 *
 * @param spoken it goes to the phone; otherwise it came from there
 * @param codec null if the payload is samples, most significant byte first
 * @param sampleRate of samples, Hz
 * @param sequence 16 bits
 * @param nanos when it passed
 */
record TappedPacket(
        boolean spoken,
        @Nullable CodecName codec,
        int sampleRate,
        int ssrc,
        int sequence,
        int timestamp,
        long nanos,
        byte[] payload) {}
