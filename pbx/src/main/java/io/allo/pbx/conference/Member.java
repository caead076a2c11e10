package io.allo.pbx.conference;

import io.allo.media.mix.MixLeg;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.prompt.Music;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.CallEvent.ConferenceFact;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A channel in a room. Its call waits in {@link #await} and ends with {@link #leave}; what another member or an administrator may do
 * to it (mute, volume, kick) is for any thread.
 */
public final class Member {

    /** Steps of volume there are up and down. */
    public static final int MOST_STEPS = 6;

    /** What a step is worth. */
    private static final double STEP_DB = 3;

    private final int number;
    private final Conferences rooms;
    private final Conference conference;
    private final Call call;
    private final Channel channel;
    private final MemberSettings settings;
    private final MediaPlane media;
    private final Music music;
    private final long joinedMillis;
    private final AtomicReference<@Nullable Departure> departure = new AtomicReference<>();
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile boolean marked;
    private volatile boolean muted;
    private volatile boolean deaf;
    private volatile boolean waiting;
    private volatile boolean held;
    private volatile boolean talking;
    private volatile int talkSteps;
    private volatile int listenSteps;
    private boolean hearsMusic;

    Member(
            int number,
            Conferences rooms,
            Conference conference,
            Call call,
            Channel channel,
            MemberSettings settings,
            MediaPlane media,
            Music music) {
        this.number = number;
        this.rooms = rooms;
        this.conference = conference;
        this.call = call;
        this.channel = channel;
        this.settings = settings;
        this.media = media;
        this.music = music;
        this.joinedMillis = conference.nowMillis();
        this.marked = settings.marked();
        this.muted = settings.muted();
        this.deaf = settings.deaf();
        this.waiting = settings.waiting();
    }

    // ---- on its call's thread

    /** It is on the room's list. */
    void enter() {
        var port = channel.media();
        if (port != null) {
            media.post(new MediaCommand.StopPlay(port, Bridge.TONES));
        }
        channel.whenTalking(this::talks);
        if (conference.size() == 1 && number == 1) {
            log(ConferenceFact.BEGAN);
        }
        channel.bridged(true);
        log(ConferenceFact.JOINED);
        if (settings.leg().unrecorded()) {
            log(ConferenceFact.LEFT_OUT);
        }
        tune();
        conference.changed();
    }

    /**
     * Waits for what comes next: a key of this member ({@link ChannelEvent.Digit}), {@link ConferenceChanged},
     * {@link AnnouncementEnded}, or what another of the call's channels has to tell. Hold, sound that was settled late and music are
     * seen to here.
     *
     * @param deadlineNanos on the clock's nanoseconds; Long.MAX_VALUE for none
     * @return null if the deadline came, or he is to leave: ask {@link #departure}
     * @throws io.allo.pbx.call.CallEnded if the call's channel hung up
     */
    public ChannelEvent.@Nullable Received await(long deadlineNanos) {
        while (true) {
            refresh();
            if (departure.get() != null) {
                return null;
            }
            var received = call.await(deadlineNanos);
            if (received == null || received.channel() != channel) {
                return received;
            }
            switch (received.event()) {
                case ChannelEvent.MediaReady ready -> tune();
                case ChannelEvent.Hold hold -> {}
                case ChannelEvent.Talking change -> {}
                case ChannelEvent.PlaybackEnded ended -> {}
                case ChannelEvent.DigitsSent sent -> {}
                default -> {
                    return received;
                }
            }
        }
    }

    /**
     * Does something in which he alone is spoken to, as with {@link io.allo.pbx.call.prompt.Prompts}: he hears it in place of the
     * room, which hears him on. His music, if he hears any, goes on afterwards.
     */
    public void aside(Runnable speech) {
        quiet();
        try {
            speech.run();
        } finally {
            refresh();
        }
    }

    /** Leaves the room; nothing if he has. The last to leave ends it, and its recording. */
    public void leave() {
        if (!gone.compareAndSet(false, true)) {
            return;
        }
        departure.compareAndSet(null, Departure.LEFT);
        quiet();
        channel.whenTalking(on -> {});
        talks(false);
        tune();
        channel.bridged(false);
        var over = rooms.forget(this);
        log(ConferenceFact.LEFT);
        if (over == null) {
            conference.changed();
        } else {
            conference.stopRecording(this);
            conference.close();
            log(ConferenceFact.ENDED);
        }
    }

    /** Hold and music as they should be now. */
    private void refresh() {
        if (gone.get()) {
            return;
        }
        if (held != channel.isHeld()) {
            held = channel.isHeld();
            tune();
        }
        var wanted = settings.music();
        var lonely = wanted != null && departure.get() == null && (waiting || conference.size() == 1);
        if (!lonely) {
            quiet();
        } else if (!hearsMusic && wanted != null) {
            var own = channel.musicClass().isBlank() ? Music.DEFAULT : channel.musicClass();
            hearsMusic = music.start(channel, wanted.isBlank() ? own : wanted);
        }
    }

    private void quiet() {
        if (hearsMusic) {
            hearsMusic = false;
            music.stop(channel);
        }
    }

    private void talks(boolean on) {
        if (talking != on) {
            talking = on;
            log(on ? ConferenceFact.TALKING : ConferenceFact.SILENT);
        }
    }

    // ---- any thread

    /** How he is mixed now; again if something changed meanwhile, so that the last to change it wins. */
    private void tune() {
        var port = channel.media();
        if (port == null) {
            return;
        }
        while (true) {
            if (gone.get()) {
                media.post(new MediaCommand.Unmix(port, conference.mix()));
                return;
            }
            var leg = leg();
            media.post(new MediaCommand.Mix(port, conference.mix(), leg));
            if (!gone.get() && leg.equals(leg())) {
                return;
            }
        }
    }

    private MixLeg leg() {
        var judged = settings.leg();
        return new MixLeg(
                muted || waiting || held, // what a phone sends while it holds is its own music
                deaf || waiting,
                gain(talkSteps),
                gain(listenSteps),
                judged.dropSilence(),
                judged.talkThreshold(),
                judged.silenceMs(),
                judged.tellsTalk(),
                judged.unrecorded());
    }

    private static double gain(int steps) {
        return steps == 0 ? 1 : Math.pow(10, STEP_DB * steps / 20);
    }

    /** The room. */
    public Conference conference() {
        return conference;
    }

    /** His number in the room, from 1, in the order in which they came. */
    public int number() {
        return number;
    }

    /** The channel. */
    public Channel channel() {
        return channel;
    }

    /** How he entered. */
    public MemberSettings settings() {
        return settings;
    }

    /** When he joined, milliseconds since 1970. */
    public long joinedMillis() {
        return joinedMillis;
    }

    /** Whether he has an admin's rights. */
    public boolean isAdmin() {
        return settings.admin();
    }

    /** Whether others wait for him. */
    public boolean isMarked() {
        return marked;
    }

    /** Makes him one for whom others wait, or not. */
    public void marked(boolean on) {
        marked = on;
        conference.changed();
    }

    /** Whether digits of others go on to his phone. */
    boolean takesDigits() {
        return settings.passDigits();
    }

    /** Whether nobody hears him, by his own wish or another's. */
    public boolean isMuted() {
        return muted;
    }

    /** Mutes him, or lets him talk again. */
    public void muted(boolean on) {
        if (muted != on && !gone.get()) {
            muted = on;
            tune();
            log(on ? ConferenceFact.MUTED : ConferenceFact.UNMUTED);
            channel.post(new ConferenceChanged(conference.name()));
        }
    }

    /** Whether he hears nobody. */
    public boolean isDeaf() {
        return deaf;
    }

    /** Lets him hear nobody, or all again. */
    public void deaf(boolean on) {
        deaf = on;
        tune();
    }

    /** Whether he is not yet part of it: he neither hears nor is heard. */
    public boolean isWaiting() {
        return waiting;
    }

    /** Lets him wait, or be part of it. */
    public void waiting(boolean on) {
        if (waiting != on) {
            waiting = on;
            tune();
            conference.changed();
        }
    }

    /** Whether he talks at this moment; known only where his settings tell talk. */
    public boolean isTalking() {
        return talking;
    }

    /** How loud others hear him, in steps from -{@link #MOST_STEPS} to {@link #MOST_STEPS}; 0 as he is. */
    public int talkVolume() {
        return talkSteps;
    }

    /** Changes how loud others hear him; what is too much is taken for the most. */
    public void talkVolume(int steps) {
        talkSteps = Math.clamp(steps, -MOST_STEPS, MOST_STEPS);
        tune();
    }

    /** How loud he hears others, in the same steps. */
    public int listenVolume() {
        return listenSteps;
    }

    /** Changes how loud he hears others. */
    public void listenVolume(int steps) {
        listenSteps = Math.clamp(steps, -MOST_STEPS, MOST_STEPS);
        tune();
    }

    /** Throws him out: {@link #await} returns, {@link #departure} says KICKED. */
    public void kick() {
        if (depart(Departure.KICKED)) {
            log(ConferenceFact.KICKED);
        }
    }

    boolean depart(Departure why) {
        var first = departure.compareAndSet(null, why);
        if (first) {
            channel.post(new ConferenceChanged(conference.name()));
        }
        return first;
    }

    /** Why he is to leave or has left; null while he is in. */
    public @Nullable Departure departure() {
        return departure.get();
    }

    /** Whether he is still to be in. */
    public boolean isIn() {
        return departure.get() == null;
    }

    void log(ConferenceFact fact) {
        channel.log()
                .add(new CallEvent.ConferenceHappened(
                        conference.nowMillis(),
                        channel.log().linkedId(),
                        channel.uniqueId(),
                        conference.name(),
                        fact,
                        isAdmin(),
                        marked,
                        conference.size()));
    }
}
