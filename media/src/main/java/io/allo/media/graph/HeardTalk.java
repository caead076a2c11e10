package io.allo.media.graph;

import io.allo.media.audio.VoiceActivity;
import io.allo.media.codec.Decoder;
import io.allo.media.port.MediaEvent;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.sdp.CodecName;
import org.jspecify.annotations.Nullable;

/**
 * Listens for talk in the sound of a stream. Only packets count: a phone that sends none while nobody talks is silent when
 * the next comes. Owned by the media loop.
 */
final class HeardTalk {

    private final int talkMs;
    private final int silenceMs;
    private final short[] pcm = new short[FrameBuffers.MAX_SAMPLES];
    private @Nullable VoiceActivity activity;
    private @Nullable Decoder decoder;
    private @Nullable CodecName codec;

    HeardTalk(int talkMs, int silenceMs) {
        this.talkMs = talkMs;
        this.silenceMs = silenceMs;
    }

    void close() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }

    /** A packet came. */
    void heard(byte[] b, int off, int length, CodecName packetCodec, RtpPort from) {
        if (!packetCodec.transcodable()) {
            return;
        }
        if (codec != packetCodec || activity == null || decoder == null) {
            close();
            codec = packetCodec;
            var known = HeardFrames.known(packetCodec).sampledAt(8_000);
            decoder = known.newDecoder();
            activity = new VoiceActivity(known.sampleRate(), VoiceActivity.DEFAULT_THRESHOLD, talkMs, silenceMs);
        }
        var size = Math.min(RtpPacket.payloadLength(b, off, length), pcm.length / 4);
        var samples = decoder.decode(b, RtpPacket.payloadOffset(b, off), size, pcm, 0);
        if (activity.accept(pcm, 0, samples) && !activity.isTalking()) {
            from.tell(new MediaEvent.Talked(from.id, activity.talkMs()));
        }
    }
}
