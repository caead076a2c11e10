package io.allo.media.graph;

import io.allo.media.mix.Encoding;
import io.allo.media.mix.MixLeg;
import io.allo.media.mix.MixSettings;
import io.allo.media.mix.Mixer;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.PortId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * A room: every 20 ms it takes what each member's phone says out of its jitter buffer, adds up, and sends each the sum of the others.
 * Who says nothing hears what all others of his kind hear: that is encoded once per codec and packet length. Owned by the media loop;
 * allocates nothing in a tick but when somebody comes, goes or first talks.
 */
final class MixPort extends MediaPort {

    /** Announcements that wait for their turn. */
    static final int ANNOUNCEMENTS_LIMIT = 100;

    final List<MixedLeg> legs = new ArrayList<>();

    private final MixSettings settings;
    private final Deque<Player> queue = new ArrayDeque<>();
    private final List<Shared> shared = new ArrayList<>();
    private Mixer mixer = new Mixer(8_000);
    private long ticks;

    /** What all hear alike, as one codec has it. */
    private static final class Shared {
        final Encoding encoding;
        long madeInTick = -1;
        int mostLoss;

        Shared(Encoding encoding) {
            this.encoding = encoding;
        }
    }

    MixPort(PortId id, MediaGraph graph, Consumer<MediaEvent> listener, MixSettings settings) {
        super(id, graph, listener);
        this.settings = settings;
    }

    // ---- who is in it

    /** Takes a port in, or changes how it takes part. */
    void seat(MediaPort port, MixLeg leg) {
        var seat = port.seat;
        if (seat == null) {
            seat = new MixedLeg(this, port, leg);
            port.seat = seat;
            legs.add(seat);
        } else {
            seat.voice.leg(leg);
        }
    }

    /** Lets a port go. */
    void unseat(MixedLeg seat) {
        legs.remove(seat);
        seat.close();
        seat.port.seat = null;
        if (seat.real != null) {
            seat.real.seatInRoom = null;
            seat.real = null;
        }
    }

    // ---- what is played to all

    void announce(Player next) {
        if (player == null) {
            player = next;
        } else if (queue.size() < ANNOUNCEMENTS_LIMIT) {
            queue.add(next);
        } else {
            tell(new MediaEvent.PlaybackEnded(id, next.playbackId(), false, 0));
        }
    }

    void stopAnnouncing(long playbackId) {
        if (player != null && player.playbackId() == playbackId) {
            endPlay(false);
            player = queue.poll();
        } else if (queue.removeIf(waiting -> waiting.playbackId() == playbackId)) {
            tell(new MediaEvent.PlaybackEnded(id, playbackId, false, 0));
        }
    }

    /** Nothing more is played; each is told. */
    void endAnnouncements() {
        endPlay(false);
        for (var waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            tell(new MediaEvent.PlaybackEnded(id, waiting.playbackId(), false, 0));
        }
    }

    @Override
    void sendDigits(String digits, int durationMs, int gapMs, long nowNanos) {
        tell(new MediaEvent.DigitsSent(id));
    }

    // ---- the tick

    @Override
    int frameMs() {
        return Mixer.FRAME_MS;
    }

    @Override
    boolean tick(long nowNanos) {
        if (legs.isEmpty() && player == null) {
            return false;
        }
        tune();
        ticks++;
        mixer.begin();
        for (var i = 0; i < legs.size(); i++) {
            listenTo(legs.get(i));
        }
        playToAll();
        if (taps != null) {
            taps.samples(mixer.recorded(), mixer.samples(), mixer.rate(), nowNanos);
        }
        for (var i = 0; i < legs.size(); i++) {
            speakTo(legs.get(i), nowNanos);
        }
        return true;
    }

    /** Mixes at the rate that the best of the codecs needs. */
    private void tune() {
        var wanted = 8_000;
        for (var i = 0; i < legs.size(); i++) {
            wanted = Math.max(wanted, legs.get(i).sampleRate());
        }
        var rate = settings.rate(wanted);
        if (rate != mixer.rate()) {
            mixer = new Mixer(rate);
            forgetEncodings();
        }
    }

    /** What is encoded for several is forgotten, and what their encoders hold given back. */
    void forgetEncodings() {
        shared.forEach(kind -> kind.encoding.close());
        shared.clear();
    }

    private void listenTo(MixedLeg seat) {
        var voice = seat.voice;
        var heard = seat.heard();
        boolean changed;
        if (heard != null && heard.frame(graph.buffers(), mixer.samples(), mixer.rate())) {
            changed = mixer.says(voice, graph.buffers().pcm);
        } else {
            changed = mixer.nothing(voice);
        }
        if (voice.isSilenced()) {
            seat.forgetHeard();
        }
        if (changed && voice.leg().tellsTalk()) {
            seat.port.tell(new MediaEvent.TalkChanged(seat.port.id, voice.isTalking()));
        }
    }

    private void playToAll() {
        var playing = player;
        if (playing == null) {
            return;
        }
        var pcm = graph.buffers().pcm;
        var got = playing.produce(pcm, mixer.samples(), mixer.rate());
        mixer.announce(pcm, got);
        if (got < mixer.samples()) {
            endPlay(true);
            player = queue.poll();
        }
    }

    private void speakTo(MixedLeg seat, long nowNanos) {
        var speak = seat.spoken(nowNanos);
        if (speak == null) {
            return;
        }
        Encoding encoding;
        if (mixer.hearsAll(seat.voice)) {
            encoding = shared(speak);
            seat.rejoins();
        } else {
            encoding = own(seat, speak);
        }
        for (var i = 0; i < encoding.count(); i++) {
            seat.send(speak, encoding.packet(i), encoding.length(i), nowNanos);
        }
    }

    private Encoding shared(SpokenFrames speak) {
        var found = find(speak);
        if (found.madeInTick != ticks) {
            if (found.madeInTick < 0) {
                found.encoding.take(mixer.allBefore(), mixer.samples()); // as for one's own
            }
            found.madeInTick = ticks;
            found.encoding.expectLoss(found.mostLoss);
            found.mostLoss = 0;
            found.encoding.take(mixer.all(), mixer.samples());
        }
        found.mostLoss = Math.max(found.mostLoss, speak.expectedLoss());
        return found.encoding;
    }

    private Shared find(SpokenFrames speak) {
        for (var i = 0; i < shared.size(); i++) {
            if (shared.get(i).encoding.isFor(speak.codec(), speak.roomFormat(), speak.frameMs(), mixer.rate())) {
                return shared.get(i);
            }
        }
        var made = new Shared(new Encoding(speak.codec(), speak.roomFormat(), speak.frameMs(), mixer.rate()));
        shared.add(made);
        return made;
    }

    private Encoding own(MixedLeg seat, SpokenFrames speak) {
        var encoding = seat.own(speak, mixer.rate());
        if (seat.departs()) {
            mixer.part(seat.voice);
            encoding.take(mixer.allBefore(), mixer.samples()); // the encoder knows what the phone has heard so far
        }
        encoding.take(mixer.without(seat.voice), mixer.samples());
        return encoding;
    }
}
