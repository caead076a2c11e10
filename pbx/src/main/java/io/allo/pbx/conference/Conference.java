package io.allo.pbx.conference;

import io.allo.core.timer.Clock;
import io.allo.io.recording.RecordingException;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.media.port.Sound;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.prompt.Music;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.call.recording.Recording;
import io.allo.pbx.call.recording.RecordingRequest;
import io.allo.pbx.event.CallEvent.ConferenceFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A room in which somebody is. A board: any thread; who is in it is guarded by the lock of {@link Conferences}. */
public final class Conference {

    private final String name;
    private final RoomSettings settings;
    private final MediaPlane media;
    private final Recorder recorder;
    private final Clock clock;
    private final Object lock;
    private final PortId mix;
    private final long createdMillis;
    private final List<Member> members = new ArrayList<>();
    private final AtomicLong announcements = new AtomicLong();
    private final Map<Long, Channel> awaited = new ConcurrentHashMap<>();
    private int lastNumber;
    private volatile boolean locked;
    private @Nullable Recording recording;

    Conference(String name, RoomSettings settings, MediaPlane media, Recorder recorder, Clock clock, Object lock) {
        this.name = name;
        this.settings = settings;
        this.media = media;
        this.recorder = recorder;
        this.clock = clock;
        this.lock = lock;
        this.createdMillis = clock.epochMillis();
        this.mix = media.openMix(settings.mix(), this::heard);
    }

    // ---- who is in it

    /** Its name. */
    public String name() {
        return name;
    }

    /** When its first member came, milliseconds since 1970. */
    public long createdMillis() {
        return createdMillis;
    }

    /** Who is in it, in the order in which they came; a copy. Those who wait are among them. */
    public List<Member> members() {
        synchronized (lock) {
            return List.copyOf(members);
        }
    }

    /** How many are in it. */
    public int size() {
        synchronized (lock) {
            return members.size();
        }
    }

    /** How many of them are of some kind, e.g. {@code Member::isMarked}. */
    public int count(Predicate<Member> kind) {
        return (int) members().stream().filter(kind).count();
    }

    /** The member with this number. */
    public Optional<Member> member(int number) {
        return members().stream().filter(m -> m.number() == number).findFirst();
    }

    /** Called under the lock. */
    Member admit(Call call, Channel channel, MemberSettings who, Music music, Conferences rooms)
            throws ConferenceRefused {
        if (!who.admin() && locked) {
            throw new ConferenceRefused(ConferenceRefused.Reason.LOCKED, name);
        }
        if (!who.admin() && settings.mostMembers() > 0 && members.size() >= settings.mostMembers()) {
            throw new ConferenceRefused(ConferenceRefused.Reason.FULL, name);
        }
        var member = new Member(++lastNumber, rooms, this, call, channel, who, media, music);
        members.add(member);
        return member;
    }

    /** Called under the lock. True if nobody is left. */
    boolean remove(Member member) {
        members.remove(member);
        return members.isEmpty();
    }

    /** Tells all who are in it to look again. */
    void changed() {
        for (var member : members()) {
            member.channel().post(new ConferenceChanged(name));
        }
    }

    // ---- what an admin does

    /** Lets nobody in any more but admins, or all again. {@code by} is who did it, null if nobody in the room. */
    public void lock(boolean on, @Nullable Member by) {
        locked = on;
        log(on ? ConferenceFact.LOCKED : ConferenceFact.UNLOCKED, by);
        changed();
    }

    /** Whether it is locked. */
    public boolean isLocked() {
        return locked;
    }

    /** Mutes all that are no admins, or lets them talk again. */
    public void muteAll(boolean on) {
        for (var member : members()) {
            if (!member.isAdmin()) {
                member.muted(on);
            }
        }
    }

    /** Throws out all of some kind. */
    public void kick(Predicate<Member> kind) {
        members().stream().filter(kind).forEach(Member::kick);
    }

    /** Ends it: all are told to leave, with {@link Departure#ENDED}. */
    public void end() {
        members().forEach(member -> member.depart(Departure.ENDED));
    }

    // ---- what all hear

    /** Plays to all, beside those who talk, after what is being played. Its number; at its end {@code toTell} gets {@link AnnouncementEnded}. */
    public long announce(List<Sound> sounds, @Nullable Channel toTell) {
        var id = announcements.incrementAndGet();
        if (toTell != null) {
            awaited.put(id, toTell);
        }
        media.post(new MediaCommand.Play(mix, id, new PlaySource.Sounds(sounds)));
        return id;
    }

    /** On the media loop. */
    private void heard(MediaEvent event) {
        switch (event) {
            case MediaEvent.PlaybackEnded ended -> announced(ended.playbackId());
            case MediaEvent.Closed closed -> awaited.keySet().forEach(this::announced);
            default -> {}
        }
    }

    private void announced(long id) {
        var waiting = awaited.remove(id);
        if (waiting != null) {
            waiting.post(new AnnouncementEnded(id));
        }
    }

    /** A member's key goes on to those who take such. On his call's thread. */
    public void passDigit(Member from, char digit, int durationMs) {
        for (var member : members()) {
            var port = member.channel().media();
            if (member != from && member.takesDigits() && port != null) {
                media.post(new MediaCommand.SendDigits(port, String.valueOf(digit), durationMs, 0));
            }
        }
    }

    // ---- the recording

    /**
     * Records what all say together, until {@link #stopRecording} or the room's end. Nothing if it is being recorded.
     *
     * @param by whose call the recording is a fact of
     * @return whether it is a new one
     * @throws RecordingException if the file can't be made
     */
    public boolean record(Member by, RecordingRequest request) throws RecordingException {
        if (isRecorded()) {
            return false;
        }
        var begun = recorder.startFed(by.channel(), request.fact("conference", name));
        begun.outliveChannel();
        synchronized (lock) {
            if (recording == null && !members.isEmpty()) {
                recording = begun;
            }
        }
        if (recording() != begun) {
            begun.discard();
            return false;
        }
        media.post(new MediaCommand.Tap(mix, begun.tap()));
        log(ConferenceFact.RECORDED, by);
        changed();
        return true;
    }

    /** The recording under way, null if there is none. */
    public @Nullable Recording recording() {
        synchronized (lock) {
            return recording;
        }
    }

    /** Whether it is being recorded. */
    public boolean isRecorded() {
        return recording() != null;
    }

    /** Ends the recording; the file is at its place when this returns. False if there was none. */
    public boolean stopRecording(Member by) {
        Recording ending;
        synchronized (lock) {
            ending = recording;
            recording = null;
        }
        if (ending == null) {
            return false;
        }
        media.post(new MediaCommand.Untap(mix, ending.tap()));
        ending.stopFor(by.channel());
        log(ConferenceFact.NOT_RECORDED, by);
        changed();
        return true;
    }

    // ---- for its members

    PortId mix() {
        return mix;
    }

    long nowMillis() {
        return clock.epochMillis();
    }

    private void log(ConferenceFact fact, @Nullable Member by) {
        var teller = by != null ? by : members().stream().findFirst().orElse(null);
        if (teller != null) {
            teller.log(fact);
        }
    }

    /** Gives the mixer back. */
    void close() {
        media.post(new MediaCommand.Close(mix));
    }
}
