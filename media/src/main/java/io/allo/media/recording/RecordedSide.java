package io.allo.media.recording;

import io.allo.media.audio.VoiceActivity;
import io.allo.media.codec.Codecs;
import io.allo.media.codec.Decoder;
import io.allo.media.codec.Resampler;
import io.allo.media.sdp.CodecName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One side of a recording: its packets in order, decoded, each at the moment to which it belongs. Within a stream the RTP
 * timestamps say where (RFC 3550 5.1), so that jitter moves nothing; where a stream begins, jumps or drifts from the clock, the
 * arrival does (at the beginning that of the packet that was quickest of the first {@link #OPENING_NANOS}: a first one that was held up moves
 * nothing); a small drift waits for a pause. What never came is silence, concealed up to {@link #CONCEAL_MS}. Owned by the
 * writer.
 */
final class RecordedSide {

    /** A packet whose predecessor is missing waits so long for it, in nanoseconds. */
    static final long REORDER_NANOS = 100_000_000L;

    /** The packets of a stream's beginning are kept so long before it is said where it begins, in nanoseconds. */
    static final long OPENING_NANOS = 100_000_000L;

    /** And at most so many: what came all at once. */
    private static final int MOST_OPENING = 100;

    /** Gaps of lost packets up to this are filled by the decoder. */
    static final int CONCEAL_MS = 60;

    /** What waits to be mixed, in seconds. */
    private static final int LINE_SECONDS = 4;

    private static final int MOST_LATE_MS = 2_000;
    private static final int MOST_EARLY_MS = 400;
    private static final int DRIFT_MS = 60;
    private static final int DRIFT_PACKETS = 50;

    /** Up to this, a drift waits for a pause in what is said: putting it right in a word is heard, being off by it is not. */
    private static final int DRIFT_IN_SPEECH_MS = 150;

    /** The mean absolute value below which a packet is a pause. */
    private static final int QUIET = VoiceActivity.DEFAULT_THRESHOLD;

    private static final int MOST_PENDING = 32;
    private static final int MOST_SAMPLES = 48_000;

    private final int rate;
    private final short[] line;
    private final TreeMap<Long, TappedPacket> pending = new TreeMap<>();
    private final TreeMap<Long, Long> waitingSince = new TreeMap<>();
    private final ArrayList<Arrived> opening = new ArrayList<>();
    private final short[] pcm = new short[MOST_SAMPLES];
    private final short[] resampled = new short[MOST_SAMPLES];
    private long drained;
    private @Nullable CodecName codec;
    private @Nullable Decoder decoder;
    private @Nullable Resampler resampler;
    private int codecRate;
    private int clockRate;
    private int ssrc;
    private boolean known;
    private long extended;
    private long anchorTimestamp;
    private long anchorPosition;
    private long timestampExtended;
    private long endPosition;
    private long drift;
    private int drifting;
    private long owed;
    private @Nullable CodecName undecodable;

    /** A packet, and how long the recording was when it came. */
    private record Arrived(TappedPacket packet, long position) {}

    RecordedSide(int rate) {
        this.rate = rate;
        this.line = new short[rate * LINE_SECONDS];
    }

    /** A codec whose packets could not be decoded, null if there was none. */
    @Nullable
    CodecName undecodable() {
        return undecodable;
    }

    /** Time was left out: the next packet's place is where it arrives. */
    void forgetPlace() {
        flush();
        known = false;
    }

    /** Takes a packet that arrived when the recording was so many samples long. */
    void take(TappedPacket packet, long arrivalPosition) {
        if (!opening.isEmpty() && !isOpeningWith(packet)) {
            open();
        }
        if (!opening.isEmpty() || !isOfStream(packet)) {
            if (opening.isEmpty()) {
                flush();
            }
            opening.add(new Arrived(packet, arrivalPosition));
        } else {
            order(packet, arrivalPosition);
        }
    }

    /** Whether it belongs to the beginning that is still being kept. */
    private boolean isOpeningWith(TappedPacket packet) {
        var first = opening.getFirst().packet();
        return packet.ssrc() == first.ssrc()
                && packet.codec() == first.codec()
                && packet.sampleRate() == first.sampleRate()
                && Math.abs((short) (packet.sequence() - first.sequence())) < MOST_OPENING
                && packet.nanos() - first.nanos() < OPENING_NANOS
                && opening.size() < MOST_OPENING;
    }

    /** Says where the stream begins that was kept, and goes on with it. */
    private void open() {
        var kept = List.copyOf(opening);
        opening.clear();
        var first = kept.getFirst();
        for (var arrived : kept) {
            first = (short) (arrived.packet().sequence() - first.packet().sequence()) < 0 ? arrived : first;
        }
        begin(first.packet());
        var earliest = Long.MAX_VALUE;
        for (var arrived : kept) {
            var since = (long) (arrived.packet().timestamp() - first.packet().timestamp()) * rate / clockRate;
            earliest = Math.min(earliest, arrived.position() - since);
        }
        anchorAtBeginning(earliest);
        for (var arrived : kept) {
            order(arrived.packet(), arrived.position());
        }
    }

    private void order(TappedPacket packet, long arrivalPosition) {
        var step = (short) (packet.sequence() - (int) extended);
        if (packet.codec() == null || step == 1) {
            extended += packet.codec() == null ? 0 : 1;
            play(packet, arrivalPosition, false);
            drainPending(Long.MIN_VALUE);
        } else if (step > 1 && step <= MOST_PENDING) {
            pending.put(extended + step, packet);
            waitingSince.put(extended + step, arrivalPosition);
        } else if (step > MOST_PENDING || step < -MOST_PENDING * 30) {
            flush();
            begin(packet);
            anchorAtBeginning(arrivalPosition);
            extended++;
            play(packet, arrivalPosition, false);
        } // else it is late or doubled
    }

    /** Gives back what the decoder holds beside the heap. */
    void close() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }

    /** Plays what has waited long enough for its predecessors. */
    void advance(long nowNanos) {
        if (!opening.isEmpty() && nowNanos - opening.getFirst().packet().nanos() >= OPENING_NANOS) {
            open();
        }
        drainPending(nowNanos - REORDER_NANOS);
    }

    /** Plays all there is. */
    void flush() {
        if (!opening.isEmpty()) {
            open();
        }
        drainPending(Long.MAX_VALUE);
    }

    private void drainPending(long olderThan) {
        while (!pending.isEmpty()) {
            var first = pending.firstEntry();
            var next = first.getKey() == extended + 1;
            if (!next && first.getValue().nanos() > olderThan) {
                return;
            }
            pending.remove(first.getKey());
            var arrival = waitingSince.remove(first.getKey());
            extended = first.getKey();
            play(first.getValue(), arrival == null ? endPosition : arrival, !next);
        }
    }

    private boolean isOfStream(TappedPacket packet) {
        return known
                && packet.ssrc() == ssrc
                && packet.codec() == codec
                && (packet.codec() != null || packet.sampleRate() == codecRate);
    }

    private void begin(TappedPacket packet) {
        var before = codec;
        codec = packet.codec();
        ssrc = packet.ssrc();
        extended = packet.sequence() - 1L;
        if (codec == null) {
            codecRate = packet.sampleRate();
            clockRate = codecRate;
            close();
        } else if (decoder == null || before != codec) {
            var found = Codecs.byName(codec.encoding(), codec.clockRate())
                    .map(any -> any.sampledAt(rate))
                    .orElse(null);
            close();
            decoder = found == null ? null : found.newDecoder();
            codecRate = found == null ? 0 : found.sampleRate();
            clockRate = codec.clockRate();
            undecodable = found == null ? codec : undecodable;
        }
        resampler = codecRate == rate || codecRate == 0 ? null : new Resampler(codecRate, rate);
        timestampExtended = packet.timestamp();
        known = true;
    }

    /** A stream that takes over from another goes on without a click; what would begin a little before what is written begins there. */
    private void anchorAtBeginning(long position) {
        var from = drained - position > 0 && drained - position < samples(DRIFT_IN_SPEECH_MS) ? drained : position;
        anchor(Math.abs(position - endPosition) < samples(DRIFT_MS) ? endPosition : from);
        endPosition = anchorPosition;
    }

    private void anchor(long position) {
        anchorTimestamp = timestampExtended;
        anchorPosition = position;
        drifting = 0;
        owed = 0;
    }

    private void play(TappedPacket packet, long arrivalPosition, boolean afterLoss) {
        timestampExtended += packet.timestamp() - (int) timestampExtended;
        var place = anchorPosition + (timestampExtended - anchorTimestamp) * rate / clockRate;
        var late = arrivalPosition - place;
        var elsewhere = late > samples(MOST_LATE_MS) || -late > samples(MOST_EARLY_MS);
        if (elsewhere) {
            anchor(arrivalPosition);
            place = arrivalPosition;
        }
        if (afterLoss) {
            conceal(place, packet);
        }
        var count = decode(packet);
        if (!elsewhere) {
            place = settle(place, late, isQuiet(count));
        }
        if (resampler != null) {
            count = resampler.resample(pcm, 0, count, resampled, 0);
            put(place, resampled, count);
        } else {
            put(place, pcm, count);
        }
        endPosition = place + count;
    }

    /** Follows a clock that runs faster or slower than ours: when all packets of a second are off, the smallest part goes. */
    private long settle(long place, long late, boolean quiet) {
        if (Math.abs(late) < samples(DRIFT_MS) || drifting > 0 && (late > 0) != (drift > 0)) {
            drifting = 0;
            owed = 0;
            return place;
        }
        drift = drifting == 0 || Math.abs(late) < Math.abs(drift) ? late : drift;
        if (++drifting == DRIFT_PACKETS) {
            owed = drift;
            drifting = 0;
        }
        if (owed == 0 || !quiet && Math.abs(owed) < samples(DRIFT_IN_SPEECH_MS)) {
            return place;
        }
        var settled = place + owed;
        anchor(settled);
        return settled;
    }

    private boolean isQuiet(int count) {
        var sum = 0L;
        for (var i = 0; i < count; i++) {
            sum += Math.abs((int) pcm[i]);
        }
        return sum < (long) QUIET * count;
    }

    private long samples(int ms) {
        return (long) ms * rate / 1000;
    }

    private void conceal(long place, TappedPacket packet) {
        var gap = (int) Math.min(place - endPosition, rate);
        if (decoder == null || gap <= 0 || gap > CONCEAL_MS * rate / 1000) {
            return;
        }
        var wanted = (int) ((long) gap * codecRate / rate);
        decoder.recover(packet.payload(), 0, Math.min(packet.payload().length, 1_500), pcm, 0, wanted);
        if (resampler != null) {
            put(endPosition, resampled, Math.min(gap, resampler.resample(pcm, 0, wanted, resampled, 0)));
        } else {
            put(endPosition, pcm, wanted);
        }
    }

    private int decode(TappedPacket packet) {
        var payload = packet.payload();
        if (packet.codec() == null) {
            var count = payload.length / 2;
            for (var i = 0; i < count; i++) {
                pcm[i] = (short) (payload[2 * i] << 8 | payload[2 * i + 1] & 0xFF);
            }
            return count;
        }
        return decoder == null ? 0 : decoder.decode(payload, 0, Math.min(payload.length, 1_500), pcm, 0);
    }

    private void put(long position, short[] from, int count) {
        for (var i = 0; i < count; i++) {
            var at = position + i;
            if (at >= drained && at < drained + line.length) {
                line[(int) (at % line.length)] = from[i];
            }
        }
    }

    /** Moves the next samples out; what did not come is silence. At most a line's length. */
    void drain(short[] to, int count) {
        for (var i = 0; i < count; i++) {
            var at = (int) ((drained + i) % line.length);
            to[i] = line[at];
            line[at] = 0;
        }
        drained += count;
    }
}
