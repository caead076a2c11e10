package io.allo.media.graph;

import java.nio.ByteBuffer;

/** Room for one frame on its way through a tick, shared by all ports of a loop. Owned by the media loop. */
final class FrameBuffers {

    /** 60 ms at 48 kHz, twice for a resampler's overhang. */
    static final int MAX_SAMPLES = 2 * 48 * 60;

    final short[] pcm = new short[MAX_SAMPLES];
    final short[] other = new short[MAX_SAMPLES];
    final byte[] packet = new byte[2_048];
    final ByteBuffer out = ByteBuffer.wrap(packet);
}
