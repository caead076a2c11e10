package io.allo.io.recording;

import io.allo.core.timer.Clock;
import io.allo.media.audio.SoundWriter;
import io.allo.media.recording.RecordedSound;
import io.allo.media.recording.SoundTap;
import io.allo.media.sdp.CodecName;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recording under way: what its tap gives goes into its file, until it is stopped. A board: the desk's thread advances it,
 * its call pauses and stops it. Whoever stops it does the last of the work, so that the file is whole when {@link #stop} returns.
 */
public final class SoundRecording {

    /** What happened in a recording; told on the desk's thread. */
    public enum Signal {
        /** Nobody has talked for as long as the plan allows. */
        SILENCE,
        /** It is as long as it may be. */
        LIMIT,
        /** The file can't be written any more (no space, ...): what was written is kept. */
        FAILED
    }

    /** Who is told. Posts only. */
    @FunctionalInterface
    public interface Listener {
        /** {@code lengthMs} are written; {@code silenceMs} of them, at the end, are silent. */
        void told(Signal signal, long lengthMs, long silenceMs);
    }

    private static final Logger LOG = LoggerFactory.getLogger(SoundRecording.class);
    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** A sealed file's last chunk is in memory until it is full: it is put on the disk oftener, so that a kill takes no more. */
    private static final long SEALED_FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final ReentrantLock lock = new ReentrantLock();
    private final SoundTap tap = new SoundTap();
    private final RecordingPlan plan;
    private final RecordingFile file;
    private final SoundWriter writer;
    private final RecordedSound sound;
    private final Clock clock;
    private final Listener listener;
    private final Runnable whenEnded;
    private final RecordedSound.Sink sink = this::write;
    private final long before;
    private long most = Long.MAX_VALUE;
    private long flushedNanos;
    private boolean silenceTold;
    private boolean limitTold;
    private long intervalNanos;
    private long nextNanos = Long.MAX_VALUE;
    private Runnable each = () -> {};
    private @Nullable IOException failure;
    private boolean ended;
    private @Nullable FinishedRecording result;

    SoundRecording(
            RecordingPlan plan,
            RecordingFile file,
            SoundWriter writer,
            Clock clock,
            Listener listener,
            Runnable whenEnded) {
        this.plan = plan;
        this.file = file;
        this.writer = writer;
        this.clock = clock;
        this.listener = listener;
        this.whenEnded = whenEnded;
        this.before = writer.lengthMs();
        var now = clock.nanoTime();
        this.flushedNanos = now;
        this.sound = new RecordedSound(tap, plan.sides(), plan.format().sampleRate(), plan.silenceThreshold(), now);
        sound.gains(plan.heardGain(), plan.spokenGain());
        if (plan.maxMs() > 0) {
            most = plan.maxMs()
                    * plan.format().sampleRate()
                    / 1000
                    * plan.sides().channels();
        }
    }

    /** What a port is to be tapped with; a conference's mix is put into it. */
    public SoundTap tap() {
        return tap;
    }

    /** What it was asked to be. */
    public RecordingPlan plan() {
        return plan;
    }

    /** From now on nothing is recorded and its time stands still, or it goes on. */
    public void pause(boolean on) {
        lock.lock();
        try {
            sound.pause(on, clock.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** From now on these sides are silent in the file, or no longer; time goes on. */
    public void mute(boolean heard, boolean spoken, boolean on) {
        lock.lock();
        try {
            sound.mute(heard, spoken, on, clock.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** From now on this is told each time so many milliseconds have gone by, on the desk's thread: it only posts. Paused or not. */
    public void every(long intervalMs, Runnable told) {
        lock.lock();
        try {
            each = told;
            intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMs);
            nextNanos = clock.nanoTime() + intervalNanos;
        } finally {
            lock.unlock();
        }
    }

    private boolean isTime() {
        lock.lock();
        try {
            if (ended || nextNanos == Long.MAX_VALUE || clock.nanoTime() < nextNanos) {
                return false;
            }
            nextNanos += intervalNanos;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How long it is by now, without what it was appended to, in milliseconds; about 0.3 s late. */
    public long lengthMs() {
        lock.lock();
        try {
            return writer.lengthMs() - before;
        } finally {
            lock.unlock();
        }
    }

    /** A codec that came and can't be decoded here: silence stands in its place. */
    public @Nullable CodecName undecodable() {
        lock.lock();
        try {
            return sound.undecodable();
        } finally {
            lock.unlock();
        }
    }

    /** Whether anybody has talked. */
    public boolean isAnythingSaid() {
        lock.lock();
        try {
            return sound.isAnythingSaid();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what has come. On the desk's thread. */
    void advance() {
        if (isTime()) {
            each.run();
        }
        Signal signal = null;
        lock.lock();
        try {
            if (ended || failure != null) {
                return;
            }
            var now = clock.nanoTime();
            try {
                sound.advance(now, sink);
                if (now - flushedNanos >= (plan.sealed() ? SEALED_FLUSH_NANOS : FLUSH_NANOS)) {
                    flushedNanos = now;
                    writer.flush();
                    file.flush();
                }
                signal = signal();
            } catch (IOException full) {
                failure = full;
                LOG.error("{} can't be recorded any more: {}", plan.path(), full.toString());
                signal = Signal.FAILED;
            }
        } finally {
            lock.unlock();
        }
        if (signal != null) {
            listener.told(signal, lengthMs(), silenceMs());
        }
    }

    private @Nullable Signal signal() {
        if (most == 0 && !limitTold) {
            limitTold = true;
            return Signal.LIMIT;
        }
        var silence = plan.maxSilenceMs() > 0 && sound.silenceMs() >= plan.maxSilenceMs();
        var told = silence && !silenceTold;
        silenceTold = silence;
        return told ? Signal.SILENCE : null;
    }

    private long silenceMs() {
        lock.lock();
        try {
            return sound.silenceMs();
        } finally {
            lock.unlock();
        }
    }

    private void write(short[] pcm, int count) throws IOException {
        var some = (int) Math.min(count, most);
        writer.write(pcm, 0, some);
        most -= most == Long.MAX_VALUE ? 0 : some;
    }

    /** Whether it is over. */
    public boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends it: the file stands at its place when this returns. Nothing new if it is over. Its port is still to be untapped.
     *
     * @param cutMs so much is taken away at the end
     * @param keptSilenceMs of the silence at the end no more than this is kept
     * @return what came of it; null if the file could not be finished (logged), or it was discarded
     */
    public @Nullable FinishedRecording stop(long cutMs, long keptSilenceMs) {
        lock.lock();
        try {
            if (ended) {
                return result;
            }
            ended = true;
            tap.close();
            try {
                if (failure == null) {
                    sound.finish(clock.nanoTime(), sink);
                }
                var cut = cutMs + Math.max(0, sound.silenceMs() - keptSilenceMs);
                if (cut > 0) {
                    writer.shorten(Math.min(cut, writer.lengthMs() - before));
                }
            } catch (IOException full) {
                LOG.error("the end of {} could not be written: {}", plan.path(), full.toString());
            }
            sound.close();
            if (tap.lostPackets() > 0) {
                LOG.warn("{} lacks {} packets: the disk was too slow", plan.path(), tap.lostPackets());
            }
            result = file.finish(writer);
            return result;
        } finally {
            lock.unlock();
            whenEnded.run();
        }
    }

    /** Ends it and throws it away. */
    public void discard() {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                tap.close();
                file.discard(writer);
            }
        } finally {
            lock.unlock();
            whenEnded.run();
        }
    }
}
