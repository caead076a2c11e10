package io.allo.pbx.app;

import io.allo.media.codec.G711;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.media.port.Sound;
import io.allo.media.recording.SoundTap;
import io.allo.media.sdp.CodecName;
import io.allo.pbx.dialplan.run.TurnOfCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A media plane of one port in virtual time: nothing sounds, but every playback takes as long as it would. */
final class VirtualMedia implements MediaPlane {
    static final PortId PORT = new PortId(1);

    private final TurnOfCalls time;
    private final Consumer<MediaEvent> listener;
    private final List<String> heard = new ArrayList<>();
    private final List<SoundTap> taps = new ArrayList<>();
    private Runnable whenTapped = () -> {};
    private @Nullable Playback now;
    private Consumer<String> audience = sound -> {};

    VirtualMedia(TurnOfCalls time, Consumer<MediaEvent> listener) {
        this.time = time;
        this.listener = listener;
    }

    private static final class Playback {
        private final long id;
        private final long lengthMs;
        private long positionMs;
        private long sinceMs;
        private boolean paused;
        private int turn;

        Playback(long id, long lengthMs, long sinceMs) {
            this.id = id;
            this.lengthMs = lengthMs;
            this.sinceMs = sinceMs;
        }
    }

    void whenTapped(Runnable action) {
        whenTapped = action;
    }

    /** A packet of 20 ms of a tone comes from the phone; who records hears it. */
    void phoneSends(double hertz, int fromSample, long nowNanos) {
        var pcm = new short[160];
        for (int i = 0; i < 160; i++) {
            pcm[i] = (short) Math.round(8_000 * Math.sin(2 * Math.PI * hertz * (fromSample + i) / 8_000));
        }
        var bytes = new byte[160];
        G711.ULAW.newEncoder().encode(pcm, 0, 160, bytes, 0);
        for (var tap : taps) {
            tap.heard(CodecName.ULAW, 1, fromSample / 160, fromSample, bytes, 0, 160, nowNanos);
        }
    }

    /** Tells what begins to be heard. */
    void tells(Consumer<String> newAudience) {
        audience = newAudience;
    }

    /** What was heard and when, in milliseconds: "0 hello beep", "300 stop at 200". */
    List<String> heard() {
        return heard;
    }

    @Override
    public void post(MediaCommand command) {
        switch (command) {
            case MediaCommand.Play c -> {
                end(false);
                note(described(c.source()));
                now = new Playback(c.playbackId(), lengthMs(c.source()), time.elapsedMs());
                schedule();
                audience.accept(described(c.source()));
            }
            case MediaCommand.StopPlay c -> {
                if (now != null && now.id == c.playbackId()) {
                    settle();
                    note("stop at " + now.positionMs);
                    end(false);
                }
            }
            case MediaCommand.PausePlay c -> {
                settle();
                note(c.paused() ? "pause" : "resume");
                now.paused = c.paused();
                schedule();
            }
            case MediaCommand.SeekPlay c -> {
                settle();
                now.positionMs = Math.clamp(now.positionMs + c.offsetMs(), 0, now.lengthMs);
                note("seek to " + now.positionMs);
                schedule();
            }
            case MediaCommand.SendDigits c -> {
                note("send " + c.digits() + " " + c.durationMs() + "/" + c.gapMs());
                after(
                        (long) c.digits().length() * (c.durationMs() + c.gapMs()),
                        () -> listener.accept(new MediaEvent.DigitsSent(PORT)));
            }
            case MediaCommand.Tap c -> {
                taps.add(c.tap());
                whenTapped.run();
            }
            case MediaCommand.Untap c -> taps.remove(c.tap());
            case MediaCommand.DetectTalk c -> note(c.on() ? "detect " + c.talkMs() + "/" + c.silenceMs() : "ignore");
            case MediaCommand.Echo c -> note("echo " + c.on());
            default -> note(command.toString());
        }
    }

    private void note(String what) {
        heard.add(time.elapsedMs() + " " + what);
    }

    private void settle() {
        if (now != null && !now.paused) now.positionMs += time.elapsedMs() - now.sinceMs;
        if (now != null) now.sinceMs = time.elapsedMs();
    }

    private void schedule() {
        Playback playback = now;
        int turn = ++playback.turn;
        if (playback.paused || playback.lengthMs == Long.MAX_VALUE) return;
        after(playback.lengthMs - playback.positionMs, () -> {
            if (now == playback && playback.turn == turn) {
                settle();
                end(true);
            }
        });
    }

    private void end(boolean completed) {
        if (now == null) return;
        listener.accept(new MediaEvent.PlaybackEnded(PORT, now.id, completed, now.positionMs));
        now = null;
    }

    private void after(long ms, Runnable action) {
        time.after(time.elapsedMs() + ms, action);
    }

    private static String described(PlaySource source) {
        return switch (source) {
            case PlaySource.Sounds sounds ->
                sounds.sounds().stream().map(Sound::name).collect(Collectors.joining(" "));
            case PlaySource.Tones tones ->
                tones.sequence().parts().stream()
                        .map(part -> (int) part.tone().hz1() + "Hz/" + part.durationMs())
                        .collect(Collectors.joining(" "));
            case PlaySource.Silence silence -> "silence " + silence.durationMs();
            case PlaySource.Music music -> music.stream().toString();
        };
    }

    private static long lengthMs(PlaySource source) {
        return switch (source) {
            case PlaySource.Sounds sounds ->
                sounds.sounds().stream().mapToLong(Sound::lengthMs).sum();
            case PlaySource.Tones tones -> Long.MAX_VALUE;
            case PlaySource.Music music -> Long.MAX_VALUE;
            case PlaySource.Silence silence -> silence.durationMs();
        };
    }

    @Override
    public OpenedPort open(PortRequest request, Consumer<MediaEvent> opener) {
        throw new UnsupportedOperationException("this plane has one port");
    }

    @Override
    public PortPair openPair(Consumer<MediaEvent> first, Consumer<MediaEvent> second) {
        throw new UnsupportedOperationException("this plane has one port");
    }

    @Override
    public PortId openMix(io.allo.media.mix.MixSettings settings, Consumer<MediaEvent> roomListener) {
        throw new UnsupportedOperationException("this plane has one port");
    }
}
