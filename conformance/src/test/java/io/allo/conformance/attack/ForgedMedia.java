package io.allo.conformance.attack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Packets for media ports that are to have no effect: forged from captured ones, and broken in all ways. Pure functions. */
public final class ForgedMedia {
    private static final int TAG_AND_INDEX = 14;

    private ForgedMedia() {}

    /**
     * What who has captured an encrypted stream's packet, RTP or RTCP, can make of it without the key: itself once more, with a bit turned over in
     * header, sound or tag, with other numbers, without its tag.
     */
    public static List<byte[]> fromEncrypted(byte[] packet) {
        var forged = new ArrayList<byte[]>();
        forged.add(packet.clone());
        for (int at :
                List.of(1, 11, 12, 13, packet.length / 2, packet.length - 10, packet.length - 4, packet.length - 1)) {
            var flipped = packet.clone();
            flipped[at] ^= 1;
            forged.add(flipped);
        }
        for (int ahead : List.of(1, 50, 5_000, 0x7fff, 0x8000, 0xfff0)) {
            var later = ByteBuffer.wrap(packet.clone());
            later.putShort(2, (short) (later.getShort(2) + ahead));
            forged.add(later.array());
        }
        forged.add(java.util.Arrays.copyOf(packet, packet.length - 10));
        forged.add(java.util.Arrays.copyOf(packet, packet.length + 4));
        return forged;
    }

    /** RTCP that says goodbye for this source, as SRTCP with an index and a tag by chance, and in the clear behind a report. */
    public static List<byte[]> goodbyes(int ssrc, Random random) {
        var forged = new ArrayList<byte[]>();
        for (int index : List.of(0, 1, 100, 0x7fffffff)) {
            var bye = ByteBuffer.allocate(16 + TAG_AND_INDEX);
            random.nextBytes(bye.array());
            bye.putInt(0, 0x80c90001).putInt(4, ssrc).putInt(8, 0x81cb0001).putInt(12, ssrc);
            bye.putInt(16, 0x80000000 | index);
            forged.add(bye.array());
        }
        forged.add(ints(0x80c90001, ssrc, 0x81cb0001, ssrc));
        forged.add(ints(0x81cb0001, ssrc));
        return forged;
    }

    /** RTP that is none: lengths that lie, versions that are not there, nothing at all. */
    public static List<byte[]> brokenRtp(int ssrc, int sequence) {
        var broken = new ArrayList<byte[]>();
        for (int length = 0; length < 12; length++) {
            broken.add(java.util.Arrays.copyOf(ints(0x80000000 | sequence, 0, ssrc), length));
        }
        broken.add(ints(0x8f000000 | sequence, 0, ssrc)); // fifteen contributing sources, and none there
        broken.add(ints(0x8f000000 | sequence, 0, ssrc, 1, 2, 3));
        broken.add(ints(0x90000000 | sequence, 0, ssrc)); // an extension, and none there
        broken.add(ints(0x90000000 | sequence, 0, ssrc, 0xbedeffff, 5)); // 256 KiB of it
        broken.add(ints(0x9f000000 | sequence, 0, ssrc, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        broken.add(ints(0xa0000000 | sequence, 0, ssrc, 0)); // no padding at its end
        broken.add(ints(0xa0000000 | sequence, 0, ssrc, 0xff)); // more of it than there is
        broken.add(ints(0x80000000 | 77 << 16 | sequence, 0, ssrc, 1)); // a kind of sound that was not agreed on
        for (int version : List.of(0, 1, 3)) {
            broken.add(ints(version << 30 | sequence, 0, ssrc, 1, 2, 3));
        }
        return broken;
    }

    /** RTCP whose lengths and counts lie. */
    public static List<byte[]> brokenRtcp(int ssrc) {
        return List.of(
                ints(0x80c8ffff, ssrc), // 256 KiB long
                ints(0x80c80000, ssrc), // shorter than its own source
                ints(0x9fc80006, ssrc, 1, 2, 3, 4, 5), // 31 reports, and none there
                ints(0x80c90001, ssrc, 0x81cafffe, ssrc), // the second of two
                ints(0x80c90001, ssrc, 0x81ca0002, ssrc, 0x01ff4141), // a name of 255 characters
                ints(0x80c90001, ssrc, 0x9fcb0002, ssrc, 0xff414141), // 31 say goodbye, for a reason of 255 characters
                ints(0x80c90001, ssrc, 0x80cc0001, ssrc),
                ints(0xa0c90001, ssrc),
                ints(0x80c90001, ssrc, 0xa0cb0000),
                ints(0x80cd0002, ssrc, ssrc),
                ints(0x80ce00ff, ssrc, ssrc, -1),
                ints(0x80c90001));
    }

    /** STUN (RFC 8489) with and without sense, and ZRTP's and TURN's first bytes. */
    public static List<byte[]> stun(Random random) {
        var packets = new ArrayList<byte[]>();
        for (int type : List.of(0x0001, 0x0101, 0x0111, 0x0003, 0x0017)) {
            for (int length : List.of(0, 8, 4_000)) {
                packets.add(ints(
                        type << 16 | length,
                        0x2112A442,
                        random.nextInt(),
                        random.nextInt(),
                        random.nextInt(),
                        0x0006ffff,
                        1));
            }
        }
        packets.add(ints(0x10000001, 0x5a525450, random.nextInt(), 0x505a0003, 0x48656c6c));
        packets.add(ints(0x40000004, random.nextInt()));
        return packets;
    }

    /** DTLS records of the first epoch, which need no key: alerts, hellos and fragments that lie, and rubbish of the next epoch. RFC 6347 4.1. */
    public static List<byte[]> dtls(Random random) {
        var records = new ArrayList<byte[]>();
        for (int alert : List.of(0x0100, 0x0228, 0x020a, 0x0200)) {
            records.add(record(21, 0, new byte[] {(byte) (alert >> 8), (byte) alert}));
        }
        records.add(record(20, 0, new byte[] {1}));
        for (int type : List.of(0, 1, 2, 3, 11, 14, 20, 255)) {
            var hello = new byte[60];
            random.nextBytes(hello);
            ByteBuffer.wrap(hello)
                    .putInt(type << 24 | 48)
                    .putShort((short) 0)
                    .putInt(0)
                    .putShort((short) 48);
            records.add(record(22, 0, hello));
            ByteBuffer.wrap(hello)
                    .putInt(type << 24 | 0xffffff)
                    .putShort((short) 7)
                    .putInt(0xfffff0ff);
            records.add(record(22, 0, hello));
        }
        for (int type : List.of(20, 21, 22, 23, 24, 63)) {
            var sealed = new byte[48];
            random.nextBytes(sealed);
            records.add(record(type, 1, sealed));
            var lies = record(type, 1, sealed);
            lies[11] = (byte) 0xff;
            records.add(lies);
            records.add(java.util.Arrays.copyOf(lies, 5));
            records.add(java.util.Arrays.copyOf(lies, 1));
        }
        return records;
    }

    /** Bytes by chance of many lengths that are not of RTP's version. */
    public static List<byte[]> rubbish(Random random) {
        var packets = new ArrayList<byte[]>();
        for (int i = 0; i < 200; i++) {
            var bytes = new byte[1 + random.nextInt(1_472)];
            random.nextBytes(bytes);
            bytes[0] &= 0x7f;
            packets.add(bytes);
        }
        return packets;
    }

    private static byte[] record(int type, int epoch, byte[] content) {
        return ByteBuffer.allocate(13 + content.length)
                .put((byte) type)
                .putShort((short) 0xfefd)
                .putShort((short) epoch)
                .putShort((short) 0)
                .putInt(7)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private static byte[] ints(int... words) {
        var bytes = ByteBuffer.allocate(4 * words.length);
        for (int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }
}
