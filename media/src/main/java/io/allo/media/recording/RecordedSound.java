package io.allo.media.recording;

import io.allo.media.audio.VoiceActivity;
import io.allo.media.sdp.CodecName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SoundTap} gives, put back into time: both sides aligned, mixed or side by side, from the moment the recording
 * began. It lags {@link #LAG_NANOS} behind the clock, so that late packets find their place. Owned by the writer.
 */
public final class RecordedSound {

    /** How far behind the clock the written sound is. */
    public static final long LAG_NANOS = 300_000_000L;

    private static final int BLOCK_MS = 20;
    private static final int LOUDEST_GAIN_STEP = 4;

    private final SoundTap tap;
    private final RecordedSides sides;
    private final int rate;
    private final long startNanos;
    private final RecordedSide heard;
    private final RecordedSide spoken;
    private final VoiceActivity activity;
    private final short[] heardBlock;
    private final short[] spokenBlock;
    private final short[] block;
    private final Deque<Control> controls = new ArrayDeque<>();
    private int heardGain;
    private int spokenGain;
    private boolean heardMuted;
    private boolean spokenMuted;
    private long pausedAtNanos = Long.MAX_VALUE;
    private long pausedNanos;
    private long written;
    private long loudSamples;

    /** What becomes of the sound. */
    @FunctionalInterface
    public interface Sink {
        /** Samples of the file's channels, interleaved; the array is used again. */
        void write(short[] pcm, int count) throws IOException;
    }

    private record Control(long nanos, What what, boolean on) {}

    private enum What {
        PAUSE,
        MUTE_HEARD,
        MUTE_SPOKEN
    }

    /**
     * @param rate of the file, Hz
     * @param silenceThreshold the mean absolute value from which 20 ms are loud; 0 for the usual
     */
    public RecordedSound(SoundTap tap, RecordedSides sides, int rate, int silenceThreshold, long startNanos) {
        this.tap = tap;
        this.sides = sides;
        this.rate = rate;
        this.startNanos = startNanos;
        heard = new RecordedSide(rate);
        spoken = new RecordedSide(rate);
        activity = new VoiceActivity(
                rate, silenceThreshold > 0 ? silenceThreshold : VoiceActivity.DEFAULT_THRESHOLD, 60, 500);
        var samples = rate * BLOCK_MS / 1000;
        heardBlock = new short[samples];
        spokenBlock = new short[samples];
        block = new short[samples * sides.channels()];
    }

    /** Louder or softer by powers of two, from -4 to 4. */
    public void gains(int heardStep, int spokenStep) {
        heardGain = Math.clamp(heardStep, -LOUDEST_GAIN_STEP, LOUDEST_GAIN_STEP);
        spokenGain = Math.clamp(spokenStep, -LOUDEST_GAIN_STEP, LOUDEST_GAIN_STEP);
    }

    /** From this moment on nothing is recorded and time stands still, or goes on. */
    public void pause(boolean on, long nowNanos) {
        controls.add(new Control(nowNanos, What.PAUSE, on));
    }

    /** From this moment on these sides are silent in the recording, or no longer. */
    public void mute(boolean heardToo, boolean spokenToo, boolean on, long nowNanos) {
        if (heardToo) {
            controls.add(new Control(nowNanos, What.MUTE_HEARD, on));
        }
        if (spokenToo) {
            controls.add(new Control(nowNanos, What.MUTE_SPOKEN, on));
        }
    }

    /** Writes what is certain by now. */
    public void advance(long nowNanos, Sink sink) throws IOException {
        takePackets();
        var certain = nowNanos - LAG_NANOS;
        control(certain);
        heard.advance(nowNanos);
        spoken.advance(nowNanos);
        writeTo(position(certain), sink, false);
    }

    /** Writes all there is, up to this moment. */
    public void finish(long nowNanos, Sink sink) throws IOException {
        takePackets();
        control(nowNanos);
        heard.flush();
        spoken.flush();
        writeTo(position(nowNanos), sink, true);
    }

    /** Gives back what its decoders hold beside the heap; nothing more is taken. */
    public void close() {
        heard.close();
        spoken.close();
    }

    private void takePackets() {
        for (var packet = tap.take(); packet != null; packet = tap.take()) {
            control(packet.nanos());
            var muted = packet.spoken() ? spokenMuted : heardMuted;
            var paused = pausedAtNanos != Long.MAX_VALUE;
            var wanted = sides != (packet.spoken() ? RecordedSides.HEARD : RecordedSides.SPOKEN);
            if (wanted && !muted && !paused) {
                var from = packet.spoken() ? spoken : heard;
                from.take(packet, position(packet.nanos()));
            }
        }
    }

    /** Does what was asked for up to this moment. */
    private void control(long untilNanos) {
        while (!controls.isEmpty() && controls.getFirst().nanos() <= untilNanos) {
            var control = controls.removeFirst();
            switch (control.what()) {
                case MUTE_HEARD -> heardMuted = control.on();
                case MUTE_SPOKEN -> spokenMuted = control.on();
                case PAUSE -> pauseAt(control.on(), control.nanos());
            }
        }
    }

    private void pauseAt(boolean on, long nanos) {
        var paused = pausedAtNanos != Long.MAX_VALUE;
        if (on && !paused) {
            pausedAtNanos = nanos;
            heard.forgetPlace();
            spoken.forgetPlace();
        } else if (!on && paused) {
            pausedNanos += nanos - pausedAtNanos;
            pausedAtNanos = Long.MAX_VALUE;
        }
    }

    /** How many samples the recording is long at this moment. */
    private long position(long nanos) {
        var micros = (Math.min(nanos, pausedAtNanos) - startNanos - pausedNanos) / 1000;
        return micros * rate / 1_000_000;
    }

    private void writeTo(long position, Sink sink, boolean all) throws IOException {
        while (written < position) {
            var count = (int) Math.min(position - written, heardBlock.length);
            if (count < heardBlock.length && !all) {
                return;
            }
            heard.drain(heardBlock, count);
            spoken.drain(spokenBlock, count);
            gain(heardBlock, count, heardGain);
            gain(spokenBlock, count, spokenGain);
            sink.write(block, mix(count));
            if (activity.accept(sides == RecordedSides.SPOKEN ? spokenBlock : heardBlock, 0, count)
                    || activity.isTalking()) {
                loudSamples = written;
            }
            written += count;
        }
    }

    private static void gain(short[] pcm, int count, int step) {
        if (step == 0) {
            return;
        }
        for (var i = 0; i < count; i++) {
            pcm[i] = clamped(step > 0 ? pcm[i] << step : pcm[i] / (1 << -step));
        }
    }

    private int mix(int count) {
        switch (sides) {
            case HEARD -> System.arraycopy(heardBlock, 0, block, 0, count);
            case SPOKEN -> System.arraycopy(spokenBlock, 0, block, 0, count);
            case MIX -> {
                for (var i = 0; i < count; i++) {
                    block[i] = clamped(heardBlock[i] + spokenBlock[i]);
                }
            }
            case STEREO -> {
                for (var i = 0; i < count; i++) {
                    block[2 * i] = heardBlock[i];
                    block[2 * i + 1] = spokenBlock[i];
                }
                return 2 * count;
            }
        }
        return count;
    }

    private static short clamped(int sample) {
        return (short) Math.clamp(sample, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** How much was written, in milliseconds. */
    public long writtenMs() {
        return written * 1000 / rate;
    }

    /** How long nobody has talked, at the end of what was written; what is heard counts, or what is spoken if only that is kept. */
    public long silenceMs() {
        return Math.min(activity.silenceMs(), writtenMs());
    }

    /** Whether anybody has talked since the beginning. */
    public boolean isAnythingSaid() {
        return loudSamples > 0 || activity.isTalking();
    }

    /** A codec in which sound came that can't be decoded here: its sound is silence in the recording. */
    public @Nullable CodecName undecodable() {
        return heard.undecodable() == null ? spoken.undecodable() : heard.undecodable();
    }
}
