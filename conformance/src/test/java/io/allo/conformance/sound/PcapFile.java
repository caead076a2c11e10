package io.allo.conformance.sound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the UDP packets of a classic libpcap file (Ethernet, IPv4, no fragments). A half-written last one is left out. */
public final class PcapFile {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;

    private PcapFile() {}

    public static List<CapturedPacket> read(Path file) {
        try {
            return parse(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static List<CapturedPacket> parse(ByteBuffer bytes) {
        var packets = new ArrayList<CapturedPacket>();
        if (bytes.remaining() < 24) {
            return packets;
        }
        int magic = bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        if (magic != MICROSECONDS && magic != NANOSECONDS) {
            throw new IllegalArgumentException("not a little-endian pcap file");
        }
        long fraction = magic == MICROSECONDS ? 1000 : 1;
        int at = 24;
        while (at + 16 <= bytes.limit()) {
            long nanos = Integer.toUnsignedLong(bytes.getInt(at)) * 1_000_000_000L
                    + Integer.toUnsignedLong(bytes.getInt(at + 4)) * fraction;
            int length = bytes.getInt(at + 8);
            at += 16;
            if (at + length > bytes.limit()) {
                break;
            }
            var packet = udp(nanos, bytes.array(), at, length);
            if (packet != null) {
                packets.add(packet);
            }
            at += length;
        }
        return packets;
    }

    private static CapturedPacket udp(long nanos, byte[] bytes, int at, int length) {
        if (length < 42 || bytes[at + 12] != 0x08 || bytes[at + 13] != 0x00) {
            return null;
        }
        int ip = at + 14;
        int header = 4 * (bytes[ip] & 0x0f);
        boolean fragment = ((bytes[ip + 6] & 0x3f) << 8 | bytes[ip + 7] & 0xff) != 0;
        if (bytes[ip + 9] != 17 || fragment) {
            return null;
        }
        int udp = ip + header;
        int size = int16(bytes, udp + 4) - 8;
        var payload = java.util.Arrays.copyOfRange(bytes, udp + 8, udp + 8 + size);
        return new CapturedPacket(
                nanos,
                address(bytes, ip + 12) + ":" + int16(bytes, udp),
                address(bytes, ip + 16) + ":" + int16(bytes, udp + 2),
                payload);
    }

    private static String address(byte[] bytes, int at) {
        return (bytes[at] & 0xff) + "." + (bytes[at + 1] & 0xff) + "." + (bytes[at + 2] & 0xff) + "."
                + (bytes[at + 3] & 0xff);
    }

    private static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
