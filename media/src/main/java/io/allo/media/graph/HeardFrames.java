package io.allo.media.graph;

import io.allo.media.codec.Codec;
import io.allo.media.codec.Codecs;
import io.allo.media.codec.Decoder;
import io.allo.media.codec.Resampler;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.sdp.CodecName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is heard on a stream that must be decoded: an adaptive jitter buffer, the decoder with its concealment, and the
 * change to the listener's rate, by the decoder itself where it can. Packets go in as they come; frames come out at the listener's pace. The delay follows the
 * jitter (RFC 3550 A.8) between {@link #LEAST_DELAY_MS} and {@link #MOST_DELAY_MS}. Owned by the media loop.
 */
final class HeardFrames {

    static final int LEAST_DELAY_MS = 20;
    static final int MOST_DELAY_MS = 200;

    /** Without a packet for so long there is nothing to listen to: the listener's tick rests. */
    static final int DRY_MS = 200;

    /** Concealment fades to silence; after so long without a packet none is made. */
    private static final int CONCEAL_MS = 60;

    /** A packet of Opus that says only that nothing is sent: RFC 6716 3.2.1, no bytes behind the first or the second. */
    private static final int DTX_BYTES = 2;

    private static final int SLOTS = 64;
    private static final int MAX_PAYLOAD = 1_500;

    /** The silence of a sender that has said that it sends nothing in silence (Opus with DTX) is filled for so long. */
    private static final int SILENCE_MS = 1_000;

    /** After a loss one packet more is held for so many packets, so that the one after a lost one is here to tell of it. */
    private static final int LOSSY_PACKETS = 500;

    private final CodecName codec;
    private final int clockRate;
    private Codec known;
    private int rate;
    private Decoder decoder;
    private int tunedTo;
    private int lastSlot;
    private int lastLength;
    private final byte[][] payloads = new byte[SLOTS][];
    private final int[] lengths = new int[SLOTS];
    private final int[] sequences = new int[SLOTS];
    private final boolean[] present = new boolean[SLOTS];
    private final short[] decoded;
    private int decodedCount;
    private int next;
    private int highest;
    private boolean begun;
    private boolean primed;
    private int packetSamples;
    private int buffered;
    private double jitter;
    private int lastTransit;
    private boolean timed;
    private int concealedSamples;
    private int lossyPackets;
    private boolean silent;
    private int crowdedTakes;
    private @Nullable Resampler resampler;

    HeardFrames(CodecName codec) {
        this.codec = codec;
        this.known = known(codec);
        this.rate = known.sampleRate();
        this.clockRate = known.clockRate();
        this.decoder = known.newDecoder();
        this.decoded = new short[rate / 1000 * 400];
        this.packetSamples = rate / 50;
        Arrays.setAll(payloads, i -> new byte[0]);
    }

    static Codec known(CodecName codec) {
        return Codecs.byName(codec.encoding(), codec.clockRate()).orElseThrow();
    }

    CodecName codec() {
        return codec;
    }

    void close() {
        decoder.close();
    }

    /** Takes a packet. */
    void put(byte[] b, int off, int length, long nowNanos) {
        var sequence = RtpPacket.sequence(b, off);
        var size = RtpPacket.payloadLength(b, off, length);
        if (size <= 0 || size > MAX_PAYLOAD) {
            return;
        }
        if (!begun || Math.abs((short) (sequence - highest)) > SLOTS / 2) {
            restart(sequence);
        }
        if ((short) (sequence - next) < 0) {
            return; // its turn is over: late or doubled
        }
        var slot = sequence & SLOTS - 1;
        if (present[slot]) {
            return;
        }
        if (payloads[slot].length < size) {
            payloads[slot] = new byte[Math.max(size, 320)];
        }
        System.arraycopy(b, RtpPacket.payloadOffset(b, off), payloads[slot], 0, size);
        lengths[slot] = size;
        sequences[slot] = sequence;
        present[slot] = true;
        buffered++;
        if ((short) (sequence - highest) > 0) {
            highest = sequence;
        }
        measure(RtpPacket.timestamp(b, off), nowNanos);
    }

    private void restart(int sequence) {
        Arrays.fill(present, false);
        buffered = 0;
        lastLength = 0;
        next = sequence;
        highest = sequence;
        begun = true;
        primed = false;
        timed = false;
    }

    private void measure(int timestamp, long nowNanos) {
        var transit = (int) (nowNanos / 1000 * clockRate / 1_000_000) - timestamp;
        if (timed) {
            var d = Math.abs((long) (transit - lastTransit));
            jitter += (Math.min(d, clockRate) - jitter) / 16;
        }
        lastTransit = transit;
        timed = true;
    }

    private int targetSamples() {
        var ms = Math.clamp((int) (jitter * 1000 / clockRate * 3), LEAST_DELAY_MS, MOST_DELAY_MS);
        return Math.max(packetSamples, rate / 1000 * ms) + (lossyPackets > 0 ? packetSamples : 0);
    }

    /** The rate of the sound as the codec has it, Hz. */
    int sourceRate() {
        return codec.sampleRate();
    }

    /**
     * Has the decoder work at the listener's rate if it can. One that takes over has heard the last packet before, so that it knows
     * how the sound went on.
     */
    private void tune(int toRate) {
        tunedTo = toRate;
        var better = known.sampledAt(toRate);
        if (better == known) {
            return;
        }
        var before = rate;
        known = better;
        rate = known.sampleRate();
        var left = new Resampler(before, rate).resample(decoded.clone(), 0, decodedCount, decoded, 0);
        decoder.close();
        decoder = known.newDecoder();
        if (lastLength > 0) {
            decoder.decode(payloads[lastSlot], 0, lastLength, decoded, left);
        }
        decodedCount = left;
        resampler = null;
        packetSamples = scaled(packetSamples, before);
        concealedSamples = scaled(concealedSamples, before);
        waitedSamples = scaled(waitedSamples, before);
    }

    private int scaled(int samples, int before) {
        return (int) ((long) samples * rate / before);
    }

    /** Writes the next {@code samples} samples at {@code toRate} Hz into {@code buffers.pcm}.
     *
     * @return false if there is nothing to hear now
     */
    boolean frame(FrameBuffers buffers, int samples, int toRate) {
        if (toRate != tunedTo) {
            tune(toRate);
        }
        if (!primed) {
            if (buffered * packetSamples < targetSamples() && concealedSamples == 0) {
                concealWait(samples, toRate);
                return false;
            }
            if (buffered == 0) {
                concealWait(samples, toRate);
                return false;
            }
            primed = true;
        }
        var wanted = (int) ((long) samples * rate / toRate);
        shrink(wanted);
        while (decodedCount < wanted) {
            if (!decodeNext()) {
                return drained(buffers, samples, toRate, wanted);
            }
        }
        give(buffers, samples, toRate, wanted);
        return true;
    }

    private int waitedSamples;

    private void concealWait(int samples, int toRate) {
        waitedSamples += (int) ((long) samples * rate / toRate);
    }

    /** Whether nothing has come for so long that the listener's tick may rest. */
    boolean isDry() {
        return buffered == 0 && waitedSamples > rate / 1000 * (silent ? SILENCE_MS : DRY_MS);
    }

    /** Drops a packet's worth when more has been waiting for a while than the jitter calls for. */
    private void shrink(int wanted) {
        var ahead = decodedCount + buffered * packetSamples;
        if (ahead > targetSamples() + wanted + 2 * packetSamples) {
            crowdedTakes++;
        } else {
            crowdedTakes = 0;
        }
        if (crowdedTakes > 10 || buffered > SLOTS / 2) {
            crowdedTakes = 0;
            if (decodeNext()) {
                decodedCount = Math.max(0, decodedCount - packetSamples);
            }
        }
    }

    /** Decodes the packet whose turn it is, or conceals it if a later one is here. False if none is. */
    private boolean decodeNext() {
        if (buffered == 0) {
            return false;
        }
        var slot = next & SLOTS - 1;
        var room = decoded.length - decodedCount;
        if (present[slot] && (sequences[slot] & 0xFFFF) == (next & 0xFFFF)) {
            present[slot] = false;
            buffered--;
            var size = fitting(lengths[slot]);
            if (room < known.maxSamples(size)) {
                decodedCount = 0;
            }
            silent = decoder.canRecover() && size <= DTX_BYTES;
            lossyPackets = Math.max(0, lossyPackets - 1);
            var got = decoder.decode(payloads[slot], 0, size, decoded, decodedCount);
            lastSlot = slot;
            lastLength = size;
            packetSamples = got > 0 ? got : packetSamples;
            decodedCount += got;
            concealedSamples = 0;
            waitedSamples = 0;
        } else {
            decodedCount += missed(Math.min(packetSamples, room));
        }
        next = next + 1 & 0xFFFF;
        return true;
    }

    /** Writes what may have been in a packet that did not come; the one after it may know. */
    private int missed(int samples) {
        if (!decoder.canRecover()) {
            return decoder.conceal(decoded, decodedCount, samples);
        }
        lossyPackets = LOSSY_PACKETS;
        var following = next + 1;
        var slot = following & SLOTS - 1;
        return present[slot] && (sequences[slot] & 0xFFFF) == (following & 0xFFFF)
                ? decoder.recover(payloads[slot], 0, lengths[slot], decoded, decodedCount, samples)
                : decoder.conceal(decoded, decodedCount, samples);
    }

    /** As much of a packet as there is surely room for. */
    private int fitting(int size) {
        var some = size;
        while (known.maxSamples(some) > decoded.length / 2) {
            some /= 2;
        }
        return some;
    }

    /** Nothing is here: conceals for a while, then waits for the stream to come back. */
    private boolean drained(FrameBuffers buffers, int samples, int toRate, int wanted) {
        if (concealedSamples >= rate / 1000 * (silent ? SILENCE_MS : CONCEAL_MS)) {
            primed = false;
            concealWait(samples, toRate);
            concealedSamples = 0;
            decodedCount = 0;
            // what comes now is a new beginning: its lost predecessors are not waited for
            begun = false;
            return false;
        }
        var missing = wanted - decodedCount;
        decodedCount += decoder.conceal(decoded, decodedCount, missing);
        concealedSamples += missing;
        waitedSamples += missing;
        give(buffers, samples, toRate, wanted);
        return true;
    }

    private void give(FrameBuffers buffers, int samples, int toRate, int wanted) {
        if (rate == toRate) {
            System.arraycopy(decoded, 0, buffers.pcm, 0, wanted);
        } else {
            if (resampler == null || resampler.toRate() != toRate) {
                resampler = new Resampler(rate, toRate);
            }
            var got = resampler.resample(decoded, 0, wanted, buffers.pcm, 0);
            if (got < samples) {
                Arrays.fill(buffers.pcm, got, samples, (short) 0);
            }
        }
        decodedCount -= wanted;
        System.arraycopy(decoded, wanted, decoded, 0, decodedCount);
    }
}
