package io.allo.media.audio;

import io.allo.media.codec.Encoder;
import io.allo.media.codec.Opus;
import io.allo.media.codec.OpusSettings;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Writes Opus in Ogg (RFC 7845), one channel, 20 ms a packet, at most half a second a page, so that hardly more is lost when the
 * program ends in between. What is appended is a stream of its own behind those that are there. Owned by one thread.
 */
final class OggOpusWriter implements SoundWriter {
    private static final int FRAME = Opus.RATE / 50;

    /** What the encoder is late by: 6.5 ms, in libopus for all but its low delay. */
    private static final int PRE_SKIP = 312;

    private static final int PAGE_PACKETS = 25;
    private static final int SERIAL = 0x616c6c6f;

    /** Speech at its best, music well: 0.24 MB a minute. */
    private static final OpusSettings SETTINGS = new OpusSettings(
            0,
            8,
            OpusSettings.Signal.AUTO,
            OpusSettings.Application.VOIP,
            Opus.RATE,
            OpusSettings.Bandwidth.FULL,
            32_000,
            false,
            false,
            false);

    private final SeekableByteChannel channel;
    private final OggPage page = new OggPage();
    private final Encoder encoder = Opus.CODEC.newEncoder(SETTINGS);
    private final short[] pcm = new short[FRAME];
    private final byte[] packets = new byte[(PAGE_PACKETS + 1) * Opus.MOST_BYTES];
    private final int[] lengths = new int[PAGE_PACKETS + 1];
    private final List<Place> pages = new ArrayList<>();
    private final long earlierSamples;
    private int serial;
    private boolean begun;
    private boolean closed;
    private int sequence;
    private int waiting;
    private int packetCount;
    private int packetBytes;

    /** Samples in packets, written or not. */
    private long encoded;

    /** Where a page with sound is, and how much sound is before it. */
    private record Place(long offset, long before) {}

    private OggOpusWriter(SeekableByteChannel channel, long earlierSamples) {
        this.channel = channel;
        this.earlierSamples = earlierSamples;
    }

    /** Begins a file. */
    static OggOpusWriter create(SeekableByteChannel channel) throws IOException {
        channel.truncate(0);
        channel.position(0);
        var writer = new OggOpusWriter(channel, 0);
        writer.begin();
        return writer;
    }

    /** Goes on at the end of a file, even one that was never ended: what is no whole page is cut off. */
    static OggOpusWriter append(SeekableByteChannel channel) throws IOException {
        var page = new OggPage();
        long end = 0;
        long last = -1;
        channel.position(0);
        while (page.read(channel, true) && page.isIntact()) {
            last = end;
            end = channel.position();
        }
        channel.truncate(end);
        if (last < 0) {
            return create(channel);
        }
        channel.position(last);
        if (page.read(channel, true) && !page.is(OggPage.LAST)) {
            page.markLast();
            channel.position(last);
            page.put(channel);
        }
        long samples = OggOpusReader.lengthSamples(channel);
        channel.position(end);
        return new OggOpusWriter(channel, samples);
    }

    private void begin() throws IOException {
        begun = true;
        serial = SERIAL + (int) channel.position();
        var head = new OpusHead(1, PRE_SKIP, Opus.RATE, 0).bytes();
        page.begin(serial, sequence++);
        page.write(channel, OggPage.FIRST, 0, head, new int[] {head.length}, 1);
        var tags = OpusHead.tags();
        page.begin(serial, sequence++);
        page.write(channel, 0, 0, tags, new int[] {tags.length}, 1);
    }

    @Override
    public int sampleRate() {
        return Opus.RATE;
    }

    @Override
    public void write(short[] from, int off, int n) throws IOException {
        Objects.checkFromIndexSize(off, n, from.length);
        if (!begun) {
            begin();
        }
        for (int done = 0; done < n; ) {
            int some = Math.min(n - done, FRAME - waiting);
            System.arraycopy(from, off + done, pcm, waiting, some);
            waiting += some;
            done += some;
            if (waiting == FRAME) {
                if (packetCount == PAGE_PACKETS) {
                    writePage(0, encoded);
                }
                encode();
            }
        }
    }

    private void encode() {
        lengths[packetCount] = encoder.encode(pcm, 0, FRAME, packets, packetBytes);
        packetBytes += lengths[packetCount];
        packetCount++;
        encoded += FRAME;
        waiting = 0;
    }

    private void writePage(int flags, long granule) throws IOException {
        pages.add(new Place(channel.position(), encoded - (long) packetCount * FRAME));
        page.begin(serial, sequence++);
        page.write(channel, flags, granule, packets, lengths, packetCount);
        packetCount = 0;
        packetBytes = 0;
    }

    @Override
    public void flush() throws IOException {
        if (packetCount > 0) {
            writePage(0, encoded);
        }
    }

    @Override
    public void shorten(long ms) throws IOException {
        long left = Math.max(0, encoded + waiting - ms * Opus.RATE / 1000);
        if (left >= encoded) {
            waiting = (int) Math.min(waiting, left - encoded);
            return;
        }
        waiting = 0;
        long written = encoded - (long) packetCount * FRAME;
        if (left < written) {
            takeBack(left);
        }
        while (packetCount > 0 && encoded - FRAME >= left) {
            packetBytes -= lengths[--packetCount];
            encoded -= FRAME;
        }
    }

    /** Takes the pages from this place on out of the file; the packets of the first are held again. */
    private void takeBack(long left) throws IOException {
        int at = pages.size() - 1;
        while (at > 0 && pages.get(at).before() > left) {
            at--;
        }
        var from = pages.get(at);
        channel.position(from.offset());
        if (!page.read(channel, true)) {
            throw new SoundFileException("what was written can't be read again");
        }
        channel.truncate(from.offset());
        channel.position(from.offset());
        sequence = page.sequence();
        pages.subList(at, pages.size()).clear();
        encoded = from.before();
        packetCount = 0;
        packetBytes = page.length() - page.bodyAt();
        System.arraycopy(page.bytes, page.bodyAt(), packets, 0, packetBytes);
        Arrays.fill(lengths, 0);
        for (int i = 0; i < page.segments(); i++) {
            lengths[packetCount] += page.segmentBytes(i);
            if (page.segmentBytes(i) < 255) {
                packetCount++;
                encoded += FRAME;
            }
        }
    }

    @Override
    public long lengthMs() {
        return (earlierSamples + encoded + waiting) * 1000 / Opus.RATE;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if (begun) {
                end();
            }
        } finally {
            encoder.close();
        }
    }

    /** What the encoder still holds is pushed out; how much of the last packet counts says the last page: RFC 7845 4.4. */
    private void end() throws IOException {
        long end = encoded + waiting + PRE_SKIP;
        while (encoded < end) {
            if (packetCount == PAGE_PACKETS) {
                writePage(0, encoded);
            }
            Arrays.fill(pcm, waiting, FRAME, (short) 0);
            encode();
        }
        writePage(OggPage.LAST, end);
    }
}
