package io.allo.media.graph;

import io.allo.core.random.RandomSource;
import io.allo.media.port.StreamReport;
import io.allo.media.rtp.NtpTimestamp;
import io.allo.media.rtp.RtcpPacket;
import io.allo.media.rtp.RtcpWriter;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.rtp.RtpStatistics;
import io.allo.media.sdp.CodecName;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is received, and the reports both sides make of it: statistics, RTCP sent every five seconds or so (RFC 3550
 * 6.2, 6.3.1: randomised from half to one and a half), RTCP received. Owned by the media loop.
 */
final class Reception {

    private static final long REPORT_NANOS = 5_000_000_000L;

    /** exp(1) - 1.5: what the randomised interval is divided by, RFC 3550 6.3.1. */
    private static final double COMPENSATION = Math.E - 1.5;

    private final MediaGraph graph;
    private final PacketSender rtp;
    private final PacketSender rtcp;
    private final StreamEncryption encryption;
    private final byte[] canonicalName;
    private final RtcpWriter writer = new RtcpWriter();
    private @Nullable InetSocketAddress rtcpTo;
    private @Nullable InetSocketAddress rtcpSeen;
    private boolean mux;
    private boolean endToEnd;
    private @Nullable RtpStatistics statistics;
    private int clockRate;
    private int ssrc;
    private long receivedBefore;
    private long lostBefore;

    /** What of our packets the other side lost between its last two reports, in percent. */
    int remoteLossPercent;

    private int lastReportMiddle;
    private long lastReportNanos;
    private double roundTripMs = -1;
    private long remoteLost = -1;
    private long reportDueNanos;

    /** The codec of the sound received last. */
    @Nullable
    CodecName codec;

    Reception(MediaGraph graph, PacketSender rtp, PacketSender rtcp, StreamEncryption encryption, long nowNanos) {
        this.graph = graph;
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.encryption = encryption;
        this.canonicalName =
                "%016x@allo.invalid".formatted(graph.random().nextLong()).getBytes(StandardCharsets.UTF_8);
        schedule(graph.spread(), nowNanos);
    }

    void configure(@Nullable InetSocketAddress namedRtcp, boolean onRtpPort) {
        rtcpTo = namedRtcp;
        mux = onRtpPort;
    }

    private void schedule(RandomSource random, long nowNanos) {
        var factor = (0.5 + random.nextInt(1_000) / 1000.0) / COMPENSATION;
        reportDueNanos = nowNanos + (long) (REPORT_NANOS * factor);
    }

    /** Counts a packet that was accepted. */
    void count(byte[] b, int off, int packetClockRate, long nowNanos) {
        var source = RtpPacket.ssrc(b, off);
        if (statistics == null || source != ssrc || packetClockRate != clockRate) {
            keepTotals();
            statistics = new RtpStatistics(packetClockRate, 1);
            ssrc = source;
            clockRate = packetClockRate;
        }
        statistics.received(RtpPacket.sequence(b, off), RtpPacket.timestamp(b, off), nowNanos);
    }

    private void keepTotals() {
        if (statistics != null) {
            receivedBefore += statistics.received();
            lostBefore += statistics.lost();
        }
    }

    /** RTCP came. */
    void rtcpReceived(
            byte[] b, int off, int sealed, InetSocketAddress from, SourceLatch latch, int ourSsrc, long nowNanos) {
        var length = latch.isTrusted(from) ? encryption.unprotectControl(b, off, sealed) : -1;
        if (length < 0 || !RtcpPacket.isValid(b, off, length)) {
            return;
        }
        rtcpSeen = from;
        for (var at = off; at < off + length; at += RtcpPacket.length(b, at)) {
            var type = RtcpPacket.type(b, at);
            if (type == RtcpPacket.SR) {
                lastReportMiddle = NtpTimestamp.middle(RtcpPacket.ntpTimestamp(b, at));
                lastReportNanos = nowNanos;
            }
            if (type == RtcpPacket.SR || type == RtcpPacket.RR) {
                reports(b, at, ourSsrc, nowNanos);
            }
        }
    }

    private void reports(byte[] b, int at, int ourSsrc, long nowNanos) {
        for (var i = 0; i < RtcpPacket.count(b, at); i++) {
            var report = RtcpPacket.reportOffset(b, at, i);
            if (RtcpPacket.reportSsrc(b, report) == ourSsrc) {
                remoteLost = Math.max(0, RtcpPacket.cumulativeLost(b, report));
                remoteLossPercent = (RtcpPacket.fractionLost(b, report) * 100 + 128) / 256;
                var nanos = NtpTimestamp.roundTripNanos(
                        NtpTimestamp.middle(ntp(nowNanos)),
                        RtcpPacket.lastSr(b, report),
                        RtcpPacket.delaySinceLastSr(b, report));
                if (nanos >= 0) {
                    roundTripMs = nanos / 1e6;
                }
            }
        }
    }

    /** Sends a report if it is time. The NTP timestamp counts from the loop's own clock: only differences matter (RFC 3550 4). */
    void report(OutgoingStream out, int sendClock, long packets, long bytes, SourceLatch latch, long nowNanos) {
        if (nowNanos >= reportDueNanos) {
            schedule(graph.spread(), nowNanos);
            compound(out, sendClock, packets, bytes, false, latch, nowNanos);
        }
    }

    /** The phones have keys of their own: a goodbye of ours would not be believed. */
    void endToEnd() {
        endToEnd = true;
    }

    /** RTCP that only the other side can read came from here. */
    void seen(InetSocketAddress from) {
        rtcpSeen = from;
    }

    /** Sends RTCP that only the far side can read. */
    void pass(ByteBuffer packet, SourceLatch latch) {
        var to = mux ? latch.target() : rtcpSeen != null ? rtcpSeen : rtcpTo;
        if (to != null) {
            (mux ? rtp : rtcp).send(packet, to);
        }
    }

    /** Says goodbye (RFC 3550 6.6). */
    void bye(OutgoingStream out, int sendClock, long packets, long bytes, SourceLatch latch, long nowNanos) {
        if (!endToEnd && (packets > 0 || statistics != null)) {
            compound(out, sendClock, packets, bytes, true, latch, nowNanos);
        }
    }

    private void compound(
            OutgoingStream out,
            int sendClock,
            long packets,
            long bytes,
            boolean bye,
            SourceLatch latch,
            long nowNanos) {
        var media = latch.target();
        var to = mux ? media : rtcpSeen != null && latch.target() != null ? rtcpSeen : rtcpTo;
        if (to == null) {
            return;
        }
        var buffers = graph.buffers();
        writer.begin(buffers.packet, 0);
        if (packets > 0) {
            writer.senderReport(
                    out.ssrc(), ntp(nowNanos), out.timestampAt(nowNanos, sendClock), (int) packets, (int) bytes);
        } else {
            writer.receiverReport(out.ssrc());
        }
        var received = statistics;
        if (received != null) {
            writer.report(
                    ssrc,
                    received.takeFractionLost(),
                    received.cumulativeLost(),
                    (int) received.sequence().extendedMax(),
                    received.jitter(),
                    lastReportMiddle,
                    lastReportMiddle == 0 ? 0 : NtpTimestamp.units(nowNanos - lastReportNanos));
        }
        writer.sourceDescription(out.ssrc(), canonicalName);
        if (bye) {
            writer.bye(out.ssrc());
        }
        buffers.out.clear().limit(writer.length());
        if (encryption.protectControl(buffers.out)) {
            (mux ? rtp : rtcp).send(buffers.out, to);
        }
    }

    private static long ntp(long nowNanos) {
        return NtpTimestamp.of(Math.floorDiv(nowNanos, 1_000_000_000L), (int) Math.floorMod(nowNanos, 1_000_000_000L));
    }

    /** The totals of the whole stream. */
    StreamReport total(long packetsSent, long refused, long unauthenticated) {
        keepTotals();
        var jitterMs = statistics == null ? 0 : statistics.jitterMicros() / 1000.0;
        statistics = null;
        var expected = receivedBefore + lostBefore;
        return new StreamReport(
                codec == null ? "" : codec.encoding(),
                packetsSent,
                receivedBefore,
                lostBefore,
                jitterMs,
                roundTripMs,
                remoteLost,
                refused,
                unauthenticated,
                receivedBefore == 0 ? 0 : mos(lostBefore * 100.0 / expected, jitterMs));
    }

    /**
     * Listening quality by the E-model (ITU-T G.107) for G.711 with concealment: R = 93.2 - Id - Ie,eff with Bpl 25.1
     * (G.113 Appendix I), the delay being half the round trip and the jitter buffer's.
     */
    private double mos(double lossPercent, double jitterMs) {
        var delayMs = Math.max(0, roundTripMs) / 2 + 2 * jitterMs + 20;
        var id = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
        var r = Math.clamp(93.2 - id - 95 * lossPercent / (lossPercent + 25.1), 0, 100);
        return Math.clamp(1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r), 1, 4.5);
    }
}
