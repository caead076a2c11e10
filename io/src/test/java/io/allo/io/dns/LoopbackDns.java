package io.allo.io.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS server on loopback, UDP and TCP, for one zone given line by line. */
final class LoopbackDns implements AutoCloseable {

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final List<Record> zone = Collections.synchronizedList(new ArrayList<>());
    private final Map<Name, String> moods = new ConcurrentHashMap<>();
    private final Set<Name> names = ConcurrentHashMap.newKeySet();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    LoopbackDns() throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        DatagramSocket socket = null;
        ServerSocket listener = null;
        while (listener == null) {
            socket = new DatagramSocket(0, loopback);
            try {
                listener = new ServerSocket(socket.getLocalPort(), 5, loopback);
            } catch (IOException taken) {
                socket.close();
            }
        }
        this.udp = socket;
        this.tcp = listener;
        Thread.ofVirtual().start(this::serveUdp);
        Thread.ofVirtual().start(this::serveTcp);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    int questions() {
        return questions.get();
    }

    /** {@code record("sip.example.com", 60, "A", "192.0.2.1")}. */
    LoopbackDns record(String name, long ttl, String type, String data) throws IOException {
        Name owner = Name.fromString(name, Name.root);
        zone.add(Record.fromString(owner, Type.value(type), DClass.IN, ttl, data, Name.root));
        names.add(owner);
        return this;
    }

    void clear() {
        zone.clear();
    }

    /** From now on this name is answered by silence, servfail, refused, garbage or truncated (UDP only). */
    LoopbackDns mood(String name, String mood) throws IOException {
        moods.put(Name.fromString(name, Name.root), mood);
        return this;
    }

    /** Holds all answers back until the latch opens. */
    void hold(CountDownLatch latch) {
        gate = latch;
    }

    private void serveUdp() {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()), true);
                if (answer.length > 0) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!udp.isClosed()) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (var socket = tcp.accept()) {
                var in = new DataInputStream(socket.getInputStream());
                byte[] answer = answer(in.readNBytes(in.readUnsignedShort()), false);
                var out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            } catch (IOException e) {
                if (!tcp.isClosed()) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private byte[] answer(byte[] question, boolean overUdp) throws IOException {
        questions.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        var asked = new Message(question);
        Record wanted = asked.getQuestion();
        String mood = moods.getOrDefault(wanted.getName(), "");
        if (mood.equals("silence")) {
            return new byte[0];
        }
        if (mood.equals("garbage")) {
            return new byte[] {question[0], question[1], -1, -1, 0, 9};
        }
        var answer = new Message(asked.getHeader().getID());
        Header header = answer.getHeader();
        header.setFlag(Flags.QR);
        header.setFlag(Flags.RD);
        header.setFlag(Flags.RA);
        answer.addRecord(wanted, Section.QUESTION);
        switch (mood) {
            case "servfail" -> header.setRcode(Rcode.SERVFAIL);
            case "refused" -> header.setRcode(Rcode.REFUSED);
            case "truncated" -> {
                if (overUdp) {
                    header.setFlag(Flags.TC);
                } else {
                    find(wanted, answer);
                }
            }
            default -> find(wanted, answer);
        }
        return answer.toWire(overUdp ? 1232 : 65535);
    }

    private void find(Record wanted, Message answer) throws IOException {
        Name name = wanted.getName();
        boolean found = false;
        for (Record record : List.copyOf(zone)) {
            if (record.getName().equals(name) && record.getType() == wanted.getType()) {
                answer.addRecord(record, Section.ANSWER);
                found = true;
            } else if (record.getName().equals(name) && record.getType() == Type.CNAME) {
                answer.addRecord(record, Section.ANSWER);
                found = true;
            }
        }
        if (!found) {
            answer.getHeader().setRcode(names.contains(name) ? Rcode.NOERROR : Rcode.NXDOMAIN);
            answer.addRecord(
                    Record.fromString(
                            Name.fromString("example.com."),
                            Type.SOA,
                            DClass.IN,
                            60,
                            "ns.example.com. root.example.com. 1 2 3 4 60",
                            Name.root),
                    Section.AUTHORITY);
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
