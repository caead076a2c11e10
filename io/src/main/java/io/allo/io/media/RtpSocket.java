package io.allo.io.media;

import io.allo.media.graph.PacketSender;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.atomic.AtomicLong;

/** One UDP socket of a port: RTP or RTCP. Owned by the media loop it is registered with; made and bound by any thread. */
final class RtpSocket implements PacketSender, AutoCloseable {

    /** DSCP EF in the TOS byte: voice goes first (RFC 4594 4.1). */
    private static final int TOS_EXPEDITED = 0xB8;

    private final DatagramChannel channel;
    private final PacketBatch batch;
    private final AtomicLong refusedByKernel = new AtomicLong();

    private RtpSocket(DatagramChannel channel, PacketBatch batch) {
        this.channel = channel;
        this.batch = batch;
    }

    /**
     * Binds a socket; the address must be one of the machine's or the wildcard. At an IPv4 address it is a socket of IPv4, which costs
     * the kernel less than one that speaks both.
     *
     * @param batch of the loop that is to read it
     */
    static RtpSocket bind(InetSocketAddress address, PacketBatch batch) throws IOException {
        var old = address.getAddress() instanceof Inet4Address four && !four.isAnyLocalAddress();
        var channel = old ? DatagramChannel.open(StandardProtocolFamily.INET) : DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.IP_TOS, TOS_EXPEDITED);
            channel.bind(address);
            return new RtpSocket(channel, batch);
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    DatagramChannel channel() {
        return channel;
    }

    /** Sends from the loop's thread: a packet that has just come, when all that came with it are worked off; others at once. */
    @Override
    public boolean send(ByteBuffer packet, InetSocketAddress to) {
        return batch.keeps(this, packet, to) || sendNow(packet, to);
    }

    /** Sends at once. Any thread. */
    boolean sendNow(ByteBuffer packet, InetSocketAddress to) {
        try {
            return channel.send(packet, to) > 0;
        } catch (IOException | UnsupportedAddressTypeException unreachable) {
            // ICMP unreachable, no route, an IPv6 address from an IPv4 one, a full buffer: a lost packet, which RTP
            // bears; the
            // total is in the port's report
            refusedByKernel.incrementAndGet();
            return false;
        }
    }

    /** Packets that the kernel would not send. */
    long refusedByKernel() {
        return refusedByKernel.get();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
