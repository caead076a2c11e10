package io.allo.pbx.app.conference;

import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.conference.Conference;
import io.allo.pbx.conference.ConferenceChanged;
import io.allo.pbx.conference.Conferences;
import io.allo.pbx.conference.Member;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** What others than its members may ask of a room beside what {@link Conference} does by itself: its mute and its recording. A board: any thread. */
public final class ConferenceControl {

    private final Map<Conference, RoomState> states = new WeakHashMap<>();
    private final Map<Member, Profiles> profiles = new WeakHashMap<>();
    private final Conferences rooms;

    /**
     * The names of the profiles with which somebody came. Immutable.
     *
     * @param waitsMarked he waits for a marked user
     * @param endsMarked he leaves with the last marked user
     */
    public record Profiles(String user, String bridge, String menu, boolean waitsMarked, boolean endsMarked) {

        static final Profiles NONE = new Profiles("", "", "", false, false);
    }

    /** Of these rooms. */
    public ConferenceControl(Conferences rooms) {
        this.rooms = rooms;
    }

    /** What is known about a room; the first to ask gives it its profile. */
    RoomState state(Conference room, BridgeProfile profile) {
        synchronized (states) {
            return states.computeIfAbsent(room, key -> new RoomState(profile));
        }
    }

    private Optional<RoomState> state(Conference room) {
        synchronized (states) {
            return Optional.ofNullable(states.get(room));
        }
    }

    void came(Member member, Ticket ticket) {
        var rank = ticket.user().rank();
        synchronized (states) {
            profiles.put(
                    member,
                    new Profiles(
                            ticket.user().name(),
                            ticket.bridge().name(),
                            ticket.menu().name(),
                            rank.waitMarked(),
                            rank.endMarked()));
        }
    }

    /** With which profiles somebody came. */
    public Profiles profiles(Member member) {
        synchronized (states) {
            return profiles.getOrDefault(member, Profiles.NONE);
        }
    }

    /** The rooms. */
    public Conferences rooms() {
        return rooms;
    }

    /** Mutes all that are no admins, those who will come too, or lets them talk. False if there is no such room. */
    public boolean muteAll(String conference, boolean on) {
        var room = rooms.room(conference);
        room.ifPresent(found -> {
            state(found).ifPresent(state -> state.muted(on));
            found.muteAll(on);
        });
        return room.isPresent();
    }

    /** Whether who comes and is no admin is muted. */
    public boolean isMuted(Conference room) {
        return state(room).map(RoomState::isMuted).orElse(false);
    }

    /** Begins to record a room, as its profile says or into this file; it begins a moment later. False if there is no such room, or it is recorded. */
    public boolean record(String conference, Optional<String> file) {
        var room = rooms.room(conference).filter(found -> !found.isRecorded());
        var state = room.flatMap(this::state);
        if (room.isEmpty() || state.isEmpty()) {
            return false;
        }
        state.get().wantRecording(file);
        for (var member : room.get().members()) {
            member.channel().post(new ConferenceChanged(conference));
        }
        return true;
    }

    /** Ends the recording of a room. False if there was none. */
    public boolean stopRecording(String conference) {
        return rooms.room(conference)
                .filter(room -> room.members().stream()
                        .findFirst()
                        .filter(room::stopRecording)
                        .isPresent())
                .isPresent();
    }
}
