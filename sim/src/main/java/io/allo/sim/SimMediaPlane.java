package io.allo.sim;

import io.allo.media.mix.MixLeg;
import io.allo.media.mix.MixSettings;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.MediaUnavailableException;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.media.port.StreamReport;
import io.allo.media.sdp.NegotiatedMedia;
import io.allo.sip.address.HostPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The media plane without sound: it knows which port hears which, plays silence of the right length, and passes digits.
 * Commands are carried out in order, a little later, as the media loop does. Whoever has the turn.
 */
final class SimMediaPlane implements MediaPlane {

    /** Pairs of ports there are: so few that a leak is soon felt. */
    static final int PORT_PAIRS = 2_000;

    /** Heard by a port to which the switch itself plays or that it took from its partner, here or further on. */
    static final int SEPARATED = -1;

    private static final int FIRST_PORT = 10_000;
    private static final long MS = 1_000_000L;

    private final SimQueue queue;
    private final Lane loop;
    private final Trace trace;
    private final Map<PortId, Port> ports = new LinkedHashMap<>();
    private final Map<Integer, Port> byNumber = new TreeMap<>();
    private long nextId;
    private int nextPair;
    private int commandsWaiting;
    private UnaryOperator<MediaCommand> fault = UnaryOperator.identity();

    SimMediaPlane(SimQueue queue, Lane loop, Trace trace) {
        this.queue = queue;
        this.loop = loop;
        this.trace = trace;
    }

    @Override
    public OpenedPort open(PortRequest request, Consumer<MediaEvent> listener) {
        for (var tries = 0; tries < PORT_PAIRS; tries++) {
            var number = FIRST_PORT + 2 * (nextPair++ % PORT_PAIRS);
            if (!byNumber.containsKey(number)) {
                var port = new Port(new PortId(++nextId), number, listener);
                byNumber.put(number, port);
                ports.put(port.id, port);
                return new OpenedPort(port.id, request.bindAddress(), number, number + 1);
            }
        }
        throw new MediaUnavailableException("all " + PORT_PAIRS + " pairs of RTP ports are in use");
    }

    @Override
    public PortPair openPair(Consumer<MediaEvent> first, Consumer<MediaEvent> second) {
        var one = new Port(new PortId(++nextId), 0, first);
        var two = new Port(new PortId(++nextId), 0, second);
        one.half = two;
        two.half = one;
        ports.put(one.id, one);
        ports.put(two.id, two);
        return new PortPair(one.id, two.id);
    }

    @Override
    public PortId openMix(MixSettings settings, Consumer<MediaEvent> listener) {
        var room = new Port(new PortId(++nextId), 0, listener);
        room.isRoom = true;
        ports.put(room.id, room);
        return room.id;
    }

    @Override
    public void post(MediaCommand command) {
        commandsWaiting++;
        loop.post(() -> {
            commandsWaiting--;
            var port = ports.get(command.port());
            if (port != null) {
                carryOut(port, fault.apply(command));
            }
        });
    }

    /** Changes commands before they are carried out: a bug planted in the switch. */
    void plant(UnaryOperator<MediaCommand> newFault) {
        fault = newFault;
    }

    private void carryOut(Port port, MediaCommand command) {
        trace.note(
                command.getClass().getSimpleName().hashCode() + command.port().value(),
                () -> "media: " + brief(command));
        switch (command) {
            case MediaCommand.Configure c -> port.media = c.media();
            case MediaCommand.Join c -> join(port, ports.get(c.other()));
            case MediaCommand.Leave c -> {
                port.separated = true;
                port.seat = null;
                leave(port);
            }
            case MediaCommand.Mix c -> {
                leave(port);
                port.separated = true;
                if (ports.containsKey(c.room())) {
                    port.seat = new Seat(c.room(), c.leg());
                }
            }
            case MediaCommand.Unmix c -> port.seat = null;
            case MediaCommand.Play c -> play(port, c);
            case MediaCommand.StopPlay c -> endPlay(port, c.playbackId(), false);
            case MediaCommand.PausePlay c -> {}
            case MediaCommand.SeekPlay c -> {}
            case MediaCommand.SendDigits c -> {
                var lengthMs = (long) c.digits().length() * (c.durationMs() + c.gapMs());
                queue.after(lengthMs * MS, () -> port.tell(new MediaEvent.DigitsSent(port.id)));
            }
            case MediaCommand.Echo c -> port.echo = c.on();
            case MediaCommand.PassDigits c -> port.passDigits = c.on();
            case MediaCommand.DetectTalk c -> {}
            case MediaCommand.Tap c -> {}
            case MediaCommand.Untap c -> {}
            case MediaCommand.Close c -> close(port);
        }
    }

    private static String brief(MediaCommand command) {
        return command instanceof MediaCommand.Configure c
                ? "Configure " + c.port() + " towards " + c.media().remoteHost() + ":"
                        + c.media().remotePort() + " " + c.media().direction()
                : command.toString();
    }

    private static void join(Port port, @Nullable Port other) {
        if (other != null && other != port && port.partner != other) {
            leave(port);
            leave(other);
            port.seat = null;
            other.seat = null;
            port.partner = other;
            other.partner = port;
            port.separated = false;
            other.separated = false;
        }
    }

    private static void leave(Port port) {
        var other = port.partner;
        if (other != null) {
            other.partner = null;
            port.partner = null;
            other.separated = port.separated;
        }
    }

    private void play(Port port, MediaCommand.Play play) {
        if (port.isRoom) {
            announce(port, play);
            return;
        }
        if (!port.plays.isEmpty()) {
            List.copyOf(port.plays.keySet()).forEach(id -> endPlay(port, id, false));
        }
        var lengthMs = switch (play.source()) {
            case PlaySource.Sounds sounds ->
                sounds.sounds().stream().mapToLong(s -> s.lengthMs()).sum();
            case PlaySource.Silence silence -> silence.durationMs();
            case PlaySource.Music music -> Long.MAX_VALUE;
            case PlaySource.Tones tones ->
                tones.sequence().parts().stream().allMatch(p -> p.once())
                        ? tones.sequence().parts().stream()
                                .mapToLong(p -> p.durationMs())
                                .sum()
                        : Long.MAX_VALUE;
        };
        port.plays.put(play.playbackId(), queue.now());
        port.separated |= port.partner == null;
        if (lengthMs != Long.MAX_VALUE) {
            queue.after(lengthMs * MS, () -> endPlay(port, play.playbackId(), true));
        }
    }

    /** What is played to a room waits for what is being played there. */
    private void announce(Port room, MediaCommand.Play play) {
        var lengthMs = play.source() instanceof PlaySource.Sounds sounds
                ? sounds.sounds().stream().mapToLong(s -> s.lengthMs()).sum()
                : 0;
        room.busyUntilNanos = Math.max(queue.now(), room.busyUntilNanos) + lengthMs * MS;
        room.plays.put(play.playbackId(), queue.now());
        queue.at(room.busyUntilNanos, () -> endPlay(room, play.playbackId(), true));
    }

    private void endPlay(Port port, long playbackId, boolean completed) {
        var since = port.plays.remove(playbackId);
        if (since != null) {
            port.tell(new MediaEvent.PlaybackEnded(port.id, playbackId, completed, (queue.now() - since) / MS));
        }
    }

    private void close(Port port) {
        leave(port);
        List.copyOf(port.plays.keySet()).forEach(id -> endPlay(port, id, false));
        ports.remove(port.id);
        byNumber.remove(port.number);
        port.tell(new MediaEvent.Closed(port.id, StreamReport.EMPTY));
        port.closed = true;
    }

    /** A phone presses a key towards this RTP port. */
    void digit(int number, char digit, int durationMs) {
        var port = byNumber.get(number);
        if (port != null) {
            port.tell(new MediaEvent.DigitEnded(port.id, digit, durationMs, port.passDigits && port.partner != null));
        }
    }

    /** Whether every command given has been carried out. */
    boolean isSettled() {
        return commandsWaiting == 0;
    }

    /** Ports that are open. */
    int openPorts() {
        return ports.size();
    }

    /** The ports that a port is joined to, null if it is alone or gone. */
    @Nullable
    PortId partner(PortId id) {
        var port = ports.get(id);
        return port == null || port.partner == null ? null : port.partner.id;
    }

    /** Whether the switch itself took the port from its partner, as features do that speak with one side. */
    boolean isSeparated(PortId id) {
        var port = ports.get(id);
        return port != null && port.separated;
    }

    boolean isOpen(PortId id) {
        return ports.containsKey(id);
    }

    /** The name of an RTP port that is open, or null. */
    @Nullable
    PortId id(int number) {
        var port = byNumber.get(number);
        return port == null ? null : port.id;
    }

    /** What an RTP port sends to, null if it is not open or was told nothing. */
    @Nullable
    HostPort remote(int number) {
        var port = byNumber.get(number);
        var media = port == null ? null : port.media;
        return media == null ? null : new HostPort(media.remoteHost(), media.remotePort());
    }

    /** The RTP port whose incoming sound goes out at this one: through joins and wires; 0 for none, {@link #SEPARATED}. */
    int heardAt(int number) {
        var port = byNumber.get(number);
        if (port == null) {
            return 0;
        }
        if (!port.plays.isEmpty()) {
            return SEPARATED;
        }
        if (port.echo) {
            return number;
        }
        for (var hops = 0; hops < 100; hops++) {
            var partner = port.partner;
            if (partner == null) {
                return port.separated ? SEPARATED : 0;
            }
            if (partner.half == null) {
                return partner.number;
            }
            port = partner.half;
        }
        return 0;
    }

    /** The RTP ports that are open. */
    List<Integer> numbers() {
        return new ArrayList<>(byNumber.keySet());
    }

    /** How a port takes part in a room. */
    record Seat(PortId mixer, MixLeg leg) {}

    /** Who is mixed where. */
    Map<PortId, Seat> seats() {
        var seats = new LinkedHashMap<PortId, Seat>();
        ports.forEach((id, port) -> {
            if (port.seat != null) {
                seats.put(id, port.seat);
            }
        });
        return seats;
    }

    /** One side of a call's sound. */
    private static final class Port {
        private final PortId id;
        private final int number;
        private final Consumer<MediaEvent> listener;
        private final Map<Long, Long> plays = new LinkedHashMap<>();
        private @Nullable NegotiatedMedia media;
        private @Nullable Port partner;
        private @Nullable Port half;
        private boolean separated;
        private boolean echo;
        private boolean passDigits;
        private boolean closed;
        private boolean isRoom;
        private long busyUntilNanos;
        private @Nullable Seat seat;

        Port(PortId id, int number, Consumer<MediaEvent> listener) {
            this.id = id;
            this.number = number;
            this.listener = listener;
        }

        void tell(MediaEvent event) {
            if (!closed) {
                listener.accept(event);
            }
        }
    }
}
