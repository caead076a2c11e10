package io.allo.conformance.attack;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Linux's raw IPv4 socket, which sends datagrams under any source address (raw(7), IP_HDRINCL; RFC 791, RFC 768). Needs CAP_NET_RAW.
 * One thread.
 */
final class RawSocket {
    private static final int AF_INET = 2;
    private static final int SOCK_RAW = 3;
    private static final int IPPROTO_RAW = 255;
    private static final int UDP = 17;
    private static final int HEADERS = 28;
    private static final int MOST_BYTES = 1_500;

    private final MethodHandle sendto;
    private final int descriptor;
    private final MemorySegment packet = Arena.ofAuto().allocate(MOST_BYTES);
    private final MemorySegment target = Arena.ofAuto().allocate(16);

    RawSocket() throws IOException {
        var linker = Linker.nativeLinker();
        var library = linker.defaultLookup();
        var socket = linker.downcallHandle(
                library.findOrThrow("socket"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        sendto = linker.downcallHandle(
                library.findOrThrow("sendto"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
        try {
            descriptor = (int) socket.invokeExact(AF_INET, SOCK_RAW, IPPROTO_RAW);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        if (descriptor < 0) {
            throw new IOException("no raw socket: not allowed");
        }
    }

    /** Sends it; the kernel fills in the length, the checksum and the identification of the IP header. UDP goes without a checksum. */
    void send(ForgedDatagram datagram) throws IOException {
        int length = HEADERS + datagram.payload().length;
        var bytes = ByteBuffer.allocate(length);
        byte[] to = host(datagram.destination());
        bytes.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0);
        bytes.put((byte) 64).put((byte) UDP).putShort((short) 0);
        bytes.put(host(datagram.source())).put(to);
        bytes.putShort(port(datagram.source())).putShort(port(datagram.destination()));
        bytes.putShort((short) (length - 20)).putShort((short) 0).put(datagram.payload());
        MemorySegment.copy(bytes.array(), 0, packet, JAVA_BYTE, 0, length);
        target.fill((byte) 0).set(JAVA_BYTE, 0, (byte) AF_INET);
        MemorySegment.copy(to, 0, target, JAVA_BYTE, 4, 4);
        long sent;
        try {
            sent = (long) sendto.invokeExact(descriptor, packet, (long) length, 0, target, 16);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        if (sent != length) {
            throw new IOException("not sent: " + datagram);
        }
    }

    private static byte[] host(String address) {
        return InetAddress.ofLiteral(address.substring(0, address.indexOf(':'))).getAddress();
    }

    private static short port(String address) {
        return (short) Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }
}
