package io.allo.pbx.app.conference;

import io.allo.media.port.PlaySource;
import io.allo.media.port.Sound;
import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.app.conference.profile.ConferenceSound;
import io.allo.pbx.app.conference.profile.MenuKeys;
import io.allo.pbx.app.conference.profile.UserProfile;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallInterrupted;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.prompt.Playing;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.conference.AnnouncementEnded;
import io.allo.pbx.conference.Conference;
import io.allo.pbx.conference.Departure;
import io.allo.pbx.conference.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody's time in a conference, from his coming to his going. Owned by the call. */
final class Participation {

    private static final long JOIN_SOUND_MS = 10_000;

    private final ConferenceWorld world;
    private final RoomRecording recordings;
    private final Call call;
    private final Member member;
    private final Conference room;
    private final RoomState state;
    private final BridgeProfile profile;
    private final UserProfile user;
    private final Ticket ticket;
    private final List<Sound> name;
    private final Speech speech;
    private final MenuKeys keys;
    private final MenuDesk desk;
    private final Set<Member> leaders = new HashSet<>();
    private final long deadlineNanos;
    private final long waitNanos;
    private boolean waitsForLeader;
    private boolean begins;
    private boolean isIn;

    /** Keys that he pressed while something was said to him. */
    private final StringBuilder early = new StringBuilder();

    private @Nullable Result result;

    Participation(
            ConferenceWorld world,
            RoomRecording recordings,
            Call call,
            Member member,
            RoomState state,
            Ticket ticket,
            List<Sound> name) {
        this.world = world;
        this.recordings = recordings;
        this.call = call;
        this.member = member;
        this.room = member.conference();
        this.state = state;
        this.profile = state.profile();
        this.ticket = ticket;
        this.user = ticket.user();
        this.name = name;
        this.speech = new Speech(call, world.prompts(), room, profile);
        this.keys = new MenuKeys(ticket.menu());
        this.desk = new MenuDesk(this);
        var timeoutMs = user.entry().timeoutMs();
        this.deadlineNanos = timeoutMs == 0 ? Long.MAX_VALUE : call.inMillis(timeoutMs);
        this.waitNanos = ticket.waitMs() == 0 ? Long.MAX_VALUE : call.inMillis(ticket.waitMs());
    }

    Result run() {
        try {
            arrive();
            while (result == null && member.isIn()) {
                step();
            }
            if (result == null) {
                result = member.departure() == Departure.LEFT ? Result.HANGUP : Result.KICKED;
            }
        } catch (CallInterrupted interrupted) {
            result = Result.HANGUP;
            throw interrupted;
        } finally {
            goOut();
        }
        farewell();
        return result;
    }

    // ---- coming

    private void arrive() {
        if (profile.recorded().wanted()) {
            recordings.begin(call, member, profile, "");
        }
        waitsForLeader = user.rank().waitMarked() && !member.isMarked() && marked().isEmpty();
        leaders.addAll(marked());
        begins = member.isMarked() && leaders.size() == 1 && room.count(this::waitsForMe) > 0;
        greet();
        if (!waitsForLeader) {
            comeIn();
        }
    }

    private void greet() {
        var told = user.told();
        var others = room.count(each -> each != member && (!each.isWaiting() || waitsForMe(each)));
        if (told.quiet()) {
            return;
        }
        if (waitsForLeader) {
            say(ConferenceSound.WAIT_FOR_LEADER);
        } else if (others == 0 && told.onlyUser()) {
            say(ConferenceSound.ONLY_PERSON);
        } else if (told.userCount() && others > 0) {
            say(speech.count(others, call.channel().language()));
        }
    }

    /** Those who wait for a marked user are let in by one: they count as being there. */
    private boolean waitsForMe(Member each) {
        return each != member
                && member.isMarked()
                && !each.isMarked()
                && world.control().profiles(each).waitsMarked();
    }

    /** From now on he hears and is heard, and the others are told. */
    private void comeIn() {
        var told = user.told();
        var sounds = new ArrayList<Sound>();
        if (!told.quiet()) {
            sounds.addAll(speech.found(ConferenceSound.JOIN));
            if (!name.isEmpty()) {
                sounds.addAll(name);
                sounds.addAll(speech.found(ConferenceSound.HAS_JOINED));
            }
        }
        if (begins && !told.quiet()) {
            sounds.addAll(speech.found(ConferenceSound.BEGIN));
        }
        isIn = true;
        if (told.ownJoinSound() || sounds.isEmpty() || !profile.announces() || others() == 0) {
            member.waiting(false);
            speech.announce(told.ownJoinSound() || others() > 0 ? sounds : List.of());
        } else {
            awaitHeard(room.announce(sounds, call.channel()));
            member.waiting(false);
        }
        if (told.ownJoinSound() && !told.quiet() && !profile.announces()) {
            say(ConferenceSound.JOIN);
        }
        if (others() + 1 > told.userCountAll()) {
            speech.announceCount(others());
        }
    }

    private void awaitHeard(long announcement) {
        var deadline = call.inMillis(JOIN_SOUND_MS);
        while (member.isIn()) {
            var received = member.await(deadline);
            if (received == null
                    || received.event() instanceof AnnouncementEnded ended && ended.announcement() == announcement) {
                return;
            }
            if (isKey(received)) {
                keep(((ChannelEvent.Digit) received.event()).digit());
            }
        }
    }

    // ---- being there

    private void step() {
        look();
        if (result != null || !member.isIn()) {
            return;
        }
        if (!early.isEmpty()) {
            var key = early.charAt(0);
            early.deleteCharAt(0);
            digit(key);
            return;
        }
        var until = waitsForLeader ? Math.min(deadlineNanos, waitNanos) : deadlineNanos;
        var received = member.await(Math.min(until, keys.deadlineNanos()));
        var now = call.clock().nanoTime();
        if (received == null) {
            if (now >= until) {
                result = Result.TIMEOUT;
            } else {
                keys.onDeadline(now).ifPresent(this::pressed);
            }
        } else if (isKey(received)) {
            digit(((ChannelEvent.Digit) received.event()).digit());
        }
    }

    private boolean isKey(ChannelEvent.Received received) {
        return received.channel() == call.channel() && received.event() instanceof ChannelEvent.Digit;
    }

    private void digit(char key) {
        var exit = keys.deadlineNanos() == Long.MAX_VALUE ? ticket.exits().apply(key) : null;
        if (exit != null) {
            leaveTo(exit);
            return;
        }
        keys.press(key, call.clock().nanoTime()).forEach(this::pressed);
    }

    /** This key acts when what is being said or done is over. */
    void keep(char key) {
        if (early.length() < MOST_EARLY) {
            early.append(key);
        }
    }

    private void pressed(MenuKeys.Pressed pressed) {
        if (!pressed.isUnknown()) {
            desk.perform(pressed);
        } else if (user.voice().digitsPass()) {
            pressed.keys().chars().forEach(key -> room.passDigit(member, (char) key, KEY_MS));
        } else if (!ticket.menu().sequences().isEmpty()) {
            say(ConferenceSound.ERROR_MENU);
        }
    }

    /** Looks at the room: whom he waits for, who has gone, what is asked of a member. */
    private void look() {
        var file = state.takeWantedRecording();
        if (file != null && recordings.begin(call, member, profile, file.orElse(""))) {
            var notice = recordings.notice();
            if (!notice.isEmpty()) {
                room.announce(speech.found(notice), null); // the law's: whatever the profile says about announcements
            }
        }
        var now = marked();
        var someLeft = leaders.stream().anyMatch(leader -> leader != member && !now.contains(leader));
        leaders.clear();
        leaders.addAll(now);
        if (waitsForLeader) {
            if (!now.isEmpty()) {
                waitsForLeader = false;
                comeIn();
            }
            return;
        }
        if (someLeft) {
            leaderLeft(now.isEmpty());
        }
    }

    private void leaderLeft(boolean last) {
        var rank = user.rank();
        if (rank.endMarkedAny() || rank.endMarked() && last && !member.isMarked()) {
            result = Result.ENDMARKED;
            return;
        }
        if (!last) {
            return;
        }
        if (rank.waitMarked() && !member.isMarked()) {
            waitsForLeader = true;
            member.waiting(true);
        }
        if (!user.told().quiet() && profile.announces()) {
            say(ConferenceSound.LEADER_HAS_LEFT);
        }
    }

    private Set<Member> marked() {
        return new HashSet<>(room.members().stream().filter(Member::isMarked).toList());
    }

    /** How many others take part. */
    int others() {
        return room.count(each -> each != member && !each.isWaiting());
    }

    // ---- going

    private void goOut() {
        member.leave();
        if (ticket.closesLast() && room.size() == 1) {
            room.kick(last -> true);
        }
        if (!isIn || user.told().quiet() || room.size() == 0) {
            return;
        }
        var sounds = new ArrayList<>(speech.found(ConferenceSound.LEAVE));
        if (!name.isEmpty()) {
            sounds.addAll(name);
            sounds.addAll(speech.found(ConferenceSound.HAS_LEFT));
        }
        speech.announce(sounds);
    }

    /** What is said to who is no longer in it. */
    private void farewell() {
        if (user.told().quiet()) {
            return;
        }
        if (result == Result.KICKED) {
            world.prompts().play(call, speech.names(ConferenceSound.KICKED));
        } else if (result == Result.ENDMARKED) {
            world.prompts().play(call, speech.names(ConferenceSound.LEADER_HAS_LEFT));
        }
    }

    // ---- for the menu

    ConferenceWorld world() {
        return world;
    }

    Call call() {
        return call;
    }

    Member member() {
        return member;
    }

    Ticket ticket() {
        return ticket;
    }

    RoomState state() {
        return state;
    }

    Speech speech() {
        return speech;
    }

    MenuKeys keys() {
        return keys;
    }

    /** He alone hears this, until he presses a key that may mean something; that one acts then. */
    void say(ConferenceSound which) {
        say(speech.names(which));
    }

    void say(List<String> names) {
        member.aside(() -> {
            var played = world.prompts().play(call, names, meaningful());
            if (played.hasDigit()) {
                keep(played.digit());
            }
        });
    }

    /** He alone hears this to its end; keys act then. */
    void sayAll(List<String> names) {
        member.aside(() -> {
            var sounds =
                    world.prompts().find(call, names, call.channel().language()).sounds();
            if (!sounds.isEmpty()) {
                listen(world.prompts().start(call, new PlaySource.Sounds(sounds)));
            }
        });
    }

    private void listen(@Nullable Playing playing) {
        if (playing == null) {
            return;
        }
        try (playing) {
            for (var key = playing.awaitDigit(Long.MAX_VALUE); key != null; key = playing.awaitDigit(Long.MAX_VALUE)) {
                keep(key);
            }
        }
    }

    /** Keys with which something can be done; where there is a menu that is any, for a wrong one is told. */
    private String meaningful() {
        if (!ticket.menu().sequences().isEmpty() || user.voice().digitsPass()) {
            return Prompts.ANY_DIGIT;
        }
        return Prompts.ANY_DIGIT
                .chars()
                .filter(key -> ticket.exits().apply((char) key) != null)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A key leads him out. */
    void leave() {
        result = Result.DTMF;
    }

    void leaveTo(DialplanLocation place) {
        call.channel().location(place);
        leave();
    }

    /** He takes no part while this runs. */
    void elsewhere(Runnable body) {
        var before = member.isWaiting();
        member.waiting(true);
        try {
            member.aside(body);
        } finally {
            member.waiting(before);
        }
    }

    private static final int KEY_MS = 100;
    private static final int MOST_EARLY = 32;
}
