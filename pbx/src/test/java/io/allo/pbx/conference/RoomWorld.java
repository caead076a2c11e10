package io.allo.pbx.conference;

import io.allo.io.recording.RecordingDesk;
import io.allo.media.mix.MixLeg;
import io.allo.media.mix.MixSettings;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.media.port.StreamReport;
import io.allo.pbx.app.dial.Turns;
import io.allo.pbx.call.CallScript;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.ChannelState;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.MediaHappened;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.call.prompt.Music;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.CallLog;
import io.allo.pbx.event.EventBus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Phones in virtual time whose calls do what the test says; the media plane notes how each is mixed and what it is played. */
public final class RoomWorld implements MediaPlane {

    public final Turns time = new Turns();
    public final EventBus bus = new EventBus();
    public final Calls calls = new Calls(time, time, bus, 100);
    public final Conferences conferences;
    public final List<String> facts = new ArrayList<>();
    public final List<String> faults = new ArrayList<>();

    /** How each port is mixed now; absent if it is in no room. */
    public final Map<PortId, MixLeg> mixed = new LinkedHashMap<>();

    /** What is played to each port now. */
    public final Map<PortId, Long> playing = new LinkedHashMap<>();

    /** Which sounds were played and to whom: "1200 a: hello", a room's number in place of the phone's name. */
    public final List<String> heard = new ArrayList<>();

    private final Map<PortId, String> names = new LinkedHashMap<>();
    final List<String> digits = new ArrayList<>();
    final Map<PortId, Integer> taps = new LinkedHashMap<>();
    private final Map<PortId, Consumer<MediaEvent>> open = new LinkedHashMap<>();
    private long nextPort;

    /** With a place for recordings. */
    public RoomWorld(Path directory) {
        conferences = new Conferences(
                this,
                new Music(this, null),
                new Recorder(this, new RecordingDesk(directory.resolve("journal"), time), time),
                time);
        bus.subscribe(event -> {
            if (event instanceof CallEvent.ConferenceHappened e) {
                facts.add("%d %s %s %d".formatted(time.elapsedMs(), e.channel(), e.what(), e.members()));
            } else if (event instanceof CallEvent.Problem e) {
                faults.add(e.english());
            }
        });
    }

    /** A phone whose call is answered after so many milliseconds and then runs this. */
    public Leg phone(String name, long afterMs, CallScript script) {
        var leg = new Leg(name, calls.newLog(name));
        calls.start(leg, call -> {
            call.pause(afterMs);
            leg.answer();
            script.run(call);
        });
        return leg;
    }

    /** Until nothing more happens. */
    public void run() {
        time.run();
        if (!faults.isEmpty()) {
            throw new AssertionError(faults);
        }
    }

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
        throw new AssertionError("no Local channel here");
    }

    @Override
    public PortId openMix(MixSettings settings, Consumer<MediaEvent> listener) {
        return open(new PortRequest(""), listener).id();
    }

    @Override
    public void post(MediaCommand command) {
        var port = command.port();
        if (!open.containsKey(port)) {
            return;
        }
        switch (command) {
            case MediaCommand.Mix c -> mixed.put(port, c.leg());
            case MediaCommand.Unmix c -> mixed.remove(port);
            case MediaCommand.Play c -> {
                playing.put(port, c.playbackId());
                if (c.source() instanceof PlaySource.Sounds sounds) {
                    var said = sounds.sounds().stream()
                            .map(s -> s.name())
                            .collect(java.util.stream.Collectors.joining(" "));
                    heard.add(time.elapsedMs() + " " + names.getOrDefault(port, "all") + ": " + said);
                    var lengthMs = sounds.sounds().stream()
                            .mapToLong(s -> s.lengthMs())
                            .sum();
                    time.after(
                            lengthMs,
                            () -> tell(port, new MediaEvent.PlaybackEnded(port, c.playbackId(), true, lengthMs)));
                }
            }
            case MediaCommand.StopPlay c -> playing.remove(port, c.playbackId());
            case MediaCommand.SendDigits c -> digits.add(port.value() + " " + c.digits());
            case MediaCommand.Tap c -> taps.merge(port, 1, Integer::sum);
            case MediaCommand.Untap c -> taps.merge(port, -1, Integer::sum);
            case MediaCommand.Close c -> {
                tell(port, new MediaEvent.Closed(port, StreamReport.EMPTY));
                open.remove(port);
                mixed.remove(port);
                playing.remove(port);
            }
            default -> {}
        }
    }

    void tell(PortId port, MediaEvent event) {
        var listener = open.get(port);
        if (listener != null) {
            listener.accept(event);
        }
    }

    /** A phone. */
    public final class Leg extends Channel {
        private final String who;
        public final PortId port;
        private boolean released;

        Leg(String who, CallLog log) {
            super("Phone/" + who, who, log, time, new DialplanLocation("phones", "800", 1));
            this.who = who;
            port = open(new PortRequest(""), event -> post(new MediaHappened(event)))
                    .id();
            names.put(port, who);
        }

        /** The phone does this after so many milliseconds. */
        public Leg does(long afterMs, ChannelEvent event) {
            time.after(afterMs, () -> post(event));
            return this;
        }

        /** It is over after so many milliseconds. */
        public Leg hangsUp(long afterMs) {
            return does(afterMs, new ChannelEvent.HungUp(HangupCause.NORMAL_CLEARING, 0, "the phone hung up"));
        }

        @Override
        public String technology() {
            return "Phone";
        }

        @Override
        public String endpoint() {
            return who;
        }

        @Override
        public @Nullable String technicalItem(String item) {
            return null;
        }

        @Override
        public void dial() {}

        @Override
        public void ring() {}

        @Override
        public void progress() {}

        @Override
        public void answer() {
            state(ChannelState.UP);
        }

        @Override
        public @Nullable PortId media() {
            return isUp() ? port : null;
        }

        @Override
        public void indicateHold(boolean onHold) {}

        @Override
        public void updateConnectedLine(PartyId party) {}

        @Override
        public void sendDigits(String wanted, int durationMs, int gapMs) {}

        @Override
        protected void release(HangupCause cause, boolean farSideEnded) {
            RoomWorld.this.post(new MediaCommand.Close(port));
        }

        @Override
        public boolean isReleased() {
            return released;
        }

        @Override
        protected @Nullable ChannelEvent absorb(ChannelEvent event) {
            if (event instanceof MediaHappened happened) {
                released |= happened.event() instanceof MediaEvent.Closed;
                return MediaHappened.translated(happened.event());
            }
            return event;
        }
    }
}
