package io.allo.pbx.call.recording;

import io.allo.core.timer.Clock;
import io.allo.io.recording.FinishedRecording;
import io.allo.io.recording.RecordingDesk;
import io.allo.io.recording.RecordingException;
import io.allo.io.recording.RecordingFormat;
import io.allo.io.recording.RecordingPlan;
import io.allo.io.recording.SoundFeed;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PortId;
import io.allo.pbx.call.Channel;
import io.allo.pbx.event.CallEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Records channels, for every application. A board: any thread; a channel's recordings are begun on its call's. */
public final class Recorder {

    /** The facts by which a recording is known, beside what its application adds. */
    static final String PURPOSE = "purpose";

    private static final String SIDECAR = "sidecar";

    private final MediaPlane media;
    private final RecordingDesk desk;
    private final Clock clock;
    private final Predicate<String> seals;
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, List<Recording>> ofChannel = new ConcurrentHashMap<>();

    /** Has ports tapped through this media plane and files written at this desk. */
    public Recorder(MediaPlane media, RecordingDesk desk, Clock clock) {
        this(media, desk, clock, purpose -> false);
    }

    /** The same; {@code seals} says of a recording's purpose whether its file is to be sealed. */
    public Recorder(MediaPlane media, RecordingDesk desk, Clock clock, Predicate<String> seals) {
        this.seals = seals;
        this.media = media;
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * Begins to record a channel, whether or not it can be heard yet; what is not heard is silence. It ends with the channel.
     *
     * @throws RecordingException if the file can't be made, or its format can't hold what is asked for
     */
    public Recording start(Channel channel, RecordingRequest request) throws RecordingException {
        return start(channel, channel.port(), request);
    }

    /**
     * Begins a recording of sound that is no port's: the caller feeds its {@link Recording#tap}. It ends with the channel, or when
     * it is stopped.
     */
    public Recording startFed(Channel channel, RecordingRequest request) throws RecordingException {
        return start(channel, null, request);
    }

    private Recording start(Channel channel, @Nullable PortId port, RecordingRequest request)
            throws RecordingException {
        var sealed = seals.test(request.purpose());
        var id = "rec-" + ids.incrementAndGet();
        var plan = new RecordingPlan(
                request.path(),
                RecordingFormat.of(request.ending()),
                request.sides(),
                request.maxMs(),
                request.maxSilenceMs(),
                request.silenceThreshold(),
                request.append(),
                request.heardGain(),
                request.spokenGain(),
                sealed,
                facts(channel, request, sealed));
        var sound = desk.begin(
                plan,
                (signal, lengthMs, silenceMs) -> channel.post(new RecordingHappened(id, signal, lengthMs, silenceMs)));
        var recording = new Recording(id, channel, port, media, sound, this, request.sidecar());
        if (port != null) {
            media.post(new MediaCommand.Tap(port, sound.tap()));
        }
        ofChannel
                .computeIfAbsent(channel.uniqueId(), name -> new CopyOnWriteArrayList<>())
                .add(recording);
        channel.log()
                .add(new CallEvent.RecordingStarted(
                        nowMillis(),
                        channel.log().linkedId(),
                        channel.uniqueId(),
                        request.path().toString()));
        channel.atEnd(recording::channelEnded);
        return recording;
    }

    /** Something that hears a channel until it is closed, or the channel ends. */
    public interface Hearing extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Has what a channel's phone says given on as it comes, as linear samples.
     *
     * @throws RecordingException if too many listen
     */
    public Hearing hear(Channel channel, int sampleRate, SoundFeed.Listener listener) throws RecordingException {
        var feed = desk.feed(sampleRate, listener);
        var port = channel.port();
        if (port != null) {
            media.post(new MediaCommand.Tap(port, feed.tap()));
        }
        Hearing hearing = () -> {
            if (port != null) {
                media.post(new MediaCommand.Untap(port, feed.tap()));
            }
            feed.close();
        };
        channel.atEnd(hearing::close);
        return hearing;
    }

    private static Map<String, String> facts(Channel channel, RecordingRequest request, boolean sealed) {
        var facts = new HashMap<>(request.facts());
        facts.put(PURPOSE, request.purpose());
        facts.put(SIDECAR, request.sidecar() ? "yes" : "no");
        facts.put("linkedid", channel.log().linkedId());
        facts.put("uniqueid", channel.uniqueId());
        facts.put("channel", channel.name());
        facts.put("caller", channel.callerId().number());
        facts.put("callername", channel.callerId().name());
        facts.put("connected", channel.connectedLine().number());
        facts.put("dialed", channel.dnid());
        facts.put("sides", request.sides().name().toLowerCase(java.util.Locale.ROOT));
        if (sealed) {
            facts.put("sealed", "yes");
        }
        return facts;
    }

    /** A channel's recordings under way, oldest first; a copy. Any thread. */
    public List<Recording> of(Channel channel) {
        return List.copyOf(ofChannel.getOrDefault(channel.uniqueId(), List.of()));
    }

    /**
     * Finishes what a crash left, once, before the first call: files are whole and described. Their applications find theirs by
     * the fact "purpose".
     */
    public List<FinishedRecording> recover() {
        var recovered = desk.recover();
        for (var finished : recovered) {
            if ("yes".equals(finished.facts().get(SIDECAR))) {
                Sidecar.write(finished, desk.vault());
            }
        }
        return recovered;
    }

    /** Writes the description beside a recording. */
    void describe(FinishedRecording finished) {
        Sidecar.write(finished, desk.vault());
    }

    void ended(Recording recording) {
        ofChannel.computeIfPresent(recording.channel().uniqueId(), (name, all) -> {
            all.remove(recording);
            return all.isEmpty() ? null : all;
        });
    }

    long nowMillis() {
        return clock.epochMillis();
    }
}
