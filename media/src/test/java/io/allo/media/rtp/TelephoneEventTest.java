package io.allo.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TelephoneEventTest {
    private static final long MS = 1_000_000L;

    private record Packet(int timestamp, boolean marker, byte[] payload) {
        int duration() {
            return TelephoneEvent.duration(payload, 0);
        }

        boolean end() {
            return TelephoneEvent.isEnd(payload, 0);
        }
    }

    private static final class Heard implements TelephoneEventReceiver.Listener {
        final StringBuilder text = new StringBuilder();
        final List<Long> durations = new ArrayList<>();

        @Override
        public void eventBegan(int event) {
            text.append(TelephoneEvent.digit(event));
        }

        @Override
        public void eventEnded(int event, long durationUnits) {
            text.append('.');
            durations.add(durationUnits);
        }
    }

    @Test
    void digitsAndEventsCorrespond() {
        for (char digit : "0123456789*#ABCD".toCharArray()) {
            assertEquals(digit, TelephoneEvent.digit(TelephoneEvent.event(digit)));
        }
        assertEquals(10, TelephoneEvent.event('*'));
        assertEquals(11, TelephoneEvent.event('#'));
        assertEquals(12, TelephoneEvent.event('a'));
        assertEquals(-1, TelephoneEvent.event('x'));
        assertEquals(0, TelephoneEvent.digit(TelephoneEvent.FLASH));
    }

    @Test
    void theExampleOfRfc4733IsSent() {
        // RFC 4733 5, table 5: digit 9 lasting 200 ms at 8000 Hz, packets each 50 ms
        var packets = send(50, 0, "9", 200);
        assertEquals(6, packets.size());
        assertEquals(
                List.of(400, 800, 1200, 1600, 1600, 1600),
                packets.stream().map(Packet::duration).toList());
        assertEquals(
                List.of(false, false, false, true, true, true),
                packets.stream().map(Packet::end).toList());
        assertTrue(packets.get(0).marker());
        assertTrue(packets.stream().skip(1).noneMatch(Packet::marker));
        assertEquals(1, packets.stream().map(Packet::timestamp).distinct().count());
    }

    @Test
    void digitsComeOneAfterTheOtherWithTheirPause() {
        var packets = send(20, 100, "12", 100);
        assertEquals(14, packets.size());
        assertEquals(
                100 * 8 + 5 * 160, packets.get(7).timestamp() - packets.get(0).timestamp(), 160);
        assertEquals("1.2.", receive(packets).text.toString());
    }

    @Test
    void anEventLongerThanADurationCanSayGoesOnInSegments() {
        var packets = send(20, 0, "5", 20_000); // 160000 units
        var heard = receive(packets);
        assertEquals("5.", heard.text.toString());
        assertEquals(List.of(160_000L), heard.durations);
        assertEquals(1, packets.stream().filter(Packet::marker).count());
        var timestamps = packets.stream().map(Packet::timestamp).distinct().toList();
        assertEquals(3, timestamps.size());
        assertEquals(0xffff, timestamps.get(1) - timestamps.get(0));
        assertTrue(packets.stream().filter(Packet::end).allMatch(p -> p.timestamp() == timestamps.get(2)));
    }

    @Test
    void aHeldDigitEndsWhenLetGo() {
        var sender = new TelephoneEventSender(8000, 20, 40, 10);
        var b = new byte[4];
        assertTrue(sender.begin(3));
        for (int i = 0; i < 20; i++) {
            assertEquals(4, sender.next(i * 160, b, 0));
            assertFalse(TelephoneEvent.isEnd(b, 0));
        }
        sender.end();
        assertEquals(4, sender.next(20 * 160, b, 0));
        assertTrue(TelephoneEvent.isEnd(b, 0));
        assertEquals(21 * 160, TelephoneEvent.duration(b, 0));
        assertEquals(0, sender.timestamp());
    }

    @Test
    void aDigitLetGoBeforeItsFirstPacketIsStillSent() {
        var sender = new TelephoneEventSender(8000, 20, 40, 10);
        sender.begin(3);
        sender.end();
        var b = new byte[4];
        assertEquals(4, sender.next(0, b, 0));
        assertTrue(TelephoneEvent.isEnd(b, 0));
        assertTrue(sender.marker());
    }

    @Test
    void moreThanTheLimitDoNotWait() {
        var sender = new TelephoneEventSender(8000, 20, 40, 10);
        for (int i = 0; i < TelephoneEventSender.MOST_WAITING; i++) {
            assertTrue(sender.send(1, 100));
        }
        assertFalse(sender.send(1, 100));
        sender.cancel();
        assertFalse(sender.isSending());
    }

    @Test
    void oneDigitIsHeardHoweverItsPacketsAreLostDoubledOrShuffled() {
        var random = new Random(4);
        for (int round = 0; round < 2000; round++) {
            var packets = new ArrayList<Packet>();
            for (var packet : send(20, 60, "7", 100 + random.nextInt(300))) {
                for (int copies = random.nextInt(4); copies > 0; copies--) {
                    packets.add(packet);
                }
            }
            if (packets.isEmpty()) {
                continue;
            }
            Collections.shuffle(packets.subList(Math.min(2, packets.size()), packets.size()), random);
            assertEquals("7.", receive(packets).text.toString());
        }
    }

    @Test
    void aLostEndIsMadeUpByTheNextDigitOrByTime() {
        var packets = new ArrayList<>(send(20, 60, "11", 100));
        packets.removeIf(Packet::end);
        assertEquals("1.1.", receive(packets).text.toString());
        var heard = new Heard();
        var receiver = new TelephoneEventReceiver(heard);
        var packet = packets.get(0);
        receiver.receive(packet.payload(), 0, 4, packet.timestamp(), true, 0);
        receiver.onTime(199 * MS);
        assertEquals("1", heard.text.toString());
        receiver.onTime(200 * MS);
        assertEquals("1.", heard.text.toString());
    }

    @Test
    void aLatePacketOfAnEarlierDigitIsIgnored() {
        var one = send(20, 60, "1", 100);
        var packets = new ArrayList<>(one);
        var two = new ArrayList<Packet>();
        for (var packet : send(20, 60, "2", 100)) {
            two.add(new Packet(packet.timestamp() + 2000, packet.marker(), packet.payload()));
        }
        packets.addAll(two.subList(0, 3));
        packets.add(one.get(2));
        packets.addAll(two.subList(3, two.size()));
        assertEquals("1.2.", receive(packets).text.toString());
    }

    @Test
    void theSameDigitTwiceIsTwoDigits() {
        assertEquals("4.4.4.", receive(send(20, 60, "444", 80)).text.toString());
    }

    @Test
    void aSenderThatMovesTheTimestampIsHeardOnce() {
        var packets = new ArrayList<Packet>();
        int moved = 0;
        for (var packet : send(20, 0, "8", 200)) {
            packets.add(new Packet(
                    packet.timestamp() + (packet.end() ? moved : (moved += 160)), packet.marker(), packet.payload()));
        }
        assertEquals("8.", receive(packets).text.toString());
    }

    @Test
    void shortPayloadsAreIgnored() {
        var heard = new Heard();
        var receiver = new TelephoneEventReceiver(heard);
        receiver.receive(new byte[3], 0, 3, 0, true, 0);
        assertEquals("", heard.text.toString());
    }

    @FuzzTest(maxDuration = "10s")
    void beginningsAndEndsAlwaysAlternate(byte[] bytes) {
        var heard = new Heard();
        var receiver = new TelephoneEventReceiver(heard);
        for (int at = 0; at + 6 <= bytes.length; at += 6) {
            receiver.receive(bytes, at, 4, bytes[at + 4] << 8 | bytes[at + 5], bytes[at + 5] < 0, at * 10L * MS);
        }
        receiver.reset();
        assertFalse(heard.text.toString().contains(".."));
        assertEquals(heard.text.length(), 2 * heard.durations.size());
    }

    private static List<Packet> send(int packetMs, int pauseMs, String digits, int durationMs) {
        var sender = new TelephoneEventSender(8000, packetMs, pauseMs, 10);
        for (char digit : digits.toCharArray()) {
            sender.send(TelephoneEvent.event(digit), durationMs);
        }
        var packets = new ArrayList<Packet>();
        for (int tick = 0; sender.isSending(); tick++) {
            var payload = new byte[4];
            if (sender.next(100_000 + tick * packetMs * 8, payload, 0) > 0) {
                packets.add(new Packet(sender.timestamp(), sender.marker(), payload));
            }
        }
        return packets;
    }

    private static Heard receive(List<Packet> packets) {
        var heard = new Heard();
        var receiver = new TelephoneEventReceiver(heard);
        long now = 0;
        for (var packet : packets) {
            now += 20 * MS;
            receiver.receive(packet.payload(), 0, 4, packet.timestamp(), packet.marker(), now);
        }
        receiver.onTime(now + 1000 * MS);
        return heard;
    }
}
