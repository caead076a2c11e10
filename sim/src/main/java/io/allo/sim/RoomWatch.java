package io.allo.sim;

import io.allo.media.mix.MixLeg;
import io.allo.media.port.PortId;
import io.allo.pbx.conference.Conference;
import io.allo.pbx.conference.Member;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.CallEvent.ConferenceFact;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What has to hold in rooms: who left is out, nobody is in twice, no room is empty, the numbers in the facts agree, and each is mixed as his
 * part says: who is in it hears all others that may be heard and never himself, and nobody else hears. Whoever has the turn.
 */
final class RoomWatch implements Consumer<CallEvent> {

    /** By then everybody has seen what changed, and has heard who comes. */
    private static final long SETTLED_NANOS = 15_000_000_000L;

    /** By then what is being said to somebody alone is over. */
    private static final long SAID_NANOS = 5_000_000_000L;

    private final SimWorld world;
    private final Map<String, Set<String>> inside = new HashMap<>();
    private final Map<String, Long> changedNanos = new HashMap<>();
    private final Map<Member, Long> leavingSince = new HashMap<>();

    /** Whose hold is over and who is not heard yet: his call sees it when what is said to him is over. */
    private final Map<Member, Long> unheardSince = new HashMap<>();

    private final Map<ConferenceFact, Integer> facts = new EnumMap<>(ConferenceFact.class);
    private long heard;

    RoomWatch(SimWorld world) {
        this.world = world;
    }

    /** How many times it was found that one of a room hears another. */
    long heard() {
        return heard;
    }

    /** How often each thing happened. */
    Map<ConferenceFact, Integer> facts() {
        return facts;
    }

    // ---- the facts

    @Override
    public void accept(CallEvent event) {
        if (event instanceof CallEvent.ConferenceHappened e) {
            facts.merge(e.what(), 1, Integer::sum);
            changedNanos.put(e.conference(), world.queue().now());
            count(e);
        }
    }

    private void count(CallEvent.ConferenceHappened e) {
        var room = inside.get(e.conference());
        switch (e.what()) {
            case BEGAN -> {
                require(room == null, e, "it had begun before");
                inside.put(e.conference(), new HashSet<>());
            }
            case JOINED -> {
                require(room != null && room.add(e.channel()), e, "he was in it, or it had not begun");
                require(room == null || room.size() == e.members(), e, "there are " + room);
            }
            case LEFT -> {
                require(room != null && room.remove(e.channel()), e, "he was not in it");
                require(room == null || room.size() == e.members(), e, "there are " + room);
            }
            case ENDED -> {
                require(room != null && room.isEmpty(), e, "there are " + room);
                inside.remove(e.conference());
            }
            default -> require(room != null, e, "there is no such room");
        }
    }

    private static void require(boolean holds, CallEvent.ConferenceHappened e, String words) {
        if (!holds) {
            throw new SimFailure(e.channel() + " " + e.what().english() + " the room " + e.conference() + " ("
                    + e.members() + " in it), but " + words);
        }
    }

    // ---- at every moment

    void check() {
        var rooms = world.server().rooms().conferences().rooms();
        var media = world.server().media();
        if (rooms.size() != inside.size()) {
            throw new SimFailure(
                    "rooms " + rooms.stream().map(Conference::name).toList() + ", but by the facts " + inside);
        }
        var seats = media.isSettled() ? media.seats() : null;
        var seen = new HashSet<PortId>();
        for (var room : rooms) {
            var members = room.members();
            if (members.isEmpty()) {
                throw new SimFailure("nobody is in the room " + room.name());
            }
            members.forEach(this::leavesInTime);
            if (isSettled(room)) {
                members.forEach(this::waitsRightly);
            }
            if (seats != null) {
                mixed(room, members, seats, seen);
            }
        }
        leavingSince.keySet().removeIf(RoomWatch::isGone);
        unheardSince.keySet().removeIf(RoomWatch::isGone);
        if (seats != null && !seen.containsAll(seats.keySet())) {
            throw new SimFailure("ports are mixed that are in no room: " + seats + ", known " + seen);
        }
    }

    private static boolean isGone(Member member) {
        return !member.conference().members().contains(member);
    }

    private boolean isSettled(Conference room) {
        return world.queue().now() - changedNanos.getOrDefault(room.name(), 0L) > SETTLED_NANOS;
    }

    /** Whose channel is over, or who was thrown out, is soon out of the room. */
    private void leavesInTime(Member member) {
        if (member.isIn() && !member.channel().isHungUp()) {
            return;
        }
        if (isOld(leavingSince, member)) {
            throw new SimFailure(member.channel() + " is still in the room "
                    + member.conference().name() + ", though " + (member.isIn() ? "hung up" : member.departure()));
        }
    }

    private boolean isOld(Map<Member, Long> since, Member member) {
        var now = world.queue().now();
        return now - since.computeIfAbsent(member, key -> now) > SAID_NANOS;
    }

    /** Who waits for marked ones waits when none is there, and only then. */
    private void waitsRightly(Member member) {
        if (!member.isIn() || member.channel().isHungUp()) {
            return;
        }
        var marked = member.conference().count(Member::isMarked);
        var waits =
                world.server().rooms().control().profiles(member).waitsMarked() && !member.isMarked() && marked == 0;
        if (waits != member.isWaiting()) {
            throw new SimFailure(member.channel() + (waits ? " should wait" : " waits") + " in the room "
                    + member.conference().name() + " with " + marked + " marked");
        }
    }

    /** All members that can be heard sit at one mixer, alone, each in the way that his part says. */
    private void mixed(Conference room, List<Member> members, Map<PortId, SimMediaPlane.Seat> seats, Set<PortId> seen) {
        PortId mixer = null;
        for (var member : members) {
            var port = member.channel().media();
            var seat = port == null ? null : seats.get(port);
            if (port == null || !world.server().media().isOpen(port)) {
                continue;
            }
            if (seat == null) {
                throw new SimFailure(member.channel() + " is in the room " + room.name() + " and not mixed");
            }
            if (mixer != null && !mixer.equals(seat.mixer())) {
                throw new SimFailure(member.channel() + " is not mixed with the others of the room " + room.name());
            }
            mixer = seat.mixer();
            if (!seen.add(port)) {
                throw new SimFailure(member.channel() + " is in two rooms, one of them " + room.name());
            }
            isMixedRightly(member, seat.leg());
        }
        var here = mixer;
        heard += seats.values().stream()
                                .filter(seat ->
                                        seat.mixer().equals(here) && !seat.leg().deaf())
                                .count()
                        > 1
                ? 1
                : 0;
    }

    private void isMixedRightly(Member member, MixLeg leg) {
        if (leg.deaf() != (member.isDeaf() || member.isWaiting())) {
            throw new SimFailure(member.channel() + (leg.deaf() ? " hears nobody" : " hears the others") + ", waiting "
                    + member.isWaiting() + ", deaf " + member.isDeaf());
        }
        var silent = member.isMuted() || member.isWaiting();
        var unheard = !silent && leg.muted() && !member.channel().isHeld();
        if (!unheard) {
            unheardSince.remove(member);
        }
        if (silent && !leg.muted() || unheard && isOld(unheardSince, member)) {
            throw new SimFailure(member.channel() + (leg.muted() ? " is not heard" : " is heard") + ", waiting "
                    + member.isWaiting() + ", muted " + member.isMuted());
        }
    }

    /** Rooms that are left when all is quiet. */
    List<String> left() {
        return world.server().rooms().conferences().rooms().stream()
                .map(Conference::name)
                .toList();
    }

    /** Whether this channel is in a room. */
    boolean isIn(String uniqueId) {
        return inside.values().stream().anyMatch(room -> room.contains(uniqueId));
    }
}
