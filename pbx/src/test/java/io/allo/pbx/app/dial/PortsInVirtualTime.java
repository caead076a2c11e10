package io.allo.pbx.app.dial;

import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.media.port.Sound;
import io.allo.media.port.StreamReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Media ports where nothing sounds: what is asked is noted, playbacks and digits take as long as they would. */
final class PortsInVirtualTime implements MediaPlane {
    private final Turns time;
    private final Consumer<String> notes;
    private final Map<PortId, Consumer<MediaEvent>> open = new LinkedHashMap<>();
    private final Map<PortId, Long> playing = new LinkedHashMap<>();
    private final List<Runnable> closing = new ArrayList<>();
    private boolean slow;
    private long nextPort;

    PortsInVirtualTime(Turns time, Consumer<String> notes) {
        this.time = time;
        this.notes = notes;
    }

    /** From now on ports are given back only by {@link #closeAll}. */
    void slow() {
        slow = true;
    }

    /** Gives back at once what waits for it. */
    void closeAll() {
        slow = false;
        closing.forEach(Runnable::run);
        closing.clear();
    }

    /** Ports not given back. */
    int openPorts() {
        return open.size();
    }

    @Override
    public OpenedPort open(PortRequest request, Consumer<MediaEvent> listener) {
        var id = new PortId(++nextPort);
        open.put(id, listener);
        return new OpenedPort(id, "127.0.0.1", 10_000, 10_001);
    }

    @Override
    public PortPair openPair(Consumer<MediaEvent> first, Consumer<MediaEvent> second) {
        return new PortPair(
                open(new PortRequest(""), first).id(),
                open(new PortRequest(""), second).id());
    }

    @Override
    public PortId openMix(io.allo.media.mix.MixSettings settings, Consumer<MediaEvent> listener) {
        return open(new PortRequest(""), listener).id();
    }

    @Override
    public void post(MediaCommand command) {
        var port = command.port();
        if (!open.containsKey(port)) return;
        switch (command) {
            case MediaCommand.Join c ->
                note("join " + port.value() + " " + c.other().value());
            case MediaCommand.Leave c -> note("leave " + port.value());
            case MediaCommand.PassDigits c -> note("pass " + port.value() + " " + c.on());
            case MediaCommand.Play c -> {
                note("play to " + port.value() + ": " + described(c.source()));
                playing.put(port, c.playbackId());
                if (c.source() instanceof PlaySource.Sounds sounds) {
                    ends(
                            port,
                            c.playbackId(),
                            sounds.sounds().stream().mapToLong(Sound::lengthMs).sum());
                }
            }
            case MediaCommand.StopPlay c -> {
                if (playing.remove(port, c.playbackId())) {
                    note("stop " + port.value());
                    tell(port, new MediaEvent.PlaybackEnded(port, c.playbackId(), false, 0));
                }
            }
            case MediaCommand.SendDigits c ->
                time.after(
                        (long) c.digits().length() * (c.durationMs() + c.gapMs()),
                        () -> tell(port, new MediaEvent.DigitsSent(port)));
            case MediaCommand.Close c -> {
                if (slow) closing.add(() -> close(port));
                else close(port);
            }
            default -> {}
        }
    }

    private void close(PortId port) {
        tell(port, new MediaEvent.Closed(port, StreamReport.EMPTY));
        open.remove(port);
    }

    private void ends(PortId port, long playback, long afterMs) {
        time.after(afterMs, () -> {
            if (playing.remove(port, playback)) tell(port, new MediaEvent.PlaybackEnded(port, playback, true, afterMs));
        });
    }

    private void tell(PortId port, MediaEvent event) {
        var listener = open.get(port);
        if (listener != null) listener.accept(event);
    }

    private void note(String what) {
        notes.accept("media " + what);
    }

    private static String described(PlaySource source) {
        return switch (source) {
            case PlaySource.Sounds sounds ->
                sounds.sounds().stream().map(Sound::name).collect(Collectors.joining(" "));
            case PlaySource.Tones tones ->
                tones.sequence().parts().stream()
                        .map(part -> (int) part.tone().hz1() + "Hz")
                        .collect(Collectors.joining(" "));
            case PlaySource.Silence silence -> "silence";
            case PlaySource.Music music -> music.stream().toString();
        };
    }
}
