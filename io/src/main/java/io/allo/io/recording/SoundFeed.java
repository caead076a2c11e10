package io.allo.io.recording;

import io.allo.core.timer.Clock;
import io.allo.media.recording.RecordedSides;
import io.allo.media.recording.RecordedSound;
import io.allo.media.recording.SoundTap;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a port's phone says, given on as linear samples as it comes, 0.3 s late, without gaps: silence where nothing came. A board: the desk's
 * thread advances it and gives the samples on, any thread closes it.
 */
public final class SoundFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SoundFeed.class);

    /** Who is given the samples, on the desk's thread. Never waits. */
    @FunctionalInterface
    public interface Listener {
        /** The first {@code count} are new; the array is used again. */
        void hear(short[] samples, int count);
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final SoundTap tap = new SoundTap();
    private final RecordedSound sound;
    private final Listener listener;
    private final Clock clock;
    private final Runnable whenClosed;
    private boolean closed;

    SoundFeed(int sampleRate, Listener listener, Clock clock, Runnable whenClosed) {
        this.sound = new RecordedSound(tap, RecordedSides.HEARD, sampleRate, 0, clock.nanoTime());
        this.listener = listener;
        this.clock = clock;
        this.whenClosed = whenClosed;
    }

    /** What a port is to be tapped with. */
    public SoundTap tap() {
        return tap;
    }

    void advance() {
        lock.lock();
        try {
            if (!closed) {
                sound.advance(clock.nanoTime(), listener::hear);
            }
        } catch (IOException never) {
            LOG.error("a listener to a call failed: {}", never.toString());
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is given. Its port is still to be untapped. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            tap.close();
            sound.close();
        } finally {
            lock.unlock();
        }
        whenClosed.run();
    }
}
