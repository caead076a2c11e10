package io.allo.media.graph;

import io.allo.media.recording.SoundTap;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.sdp.CodecName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who records a port: each packet is copied to all. Immutable; null where nobody does. Used on the media loop. */
final class PortTaps {

    private final SoundTap[] taps;

    private PortTaps(List<SoundTap> taps) {
        this.taps = taps.toArray(SoundTap[]::new);
    }

    static PortTaps with(@Nullable PortTaps before, SoundTap tap) {
        var all = list(before);
        if (!all.contains(tap)) {
            all.add(tap);
        }
        return new PortTaps(all);
    }

    static PortTaps withAll(@Nullable PortTaps before, PortTaps more) {
        var all = list(before);
        all.addAll(List.of(more.taps));
        return new PortTaps(all);
    }

    static @Nullable PortTaps without(@Nullable PortTaps before, SoundTap tap) {
        var all = list(before);
        all.remove(tap);
        return all.isEmpty() ? null : new PortTaps(all);
    }

    static @Nullable PortTaps withoutAll(@Nullable PortTaps before, PortTaps fewer) {
        var all = list(before);
        all.removeAll(List.of(fewer.taps));
        return all.isEmpty() ? null : new PortTaps(all);
    }

    private static List<SoundTap> list(@Nullable PortTaps before) {
        return new ArrayList<>(before == null ? List.of() : List.of(before.taps));
    }

    /** A valid packet came from the port's phone. */
    void heard(CodecName codec, byte[] b, int off, int length, long nowNanos) {
        for (var tap : taps) {
            tap.heard(
                    codec,
                    RtpPacket.ssrc(b, off),
                    RtpPacket.sequence(b, off),
                    RtpPacket.timestamp(b, off),
                    b,
                    RtpPacket.payloadOffset(b, off),
                    RtpPacket.payloadLength(b, off, length),
                    nowNanos);
        }
    }

    /** A packet goes to the port's phone. */
    void spoken(CodecName codec, byte[] b, int off, int length, long nowNanos) {
        for (var tap : taps) {
            tap.spoken(
                    codec,
                    RtpPacket.ssrc(b, off),
                    RtpPacket.sequence(b, off),
                    RtpPacket.timestamp(b, off),
                    b,
                    RtpPacket.payloadOffset(b, off),
                    RtpPacket.payloadLength(b, off, length),
                    nowNanos);
        }
    }

    /** A tick of a room. */
    void samples(short[] pcm, int count, int sampleRate, long nowNanos) {
        for (var tap : taps) {
            tap.samples(pcm, 0, count, sampleRate, nowNanos);
        }
    }

    /** The port is given back. */
    void close() {
        for (var tap : taps) {
            tap.close();
        }
    }
}
