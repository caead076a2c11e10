package io.allo.pbx.call.prompt;

import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PortId;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import org.jspecify.annotations.Nullable;

/**
 * A sound being played to one channel: to be paused, moved, stopped, and waited for. Closing it stops it if it has not
 * ended. Owned by the call.
 */
public final class Playing implements AutoCloseable {

    private static final long STOP_MS = 1_000;

    private final MediaPlane media;
    private final Call call;
    private final Channel channel;
    private final PortId port;
    private final long id;
    private boolean ended;
    private boolean completed;
    private long positionMs;

    Playing(MediaPlane media, Call call, PortId port, long id) {
        this.media = media;
        this.call = call;
        this.channel = call.channel();
        this.port = port;
        this.id = id;
    }

    /**
     * Waits for a key, or for the end ({@link #hasEnded}), or for the deadline.
     *
     * @param deadlineNanos on the clock's nanoseconds; Long.MAX_VALUE for none
     * @return the key, null if it ended or the deadline came
     */
    public @Nullable Character awaitDigit(long deadlineNanos) {
        for (var event = await(deadlineNanos); event != null; event = await(deadlineNanos)) {
            if (event instanceof ChannelEvent.Digit digit) {
                return digit.digit();
            }
        }
        return null;
    }

    /** Waits for what comes next from the channel while it plays; null if it ended or the deadline came. */
    public @Nullable ChannelEvent await(long deadlineNanos) {
        while (!ended) {
            var received = call.await(deadlineNanos);
            if (received == null) {
                return null;
            }
            if (received.channel() == channel) {
                note(received.event());
                if (!ended) {
                    return received.event();
                }
            }
        }
        return null;
    }

    private void note(ChannelEvent event) {
        if (event instanceof ChannelEvent.PlaybackEnded end && end.playbackId() == id) {
            ended = true;
            completed = end.completed();
            positionMs = end.positionMs();
        } else if (channel.isHungUp()) {
            ended = true;
        }
    }

    /** Whether it is over. */
    public boolean hasEnded() {
        return ended;
    }

    /** Whether it was heard to its end. */
    public boolean isCompleted() {
        return completed;
    }

    /** Pauses, or goes on. */
    public void pause(boolean on) {
        media.post(new MediaCommand.PausePlay(port, id, on));
    }

    /** Moves by so many milliseconds, back if negative, within the sound. */
    public void seek(long offsetMs) {
        media.post(new MediaCommand.SeekPlay(port, id, offsetMs));
    }

    /** Stops it and says how far it came, in milliseconds. Keys pressed in this moment are lost. */
    public long stop() {
        if (!ended) {
            media.post(new MediaCommand.StopPlay(port, id));
            var deadline = call.inMillis(STOP_MS);
            while (!ended && (awaitDigit(deadline) != null || call.clock().nanoTime() < deadline)) {
                // its end is on the way
            }
            ended = true;
        }
        return positionMs;
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            media.post(new MediaCommand.StopPlay(port, id));
        }
    }
}
