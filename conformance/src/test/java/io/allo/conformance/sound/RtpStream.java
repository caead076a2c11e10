package io.allo.conformance.sound;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The RTP packets (RFC 3550) of one synchronization source from one address to another, in the order of arrival.
 *
 * @param source "address:port"
 * @param destination "address:port"
 * @param ssrc the synchronization source
 * @param packets never empty
 */
public record RtpStream(String source, String destination, long ssrc, List<CapturedPacket> packets) {
    /** All streams among these packets. */
    public static List<RtpStream> all(List<CapturedPacket> packets) {
        var streams = new LinkedHashMap<String, RtpStream>();
        for (CapturedPacket packet : packets) {
            if (packet.isRtp()) {
                streams.computeIfAbsent(
                                packet.source() + ">" + packet.destination() + "/" + packet.ssrc(),
                                key -> new RtpStream(
                                        packet.source(), packet.destination(), packet.ssrc(), new ArrayList<>()))
                        .packets()
                        .add(packet);
            }
        }
        return List.copyOf(streams.values());
    }

    /** The streams that this address sent. */
    public static List<RtpStream> from(String address, List<CapturedPacket> packets) {
        return all(packets).stream()
                .filter(stream -> stream.source.startsWith(address + ":"))
                .toList();
    }

    /** The streams that this address was sent. */
    public static List<RtpStream> to(String address, List<CapturedPacket> packets) {
        return all(packets).stream()
                .filter(stream -> stream.destination.startsWith(address + ":"))
                .toList();
    }

    /** Sequence numbers that never came between the first and the last that did; doubled packets count once. */
    public int lost() {
        var seen = new java.util.TreeSet<Integer>();
        int first = packets.getFirst().sequenceNumber();
        for (CapturedPacket packet : packets) {
            seen.add((int) (short) (packet.sequenceNumber() - first));
        }
        return seen.last() - seen.first() + 1 - seen.size();
    }

    /** The longest time between two packets of this stream. */
    public long longestGapMs() {
        long longest = 0;
        for (int i = 1; i < packets.size(); i++) {
            longest = Math.max(
                    longest, packets.get(i).atNanos() - packets.get(i - 1).atNanos());
        }
        return longest / 1_000_000;
    }

    /** How many packets arrived in this time (nanoseconds since 1970). */
    public long countBetween(long fromNanos, long toNanos) {
        return packets.stream()
                .filter(packet -> packet.atNanos() >= fromNanos && packet.atNanos() < toNanos)
                .count();
    }

    /** The payloads of one type, joined in the order of arrival: a raw file of that codec. */
    public byte[] sound(int payloadType) {
        var joined = new ByteArrayOutputStream();
        for (CapturedPacket packet : packets) {
            if (packet.payloadType() == payloadType) {
                joined.writeBytes(packet.rtpPayload());
            }
        }
        return joined.toByteArray();
    }
}
