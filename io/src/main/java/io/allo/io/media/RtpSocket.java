package io.allo.io.media;

import io.allo.media.graph.PacketSender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** One UDP socket of a port: RTP or RTCP. Owned by the media loop it is registered with; made and bound by any thread. */
final class RtpSocket implements PacketSender, AutoCloseable {

    /** DSCP EF in the TOS byte: voice goes first (RFC 4594 4.1). */
    private static final int TOS_EXPEDITED = 0xB8;

    private final DatagramChannel channel;
    private long refusedByKernel;

    private RtpSocket(DatagramChannel channel) {
        this.channel = channel;
    }

    /** Binds a socket; the address must be one of the machine's or the wildcard. */
    static RtpSocket bind(InetSocketAddress address) throws IOException {
        var channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.IP_TOS, TOS_EXPEDITED);
            channel.bind(address);
            return new RtpSocket(channel);
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    DatagramChannel channel() {
        return channel;
    }

    @Override
    public boolean send(ByteBuffer packet, InetSocketAddress to) {
        try {
            return channel.send(packet, to) > 0;
        } catch (IOException unreachable) {
            // ICMP unreachable, no route, a full buffer: a lost packet, which RTP bears; the total is in the port's
            // report
            refusedByKernel++;
            return false;
        }
    }

    /** Packets that the kernel would not send. */
    long refusedByKernel() {
        return refusedByKernel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
