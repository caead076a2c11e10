package io.allo.media.graph;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.TimerQueue;
import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.mix.MixLeg;
import io.allo.media.mix.MixSettings;
import io.allo.media.music.MusicStream;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.PortId;
import io.allo.media.port.StreamReport;
import io.allo.media.recording.SoundTap;
import io.allo.media.srtp.SrtpScratch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one media loop and who hears whom. Pure: the driver hands in commands, packets and the time. Owned by the
 * media loop.
 */
public final class MediaGraph {

    private static final long RETRY_NANOS = 500_000_000L;

    /** Ten packets of a relayed stream. */
    private static final long PATIENT_AFTER_NANOS = 200_000_000L;

    private final RandomSource random;
    private final RandomSource spread;
    private final Map<PortId, MediaPort> ports = new HashMap<>();
    private final TickWheel wheel = new TickWheel();
    private final TimerQueue<RtpPort> slow = new TimerQueue<>();
    private final List<RtpPort> touched = new ArrayList<>();
    private final Map<MusicKind, MusicFrames> music = new HashMap<>();
    private final FrameBuffers buffers = new FrameBuffers();
    private final SrtpScratch scratch = new SrtpScratch();
    private long lastPassedNanos;
    private boolean passedAny;
    private final Set<WirePort> tappedWires = new LinkedHashSet<>();

    /**
     * An empty graph; {@code random} gives the ports their SSRCs, first sequence numbers and timestamps (RFC 3550
     * 5.1).
     */
    public MediaGraph(RandomSource random) {
        this.random = random;
        this.spread = RandomSource.seeded(random.nextLong());
    }

    /** Adds a port that speaks RTP through these senders; {@code whenClosed} gives its sockets back. */
    public RtpPort openRtp(
            PortId id,
            Consumer<MediaEvent> listener,
            PacketSender rtp,
            PacketSender rtcp,
            Runnable whenClosed,
            long nowNanos) {
        return openRtp(id, listener, rtp, rtcp, PortKeys.NONE, whenClosed, nowNanos);
    }

    /** The same, with handshakes for keys made by these. */
    public RtpPort openRtp(
            PortId id,
            Consumer<MediaEvent> listener,
            PacketSender rtp,
            PacketSender rtcp,
            PortKeys exchanges,
            Runnable whenClosed,
            long nowNanos) {
        var port = new RtpPort(id, this, listener, rtp, rtcp, exchanges, whenClosed, nowNanos);
        ports.put(id, port);
        return port;
    }

    /** Adds two ports joined back to back. */
    public void openPair(
            PortId first,
            Consumer<MediaEvent> firstListener,
            PortId second,
            Consumer<MediaEvent> secondListener,
            long nowNanos) {
        var one = new WirePort(first, this, firstListener);
        var two = new WirePort(second, this, secondListener);
        one.peer = two;
        two.peer = one;
        ports.put(first, one);
        ports.put(second, two);
    }

    /** Adds a room. */
    public void openMix(PortId id, Consumer<MediaEvent> listener, MixSettings settings) {
        ports.put(id, new MixPort(id, this, listener, settings));
    }

    /** The port of this name, null if it is closed. */
    public @Nullable MediaPort port(PortId id) {
        return ports.get(id);
    }

    /** A handshake at a port has ended; {@code onControl}: at its RTCP port. For a port that is closed it is dropped. */
    public void handshakeEnded(PortId id, HandshakeOutcome outcome, boolean onControl) {
        if (ports.get(id) instanceof RtpPort real) {
            real.handshakeEnded(outcome, onControl);
        }
    }

    /** Ports there are. */
    public int portCount() {
        return ports.size();
    }

    /** Carries out a command; one for a port that is closed is dropped. */
    public void command(MediaCommand command, long nowNanos) {
        var port = ports.get(command.port());
        if (port == null) {
            return;
        }
        touch(port);
        touch(port.partner);
        switch (command) {
            case MediaCommand.Configure c -> {
                if (port instanceof RtpPort real) {
                    real.configure(c.media(), c.settings(), nowNanos);
                }
            }
            case MediaCommand.Join c -> join(port, ports.get(c.other()));
            case MediaCommand.Leave c -> part(port);
            case MediaCommand.Mix c -> mix(port, ports.get(c.room()), c.leg(), nowNanos);
            case MediaCommand.Unmix c -> {
                if (port.seat != null && port.seat.room.id.equals(c.room())) {
                    port.seat.room.unseat(port.seat);
                }
            }
            case MediaCommand.Play c -> play(port, new Player(c.playbackId(), c.source()), nowNanos);
            case MediaCommand.StopPlay c -> {
                if (port instanceof MixPort room) {
                    room.stopAnnouncing(c.playbackId());
                } else if (port.player != null && port.player.playbackId() == c.playbackId()) {
                    port.endPlay(false);
                }
            }
            case MediaCommand.PausePlay c -> {
                if (port.player != null && port.player.playbackId() == c.playbackId()) {
                    port.player.pause(c.paused());
                }
            }
            case MediaCommand.SeekPlay c -> {
                if (port.player != null && port.player.playbackId() == c.playbackId()) {
                    port.player.seek(c.offsetMs());
                }
            }
            case MediaCommand.SendDigits c -> port.sendDigits(c.digits(), c.durationMs(), c.gapMs(), nowNanos);
            case MediaCommand.Echo c -> port.echo = c.on();
            case MediaCommand.PassDigits c -> port.passDigits = c.on();
            case MediaCommand.DetectTalk c -> {
                if (port instanceof RtpPort real) {
                    real.listenForTalk(c.on() ? new HeardTalk(c.talkMs(), c.silenceMs()) : null);
                }
            }
            case MediaCommand.Tap c -> tap(port, c.tap(), true);
            case MediaCommand.Untap c -> tap(port, c.tap(), false);
            case MediaCommand.Close c -> close(port, nowNanos);
        }
        touch(port);
        replan(port, nowNanos);
    }

    /** Sends what is due at this time. */
    public void advance(long nowNanos) {
        wheel.advance(nowNanos);
        for (var port = slow.peekExpired(nowNanos); port != null; port = slow.peekExpired(nowNanos)) {
            slow.schedule(port, nowNanos + RETRY_NANOS); // should its tick fail, it is not due again at once
            slow.schedule(port, port.slowTick(nowNanos));
        }
    }

    /** When {@link #advance} is to be called again; Long.MAX_VALUE for never. */
    public long nextDeadlineNanos() {
        return wheel.isEmpty() ? slow.nextDeadlineNanos() : wheel.nextNanos();
    }

    /** A playback has ended by itself: the port hears its partner again. */
    void replanned(MediaPort port, long nowNanos) {
        touch(port);
        replan(port, nowNanos);
    }

    /** A packet goes on as it came, at once. */
    void passedOn(long nowNanos) {
        lastPassedNanos = nowNanos;
        passedAny = true;
    }

    /**
     * Whether packets may wait for some milliseconds until they are read: for a while none has gone on at once, so they only fill
     * buffers that a tick empties.
     */
    public boolean isPatient(long nowNanos) {
        return !passedAny || nowNanos - lastPassedNanos > PATIENT_AFTER_NANOS;
    }

    TickWheel wheel() {
        return wheel;
    }

    TimerQueue<RtpPort> slow() {
        return slow;
    }

    FrameBuffers buffers() {
        return buffers;
    }

    SrtpScratch scratch() {
        return scratch;
    }

    /** A class's music as this stream sends it: one for all that send it so. */
    MusicFrames music(MusicStream stream, SpokenFrames speak) {
        return music.computeIfAbsent(
                new MusicKind(
                        stream,
                        speak.codec().name(),
                        speak.sharedFormat(),
                        speak.codec().sampleRate(),
                        speak.frameMs()),
                kind -> new MusicFrames(stream, speak.codec(), kind.format(), speak.frameMs()));
    }

    private record MusicKind(MusicStream stream, String codec, String format, int sampleRate, int frameMs) {}

    RandomSource random() {
        return random;
    }

    /** Chance that need not be a secret and makes no garbage: when reports are due. */
    RandomSource spread() {
        return spread;
    }

    private void play(MediaPort port, Player player, long nowNanos) {
        if (port instanceof MixPort room) {
            room.announce(player);
            room.startTicking(nowNanos);
        } else {
            port.endPlay(false);
            port.player = player;
        }
    }

    private void mix(MediaPort port, @Nullable MediaPort other, MixLeg leg, long nowNanos) {
        if (other instanceof MixPort room && !(port instanceof MixPort)) {
            if (port.seat == null || port.seat.room != room) {
                part(port);
            }
            room.seat(port, leg);
            room.startTicking(nowNanos);
        }
    }

    private void join(MediaPort port, @Nullable MediaPort other) {
        if (other == null
                || other == port
                || port.partner == other
                || port instanceof MixPort
                || other instanceof MixPort) {
            return;
        }
        touch(other);
        touch(other.partner);
        part(port);
        part(other);
        port.partner = other;
        other.partner = port;
    }

    private void part(MediaPort port) {
        if (port.seat != null) {
            port.seat.room.unseat(port.seat);
        }
        var former = port.partner;
        port.partner = null;
        if (former != null) {
            former.partner = null;
        }
    }

    private void close(MediaPort port, long nowNanos) {
        part(port);
        port.endPlay(false);
        port.closed = true;
        ports.remove(port.id);
        for (var wire : tappedWires) {
            if (wire == port || wire.tappedAt == port) {
                wire.lendTaps(null);
            }
        }
        if (port.taps != null) {
            port.taps.close();
            port.taps = null;
        }
        switch (port) {
            case RtpPort real -> {
                slow.cancel(real);
                real.close(nowNanos);
            }
            case WirePort wire -> {
                if (wire.peer != null) {
                    wire.peer.peer = null;
                }
                wire.tell(new MediaEvent.Closed(wire.id, StreamReport.EMPTY));
            }
            case MixPort room -> {
                room.endAnnouncements();
                while (!room.legs.isEmpty()) {
                    room.unseat(room.legs.getLast());
                }
                room.forgetEncodings();
                room.tell(new MediaEvent.Closed(room.id, StreamReport.EMPTY));
            }
        }
    }

    /** Notes the real ports whose hearing a command at this port can change. */
    private void touch(@Nullable MediaPort port) {
        switch (port) {
            case null -> {}
            case RtpPort real -> {
                touchReal(real);
                touchFarEnd(real.partner);
            }
            case WirePort wire -> {
                touchReal(wire.reached());
                touchFarEnd(wire.partner);
            }
            case MixPort room -> {}
        }
    }

    private void touchFarEnd(@Nullable MediaPort partner) {
        touchReal(
                switch (partner) {
                    case null -> null;
                    case RtpPort real -> real;
                    case WirePort wire -> wire.reached();
                    case MixPort room -> null;
                });
    }

    private void touchReal(@Nullable RtpPort real) {
        if (real != null && !touched.contains(real)) {
            touched.add(real);
        }
    }

    /** Works out anew who hears whom, for the ports a command has touched. */
    private void replan(MediaPort commanded, long nowNanos) {
        for (var real : touched) {
            Hearing.forget(real);
        }
        for (var real : touched) {
            if (!real.closed) {
                Hearing.plan(real, nowNanos);
            }
        }
        touched.clear();
        if (!tappedWires.isEmpty()) {
            placeTaps();
        }
        if (commanded instanceof WirePort wire && wire.player != null && wire.reached() == null) {
            wire.startTicking(nowNanos);
        }
    }

    private void tap(MediaPort port, SoundTap tap, boolean on) {
        var wire = port instanceof WirePort half ? half : null;
        if (wire != null) {
            wire.lendTaps(null); // its taps change: they are lent anew below
        }
        port.taps = on ? PortTaps.with(port.taps, tap) : PortTaps.without(port.taps, tap);
        if (!on) {
            tap.close();
        }
        if (wire != null && on) {
            tappedWires.add(wire);
        }
    }

    /** What is recorded of a Local channel's half is recorded where its sound is: at the real port at the far end. */
    private void placeTaps() {
        for (var wire : tappedWires) {
            wire.lendTaps(wire.closed ? null : wire.reached());
        }
        tappedWires.removeIf(wire -> wire.closed || wire.taps == null);
    }
}
