package io.allo.pbx.conference;

import io.allo.core.timer.Clock;
import io.allo.media.port.MediaPlane;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.prompt.Music;
import io.allo.pbx.call.recording.Recorder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rooms in which somebody is, by name. A board: any thread. A room begins with its first member and ends with its last. */
public final class Conferences {

    private final MediaPlane media;
    private final Music music;
    private final Recorder recorder;
    private final Clock clock;

    /** Guards the rooms and who is in them; nothing else is locked, told or awaited inside. */
    private final Object lock = new Object();

    private final Map<String, Conference> rooms = new LinkedHashMap<>();

    /** Mixed by this media plane, with this music for who is alone, recorded by this. */
    public Conferences(MediaPlane media, Music music, Recorder recorder, Clock clock) {
        this.media = media;
        this.music = music;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** Takes the channel that runs the call's script into a room; see {@link #join(Call, Channel, String, RoomSettings, MemberSettings)}. */
    public Member join(Call call, String name, RoomSettings settings, MemberSettings who) throws ConferenceRefused {
        return join(call, call.channel(), name, settings, who);
    }

    /**
     * Takes one of the call's channels into a room, which begins if it is not there. It is to be answered before; if its sound is
     * not settled yet it is heard as soon as it is. Whoever joins sees that {@link Member#leave} is called, whatever happens.
     * On the call's thread.
     *
     * @throws ConferenceRefused if the room is locked or full
     */
    public Member join(Call call, Channel channel, String name, RoomSettings settings, MemberSettings who)
            throws ConferenceRefused {
        Conference made = null;
        while (true) {
            Member member = null;
            synchronized (lock) {
                var room = rooms.get(name);
                if (room == null && made != null) {
                    room = made;
                    made = null;
                    rooms.put(name, room);
                }
                if (room != null) {
                    member = room.admit(call, channel, who, music, this);
                }
            }
            if (member != null) {
                if (made != null) {
                    made.close(); // another was faster
                }
                member.enter();
                return member;
            }
            made = new Conference(name, settings, media, recorder, clock, lock);
        }
    }

    /** The room of this name, if anybody is in it. */
    public Optional<Conference> room(String name) {
        synchronized (lock) {
            return Optional.ofNullable(rooms.get(name));
        }
    }

    /** All rooms, the oldest first; a copy. */
    public List<Conference> rooms() {
        synchronized (lock) {
            return List.copyOf(rooms.values());
        }
    }

    /** The member that a channel is, by its name or unique id. */
    public Optional<Member> member(String channel) {
        return rooms().stream()
                .flatMap(room -> room.members().stream())
                .filter(member -> member.channel().name().equals(channel)
                        || member.channel().uniqueId().equals(channel))
                .findFirst();
    }

    /** Takes a member off its room's list. True: it was the last, the room is over. */
    @Nullable
    Conference forget(Member member) {
        synchronized (lock) {
            var room = member.conference();
            return room.remove(member) && rooms.remove(room.name(), room) ? room : null;
        }
    }
}
