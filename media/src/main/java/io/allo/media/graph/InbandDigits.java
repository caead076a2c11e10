package io.allo.media.graph;

import io.allo.media.audio.DtmfDetector;
import io.allo.media.codec.Decoder;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.sdp.CodecName;
import org.jspecify.annotations.Nullable;

/** Listens for digits in the sound of a stream (dtmf_mode inband, auto). Owned by the media loop. */
final class InbandDigits {

    private final short[] pcm = new short[FrameBuffers.MAX_SAMPLES];
    private @Nullable DtmfDetector detector;
    private @Nullable Decoder decoder;
    private @Nullable CodecName codec;
    private @Nullable RtpPort port;

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
        port = from;
        if (codec != packetCodec || detector == null || decoder == null) {
            close();
            codec = packetCodec;
            var known = HeardFrames.known(packetCodec).sampledAt(8_000);
            decoder = known.newDecoder();
            detector = new DtmfDetector(known.sampleRate(), new Digits());
        }
        var size = Math.min(RtpPacket.payloadLength(b, off, length), pcm.length / 4);
        detector.accept(pcm, 0, decoder.decode(b, RtpPacket.payloadOffset(b, off), size, pcm, 0));
    }

    /** What is found. */
    private final class Digits implements DtmfDetector.Listener {

        @Override
        public void digitBegan(char digit) {
            if (port != null) {
                port.digitBegan(digit);
            }
        }

        @Override
        public void digitEnded(char digit, int durationMs) {
            if (port != null) {
                port.inbandDigitEnded(digit, durationMs);
            }
        }
    }
}
