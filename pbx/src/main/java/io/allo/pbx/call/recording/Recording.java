package io.allo.pbx.call.recording;

import io.allo.io.recording.FinishedRecording;
import io.allo.io.recording.SoundRecording;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PortId;
import io.allo.media.recording.SoundTap;
import io.allo.pbx.call.Channel;
import io.allo.pbx.event.CallEvent;
import java.nio.file.Path;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel being recorded. It ends when it is stopped, at the latest when the channel does. Any thread may pause and stop it;
 * the one that stops it finishes the file.
 */
public final class Recording {

    private final String id;
    private volatile Channel channel;
    private volatile boolean outlivesChannel;
    private final @Nullable PortId port;
    private final MediaPlane media;
    private final SoundRecording sound;
    private final Recorder recorder;
    private final boolean sidecar;
    private volatile boolean keptAtHangup = true;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CopyOnWriteArrayList<Consumer<FinishedRecording>> listeners = new CopyOnWriteArrayList<>();

    Recording(
            String id,
            Channel channel,
            @Nullable PortId port,
            MediaPlane media,
            SoundRecording sound,
            Recorder recorder,
            boolean sidecar) {
        this.id = id;
        this.channel = channel;
        this.port = port;
        this.media = media;
        this.sound = sound;
        this.recorder = recorder;
        this.sidecar = sidecar;
    }

    /** Its name, unique in one run; that of StopMixMonitor. */
    public String id() {
        return id;
    }

    /** Who is recorded. */
    public Channel channel() {
        return channel;
    }

    /** Where the file will stand. */
    public Path path() {
        return sound.plan().path();
    }

    /** For sound that is no port's: a conference's mix is put into it. */
    public SoundTap tap() {
        return sound.tap();
    }

    /** Leaves what comes out of the file until it goes on; its time stands still. */
    public void pause(boolean on) {
        sound.pause(on);
    }

    /** Silence in the file for one side or both, until it is taken back; its time goes on. */
    public void mute(boolean heard, boolean spoken, boolean on) {
        sound.mute(heard, spoken, on);
    }

    /** Has this told each time so many milliseconds have gone by, until it ends; it only posts. */
    public void every(long intervalMs, Runnable told) {
        sound.every(intervalMs, told);
    }

    /** How long it is by now, in milliseconds; 0.3 s late. */
    public long lengthMs() {
        return sound.lengthMs();
    }

    /** Whether anybody has talked so far. */
    public boolean isAnythingSaid() {
        return sound.isAnythingSaid();
    }

    /** Whether it is over. */
    public boolean isEnded() {
        return ended.get();
    }

    /** Whether it is kept when the channel ends before it was stopped; it is unless something else is said. */
    public void keepAtHangup(boolean on) {
        keptAtHangup = on;
    }

    /**
     * It does not end with the channel for which it began: who records a room stops it, for a channel that is still there.
     *
     * @param last to whose call its end belongs
     */
    public @Nullable FinishedRecording stopFor(Channel last) {
        recorder.ended(this);
        channel = last;
        return stop();
    }

    /** From now on it goes on when the channel is over, until {@link #stopFor}. */
    public void outliveChannel() {
        outlivesChannel = true;
    }

    void channelEnded() {
        if (outlivesChannel) {
            return;
        }
        if (keptAtHangup) {
            stop();
        } else {
            discard();
        }
    }

    /** Has somebody told when the file is whole, on the thread that stops it. */
    public void whenFinished(Consumer<FinishedRecording> listener) {
        listeners.add(listener);
    }

    /** Ends it; the file is at its place when this returns. Null if it could not be finished, or was over. */
    public @Nullable FinishedRecording stop() {
        return stop(0, Long.MAX_VALUE);
    }

    /** The same without the last {@code cutMs} milliseconds. */
    public @Nullable FinishedRecording stop(long cutMs) {
        return stop(cutMs, Long.MAX_VALUE);
    }

    /** The same, and of the silence at its end only so much is kept. */
    public @Nullable FinishedRecording stopTrimmed(long keptSilenceMs) {
        return stop(0, keptSilenceMs);
    }

    private @Nullable FinishedRecording stop(long cutMs, long keptSilenceMs) {
        if (!ended.compareAndSet(false, true)) {
            return null;
        }
        untap();
        tellUndecodable();
        var finished = sound.stop(cutMs, keptSilenceMs);
        if (finished != null && sidecar) {
            recorder.describe(finished);
        }
        recorder.ended(this);
        channel.log()
                .add(new CallEvent.RecordingStopped(
                        recorder.nowMillis(),
                        channel.log().linkedId(),
                        channel.uniqueId(),
                        path().toString(),
                        finished == null ? -1 : finished.lengthMs()));
        if (finished != null) {
            listeners.forEach(listener -> listener.accept(finished));
        }
        return finished;
    }

    /** Ends it and throws it away. */
    public void discard() {
        if (ended.compareAndSet(false, true)) {
            untap();
            sound.discard();
            recorder.ended(this);
            channel.log()
                    .add(new CallEvent.RecordingStopped(
                            recorder.nowMillis(), channel.log().linkedId(), channel.uniqueId(), path().toString(), -1));
        }
    }

    private void untap() {
        if (port != null) {
            media.post(new MediaCommand.Untap(port, sound.tap()));
        }
    }

    private void tellUndecodable() {
        var codec = sound.undecodable();
        if (codec != null) {
            channel.log()
                    .add(new CallEvent.Problem(
                            recorder.nowMillis(),
                            channel.log().linkedId(),
                            channel.uniqueId(),
                            "recording-codec",
                            path() + " lacks sound: " + codec.asteriskName()
                                    + " can't be decoded; leave it out of allow= of endpoints that are recorded",
                            path() + " est incomplet : " + codec.asteriskName()
                                    + " ne peut être décodé ; à retirer de allow= des postes enregistrés"));
        }
    }
}
