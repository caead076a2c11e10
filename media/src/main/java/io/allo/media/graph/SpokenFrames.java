package io.allo.media.graph;

import io.allo.media.audio.DtmfTone;
import io.allo.media.audio.Tone;
import io.allo.media.audio.ToneSequence;
import io.allo.media.audio.ToneSequenceGenerator;
import io.allo.media.codec.Codec;
import io.allo.media.codec.Encoder;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.rtp.TelephoneEvent;
import io.allo.media.rtp.TelephoneEventSender;
import io.allo.media.sdp.NegotiatedCodec;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Sound and digits that allo makes itself, encoded for one stream: a frame a packet, at the rate of the sound where the codec can be had
 * so ({@link #at}). The encoder is made when it is first needed. Owned by the media loop.
 */
final class SpokenFrames {

    /** Level of RFC 4733 events: 10 dB below 0 dBm0, as phones send it. */
    private static final int EVENT_VOLUME_DB = 10;

    /** Enough for tones. */
    private static final int LEAST_RATE = 8_000;

    private final NegotiatedCodec negotiated;
    private final int frameMs;
    private final Codec codec;
    private Codec sampled;
    private @Nullable Encoder encoder;
    private int samples;
    private final String sharedFormat;
    private final String roomFormatThroughLoss;
    private boolean lossSeen;
    private int unsentUnits;
    private int expectedLoss;
    private final int units;
    private @Nullable TelephoneEventSender events;
    private int eventsClock;
    private @Nullable ToneSequenceGenerator tones;

    SpokenFrames(NegotiatedCodec negotiated, int frameMs) {
        this.negotiated = negotiated;
        this.frameMs = frameMs;
        this.codec = HeardFrames.known(negotiated.codec());
        this.sampled = codec.sampledAt(LEAST_RATE);
        this.sharedFormat = codec.sharedFormat(negotiated.sendFmtp());
        this.roomFormatThroughLoss = codec.sharedFormatThroughLoss(negotiated.sendFmtp());
        this.samples = sampled.sampleRate() / 1000 * frameMs;
        this.units = codec.clockRate() / 1000 * frameMs;
    }

    boolean isFor(NegotiatedCodec other, int otherFrameMs) {
        return negotiated.equals(other) && frameMs == otherFrameMs;
    }

    int frameMs() {
        return frameMs;
    }

    int frameSamples() {
        return samples;
    }

    /** The rate of the frames that it takes now, Hz; that of {@link #codec} may be higher. */
    int sampleRate() {
        return sampled.sampleRate();
    }

    /** Takes sound of this rate in Hz from now on, or of one near it: nothing has to be resampled, and no band encoded that is empty. */
    SpokenFrames at(int sourceRate) {
        var better = codec.sampledAt(sourceRate);
        if (better != sampled) {
            close();
            sampled = better;
            samples = better.sampleRate() / 1000 * frameMs;
        }
        return this;
    }

    private Encoder encoder() {
        var made = encoder;
        if (made == null) {
            made = sampled.newEncoder(negotiated.sendFmtp());
            made.expectLoss(expectedLoss);
            encoder = made;
        }
        return made;
    }

    /** Encodes and sends a frame. */
    void send(RtpPort port, short[] pcm, OutgoingStream out, long nowNanos) {
        var packet = port.graph.buffers().packet;
        var length = encoder().encode(pcm, 0, samples, packet, RtpPacket.HEADER_BYTES);
        if (length == 0) { // silence that need not be sent; what comes after it begins a talkspurt (RFC 7587 4.2)
            unsentUnits += units;
            out.pauseEnded();
            return;
        }
        var timestamp = out.nextTimestamp(units + unsentUnits, nowNanos, codec.clockRate());
        unsentUnits = 0;
        port.sendOwn(out.takeSpurt(), negotiated.sendPayloadType(), timestamp, length, nowNanos);
    }

    /** Sends a frame that is encoded already. */
    void sendEncoded(RtpPort port, byte[] frame, int length, OutgoingStream out, long nowNanos) {
        var packet = port.graph.buffers().packet;
        unsentUnits = 0;
        System.arraycopy(frame, 0, packet, RtpPacket.HEADER_BYTES, length);
        var timestamp = out.nextTimestamp(units, nowNanos, codec.clockRate());
        port.sendOwn(out.takeSpurt(), negotiated.sendPayloadType(), timestamp, length, nowNanos);
    }

    /** The other side reports this loss of what it was sent. */
    void expectLoss(int percent) {
        if (percent != expectedLoss) {
            expectedLoss = percent;
            lossSeen |= percent > 0;
            if (encoder != null) {
                encoder.expectLoss(percent);
            }
        }
    }

    /** The loss that the other side reports, in percent. */
    int expectedLoss() {
        return expectedLoss;
    }

    void close() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }

    /** What its encoding of a room has in common with that of others: who has lost packets is sent FEC from then on. */
    String roomFormat() {
        return lossSeen ? roomFormatThroughLoss : sharedFormat;
    }

    /** What its encoding has in common with that of others. */
    String sharedFormat() {
        return sharedFormat;
    }

    /** How it encodes. */
    Codec codec() {
        return codec;
    }

    /** Has digits sent one after the other, as events on this clock, or as tones if {@code eventClock} is 0. */
    void digits(String digits, int durationMs, int gapMs, int eventClock) {
        if (eventClock > 0) {
            if (events == null || eventsClock != eventClock) {
                events = new TelephoneEventSender(eventClock, frameMs, Math.max(gapMs, frameMs), EVENT_VOLUME_DB);
                eventsClock = eventClock;
            }
            for (var i = 0; i < digits.length(); i++) {
                var event = TelephoneEvent.event(digits.charAt(i));
                if (event >= 0) {
                    events.send(event, durationMs);
                }
            }
        } else {
            var parts = new ArrayList<ToneSequence.Part>();
            for (var i = 0; i < digits.length(); i++) {
                if (DtmfTone.isDigit(digits.charAt(i))) {
                    parts.add(new ToneSequence.Part(DtmfTone.of(digits.charAt(i)), Math.max(1, durationMs), true));
                    parts.add(new ToneSequence.Part(Tone.SILENCE, Math.max(frameMs, gapMs), true));
                }
            }
            tones = parts.isEmpty() ? null : new ToneSequence(parts).generator(sampled.sampleRate());
        }
    }

    /** Whether digits are being sent. */
    boolean isSendingDigits() {
        return tones != null || events != null && events.isSending();
    }

    /** Sends the next packet of the digits that are being sent. */
    void digitFrame(RtpPort port, int eventType, OutgoingStream out, long nowNanos) {
        if (tones != null) {
            var pcm = port.graph.buffers().pcm;
            var got = tones.fill(pcm, 0, samples);
            if (got < samples) {
                java.util.Arrays.fill(pcm, got, samples, (short) 0);
                tones = null;
            }
            send(port, pcm, out, nowNanos);
        } else if (events != null) {
            unsentUnits = 0;
            var packet = port.graph.buffers().packet;
            var length =
                    events.next(out.nextTimestamp(units, nowNanos, codec.clockRate()), packet, RtpPacket.HEADER_BYTES);
            if (length > 0) {
                port.sendOwn(events.marker(), eventType, events.timestamp(), length, nowNanos);
            }
        }
    }
}
