package io.allo.media.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.allo.core.random.RandomSource;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.PortId;
import io.allo.media.port.StreamSettings;
import io.allo.media.rtp.RtcpWriter;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.sdes.StreamKeys;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.Direction;
import io.allo.media.sdp.DtmfMode;
import io.allo.media.sdp.NegotiatedCodec;
import io.allo.media.sdp.NegotiatedMedia;
import io.allo.media.srtp.SrtcpContext;
import io.allo.media.srtp.SrtpContext;
import io.allo.media.srtp.SrtpMasterKey;
import io.allo.media.srtp.SrtpSuite;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call between two phones that encrypt, from packet to packet: RTP and RTCP in, RTP and RTCP out, with the timers between. */
class SecurePathAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PACKETS = 1_000;
    private static final long PTIME_NANOS = 20_000_000L;
    private static final int PACKETS_A_REPORT = 250;

    private final RandomSource random = RandomSource.seeded(11);
    private final MediaGraph graph = new MediaGraph(RandomSource.secure()); // as in production
    private long now = 1_000_000_000L;
    private int soundSent;
    private int reportsSent;

    /** A phone that says and reports what it must, without garbage of its own. */
    private final class Phone {
        final InetSocketAddress address;
        final InetSocketAddress control;
        final RtpPort port;
        final SrtpContext speaking;
        final SrtcpContext reporting;
        final ByteBuffer packet = ByteBuffer.allocate(2_048);
        final RtcpWriter writer = new RtcpWriter();
        final byte[] name = "phone@example.net".getBytes(StandardCharsets.UTF_8);
        int sequence;

        Phone(int number, SrtpSuite suite) {
            var host = "192.0.2." + number;
            address = new InetSocketAddress(InetAddress.ofLiteral(host), 4_000);
            control = new InetSocketAddress(address.getAddress(), 4_001);
            var id = new PortId(number);
            port = graph.openRtp(
                    id, event -> {}, (b, to) -> soundSent++ >= 0, (b, to) -> reportsSent++ >= 0, () -> {}, now);
            var ours = SrtpMasterKey.generate(suite, random);
            var theirs = SrtpMasterKey.generate(suite, random);
            speaking = new SrtpContext(theirs);
            reporting = new SrtcpContext(theirs);
            var media = new NegotiatedMedia(
                            0,
                            host,
                            4_000,
                            host,
                            4_001,
                            false,
                            true,
                            List.of(new NegotiatedCodec(CodecName.ULAW, 0, 0, "")),
                            List.of(),
                            DtmfMode.RFC4733,
                            Direction.SENDRECV,
                            false,
                            20)
                    .secured(Optional.of(new StreamKeys(ours, theirs)), Optional.empty());
            graph.command(new MediaCommand.Configure(id, media, StreamSettings.DEFAULT), now);
        }

        void say() {
            RtpPacket.writeHeader(packet.array(), 0, false, 0, sequence & 0xffff, 160 * sequence, 77);
            sequence++;
            packet.clear().limit(speaking.protect(packet.array(), 0, 172));
            port.rtpReceived(packet, address, now);
        }

        void report() {
            writer.begin(packet.array(), 0)
                    .senderReport(77, now, 160 * sequence, sequence, 160 * sequence)
                    .report(port.out.ssrc(), 128, 0, sequence, 3, 0, 0)
                    .sourceDescription(77, name);
            packet.clear().limit(reporting.protect(packet.array(), 0, writer.length()));
            port.rtcpReceived(packet, control, now);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void aCallInWhichBothEncryptAllocatesNothing(SrtpSuite suite) {
        var alice = new Phone(1, suite);
        var bob = new Phone(2, suite);
        graph.command(new MediaCommand.Join(new PortId(1), new PortId(2)), now);
        var least = Long.MAX_VALUE;
        var rounds = 6;
        for (var round = 0; round < rounds; round++) {
            var before = THREADS.getCurrentThreadAllocatedBytes();
            for (var i = 0; i < PACKETS; i++) {
                now += PTIME_NANOS;
                alice.say();
                bob.say();
                if (i % PACKETS_A_REPORT == 0) {
                    alice.report();
                    bob.report();
                }
                graph.advance(now);
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(2 * PACKETS * rounds, soundSent, "all of it was authentic and went on");
        assertTrue(reportsSent > 2 * rounds * PACKETS / PACKETS_A_REPORT / 2, reportsSent + " reports sent");
        assertEquals(50, alice.port.reception.remoteLossPercent, "their reports are read");
        assertTrue(least < 200, least + " bytes for " + 2 * PACKETS + " packets");
    }
}
