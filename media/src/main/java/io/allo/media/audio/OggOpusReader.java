package io.allo.media.audio;

import io.allo.media.codec.Decoder;
import io.allo.media.codec.Opus;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Opus in Ogg (RFC 7845): one or two channels, mixed to one, at 48 kHz; streams one after the other (chained) are one sound, streams of
 * other kinds beside it are passed over. A file that was cut off is read as far as its pages are whole. Owned by one thread.
 */
final class OggOpusReader implements SoundReader {
    /** What is decoded before a place that one goes to, for the decoder to converge: 80 ms, RFC 7845 4.6. */
    private static final int PREROLL = 3_840;

    private static final int MOST_PACKET = 61_440;

    private final SeekableByteChannel channel;
    private final List<Stream> streams;
    private final long length;
    private final OggPage page = new OggPage();
    private final short[] pcm = new short[Opus.MOST_SAMPLES];
    private byte[] packet = new byte[4_096];
    private Decoder decoder = Opus.CODEC.newDecoder();
    private int streamIndex;
    private int pageIndex = -1;
    private int segment;
    private int bodyAt;
    private long granule;
    private int pcmFrom;
    private int pcmTo;
    private long position;

    /** One logical stream: its header, where its sound begins in the file's, its pages with sound. */
    private record Stream(OpusHead head, int serial, long startGranule, long startPosition, List<Place> pages) {
        long endGranule() {
            return pages.isEmpty() ? startGranule : pages.getLast().endGranule();
        }

        long samples() {
            return Math.max(0, endGranule() - startGranule - head.preSkip());
        }
    }

    /** Where a page is, and the granule position at its end. */
    private record Place(long offset, long endGranule) {}

    OggOpusReader(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        streams = new Scan(channel).streams();
        length = length(streams);
        begin(0, 0);
    }

    /** How long the sound of a file is, in samples at 48 kHz. */
    static long lengthSamples(SeekableByteChannel channel) throws IOException {
        return length(new Scan(channel).streams());
    }

    private static long length(List<Stream> streams) {
        return streams.getLast().startPosition() + streams.getLast().samples();
    }

    /** Goes through the pages once. */
    private static final class Scan {
        private final SeekableByteChannel channel;
        private final OggPage page = new OggPage();
        private final List<Stream> streams = new ArrayList<>();
        private boolean headersOver;

        Scan(SeekableByteChannel channel) {
            this.channel = channel;
        }

        List<Stream> streams() throws IOException {
            var other = "";
            channel.position(0);
            for (long at = 0; page.read(channel, false); at = channel.position()) {
                if (page.is(OggPage.FIRST)) {
                    channel.position(at);
                    if (!page.read(channel, true)) {
                        break;
                    }
                    int body = page.bodyAt();
                    if (OpusHead.isOne(page.bytes, body, page.length() - body)) {
                        add(OpusHead.read(page.bytes, body));
                    } else {
                        other = OpusHead.kind(page.bytes, body, page.length() - body);
                    }
                } else if (!streams.isEmpty()
                        && page.serial() == streams.getLast().serial()) {
                    sound(at);
                }
            }
            if (streams.isEmpty()) {
                throw new SoundFileException(
                        other.isEmpty()
                                ? "no Ogg file"
                                : "an Ogg file with " + other + " in it, of which only Opus is read");
            }
            return streams;
        }

        private void add(OpusHead head) {
            var before = streams.isEmpty() ? null : streams.getLast();
            long start = before == null ? 0 : before.startPosition() + before.samples();
            streams.add(new Stream(head, page.serial(), 0, start, new ArrayList<>()));
            headersOver = false;
        }

        private void sound(long at) throws IOException {
            if (!headersOver) { // the comment header, on pages of granule position 0: RFC 7845 3
                headersOver = page.granule() != OggPage.NONE && endsAPacket();
                return;
            }
            var stream = streams.getLast();
            if (stream.pages().isEmpty() && page.granule() > 0) {
                long behind = channel.position();
                channel.position(at);
                page.read(channel, true);
                channel.position(behind);
                // a stream that was cut out of a longer one does not begin at 0: RFC 7845 4.3
                long start = page.is(OggPage.LAST) ? 0 : Math.max(0, page.granule() - samplesOnPage());
                streams.set(
                        streams.size() - 1,
                        new Stream(stream.head(), stream.serial(), start, stream.startPosition(), stream.pages()));
            }
            if (page.granule() >= 0 || page.granule() == OggPage.NONE) {
                stream = streams.getLast();
                long end = page.granule() == OggPage.NONE ? stream.endGranule() : page.granule();
                stream.pages().add(new Place(at, Math.max(end, stream.endGranule())));
            }
        }

        private boolean endsAPacket() {
            return page.segments() > 0 && page.segmentBytes(page.segments() - 1) < 255;
        }

        private long samplesOnPage() {
            long samples = 0;
            int at = page.bodyAt();
            int size = 0;
            for (int i = 0; i < page.segments(); i++) {
                size += page.segmentBytes(i);
                if (page.segmentBytes(i) < 255) {
                    samples += OpusHead.samples(page.bytes, at, size);
                    at += size;
                    size = 0;
                }
            }
            return samples;
        }
    }

    @Override
    public int sampleRate() {
        return Opus.RATE;
    }

    @Override
    public int read(short[] out, int off, int n) throws IOException {
        Objects.checkFromIndexSize(off, n, out.length);
        int done = 0;
        while (done < n) {
            if (pcmFrom == pcmTo && !fill()) {
                break;
            }
            int some = (int) Math.min(Math.min(n - done, pcmTo - pcmFrom), length - position);
            if (some == 0) {
                break;
            }
            System.arraycopy(pcm, pcmFrom, out, off + done, some);
            pcmFrom += some;
            position += some;
            done += some;
        }
        return done == 0 && n > 0 ? -1 : done;
    }

    @Override
    public void seekMs(long ms) throws IOException {
        long wanted = Math.min(Math.clamp(ms, 0, lengthMs() + 1) * Opus.RATE / 1000, length);
        int index = 0;
        while (index + 1 < streams.size() && streams.get(index + 1).startPosition() <= wanted) {
            index++;
        }
        var stream = streams.get(index);
        long target = stream.startGranule() + stream.head().preSkip() + wanted - stream.startPosition();
        int first = 0;
        while (first + 1 < stream.pages().size() && stream.pages().get(first).endGranule() <= target - PREROLL) {
            first++;
        }
        begin(index, first);
        position = wanted;
        while (granule <= target && fill(target)) {
            // what is before the place only warms the decoder up
        }
    }

    @Override
    public long positionMs() {
        return position * 1000 / Opus.RATE;
    }

    @Override
    public long lengthMs() {
        return length * 1000 / Opus.RATE;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            decoder.close();
        }
    }

    private void begin(int stream, int firstPage) {
        decoder.close();
        decoder = Opus.CODEC.newDecoder();
        streamIndex = stream;
        pageIndex = firstPage - 1;
        segment = Integer.MAX_VALUE;
        var from = streams.get(stream);
        granule = firstPage == 0
                ? from.startGranule()
                : from.pages().get(firstPage - 1).endGranule();
        pcmFrom = 0;
        pcmTo = 0;
    }

    private boolean fill() throws IOException {
        var stream = streams.get(streamIndex);
        while (pcmFrom == pcmTo) {
            if (!fill(stream.startGranule() + stream.head().preSkip())) {
                if (streamIndex + 1 == streams.size()) {
                    return false;
                }
                begin(streamIndex + 1, 0);
                stream = streams.get(streamIndex);
            }
        }
        return true;
    }

    /** Decodes a packet, of which what lies before a place, or behind the stream's end, is left out. False at the end. */
    private boolean fill(long fromGranule) throws IOException {
        var stream = streams.get(streamIndex);
        int size = nextPacket();
        if (size < 0) {
            return false;
        }
        int made = decoder.decode(packet, 0, size, pcm, 0);
        gain(made, stream.head().gainQ8());
        pcmFrom = (int) Math.clamp(fromGranule - granule, 0, made);
        pcmTo = (int) Math.clamp(stream.endGranule() - granule, pcmFrom, made);
        granule += made;
        return true;
    }

    private void gain(int samples, int gainQ8) {
        if (gainQ8 == 0) {
            return;
        }
        double factor = Math.pow(10, gainQ8 / (20.0 * 256));
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.clamp(Math.round(pcm[i] * factor), Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }

    /** Puts the next packet together, which can lie on several pages. -1 at the end of the stream. */
    private int nextPacket() throws IOException {
        int size = 0;
        while (true) {
            if (segment >= page.segments() || segment == Integer.MAX_VALUE) {
                if (!nextPage()) {
                    return -1;
                }
                if (!page.is(OggPage.CONTINUED)) {
                    size = 0; // what was begun is never ended
                } else if (size == 0) {
                    skipRest();
                }
                continue;
            }
            int some = page.segmentBytes(segment++);
            packet = size + some > packet.length ? Arrays.copyOf(packet, 2 * packet.length) : packet;
            System.arraycopy(page.bytes, bodyAt, packet, size, some);
            bodyAt += some;
            size += some;
            if (size > MOST_PACKET) {
                throw new SoundFileException("an Opus packet of more than " + MOST_PACKET + " bytes");
            }
            if (some < 255) {
                return size;
            }
        }
    }

    /** The end of a packet whose beginning is not known. */
    private void skipRest() {
        while (segment < page.segments()) {
            int some = page.segmentBytes(segment++);
            bodyAt += some;
            if (some < 255) {
                return;
            }
        }
    }

    private boolean nextPage() throws IOException {
        var pages = streams.get(streamIndex).pages();
        while (++pageIndex < pages.size()) {
            channel.position(pages.get(pageIndex).offset());
            if (page.read(channel, true) && page.isIntact()) {
                segment = 0;
                bodyAt = page.bodyAt();
                return true;
            }
            granule = Math.max(granule, pages.get(pageIndex).endGranule()); // a broken page: its sound is left out
            position = Math.max(position, place(granule));
        }
        segment = Integer.MAX_VALUE;
        return false;
    }

    private long place(long atGranule) {
        var stream = streams.get(streamIndex);
        return stream.startPosition()
                + Math.max(0, atGranule - stream.startGranule() - stream.head().preSkip());
    }
}
