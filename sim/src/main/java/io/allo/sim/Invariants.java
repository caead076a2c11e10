package io.allo.sim;

import io.allo.media.port.PortId;
import io.allo.pbx.call.Channel;
import io.allo.pbx.event.CallEvent;
import io.allo.sip.address.HostPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has to hold in every world (docs/design.md section 8): some of it all the time, some when all is quiet. Whoever has
 * the turn.
 */
public final class Invariants {

    /** How long a call has to be left alone before its sound is listened to. */
    private static final long SETTLED_NANOS = 2_000_000_000L;

    /** How long a phone that answered may wait for somebody, repetitions of its 200 included. */
    private static final long FORGOTTEN_NANOS = 15_000_000_000L;

    private final SimWorld world;
    private final Map<String, String> bridged = new LinkedHashMap<>();
    private final RoomWatch rooms;
    private long listened;

    Invariants(SimWorld world) {
        this.world = world;
        rooms = new RoomWatch(world);
        world.server().bus().subscribe(this::happened);
        world.server().bus().subscribe(rooms);
    }

    private void happened(CallEvent event) {
        switch (event) {
            case CallEvent.Bridged b -> {
                join(b.channel(), b.other());
                join(b.other(), b.channel());
            }
            case CallEvent.Unbridged u -> {
                bridged.remove(u.channel());
                bridged.remove(u.other());
            }
            case CallEvent.Problem problem -> {
                if (problem.code().equals("internal")) {
                    throw new SimFailure("a fault in allo ended a call: " + problem.english());
                }
            }
            default -> {}
        }
    }

    private void join(String channel, String other) {
        var before = bridged.put(channel, other);
        if (before != null) {
            throw new SimFailure("channel " + channel + " is bridged to " + other + " while bridged to " + before);
        }
    }

    /** How many times a pair of phones was found to hear each other. */
    public long listened() {
        return listened;
    }

    /** How many times it was found that two in a room hear each other. */
    public long listenedInRooms() {
        return rooms.heard();
    }

    /** How often each thing happened in rooms. */
    public Map<CallEvent.ConferenceFact, Integer> roomFacts() {
        return Map.copyOf(rooms.facts());
    }

    /** What holds at every moment. */
    public void check() {
        everyChannelHasOneOwner();
        bridgedPortsAreJoined();
        whoTalksHearsTheOther();
        whoAnsweredIsNotForgotten();
        bindingsAreKept();
        rooms.check();
    }

    private void everyChannelHasOneOwner() {
        for (var channel : world.server().channels()) {
            var owner = channel.owner();
            if (owner != null
                    && owner.channels().stream().filter(c -> c == channel).count() != 1) {
                throw new SimFailure(channel + " is not among the channels of the call that owns it");
            }
        }
    }

    /** Whom the server calls bridged are joined in its media plane, each to the other alone. */
    private void bridgedPortsAreJoined() {
        var media = world.server().media();
        if (!media.isSettled()) {
            return;
        }
        for (var pair : bridged.entrySet()) {
            var one = channel(pair.getKey());
            var other = channel(pair.getValue());
            if (one == null || other == null) {
                continue;
            }
            var port = one.media();
            var otherPort = other.media();
            if (port == null || otherPort == null || !media.isOpen(port) || !media.isOpen(otherPort)) {
                continue;
            }
            if (!otherPort.equals(media.partner(port)) && !media.isSeparated(port) && !media.isSeparated(otherPort)) {
                throw new SimFailure(one + " and " + other + " are bridged, but " + port + " is joined to "
                        + media.partner(port) + ", not to " + otherPort);
            }
        }
    }

    private @Nullable Channel channel(String uniqueId) {
        return world.server().calls().channel(uniqueId);
    }

    /** Phones that both think they talk to each other, and have for a while, hear each other and nobody else. */
    private void whoTalksHearsTheOther() {
        if (!world.server().media().isSettled()) {
            return;
        }
        for (var phone : world.phones()) {
            for (var call : phone.calls()) {
                if (!call.isIncoming() && isSettled(call)) {
                    var other = otherEnd(call);
                    if (other != null && isSettled(other)) {
                        hears(phone, call, other);
                        hears(phone, other, call);
                        listened++;
                    }
                }
            }
        }
    }

    /** A phone that was called and answered is bridged soon, or its channel is over. Not where keys may transfer calls. */
    private void whoAnsweredIsNotForgotten() {
        var network = world.settings().network();
        if (world.settings().habits().digits() > 0 || !network.getsThrough()) {
            return;
        }
        for (var phone : world.phones()) {
            for (var call : phone.calls()) {
                var id = world.server().media().id(port(call.remote()));
                if (id != null
                        && hasChannel(id)
                        && call.isIncoming()
                        && !world.wires().isAbsent(phone.address())
                        && call.state() == PhoneCall.State.TALKING
                        && world.queue().now() - call.changedNanos
                                > (network.loss() == 0 ? SETTLED_NANOS : FORGOTTEN_NANOS)
                        && !isBridged(port(call.remote()), true)) {
                    throw new SimFailure(phone + " answered " + call.party() + " and is joined to nobody");
                }
            }
        }
    }

    private boolean hasChannel(PortId id) {
        return world.server().channels().stream().anyMatch(c -> id.equals(c.media()) && !c.isHungUp());
    }

    private boolean isSettled(PhoneCall call) {
        return call.isOpen()
                && world.queue().now() - call.changedNanos > SETTLED_NANOS
                && isBridged(port(call.remote()), false);
    }

    /** Whether the server has the channel with this RTP port in a bridge, or in a room. */
    private boolean isBridged(int number, boolean orInRoom) {
        var id = world.server().media().id(number);
        return id != null
                && world.server().channels().stream()
                        .anyMatch(c -> id.equals(c.media())
                                && (bridged.containsKey(c.uniqueId()) || orInRoom && rooms.isIn(c.uniqueId())));
    }

    /** The same call at the other phone; null if there is none, or none yet known. */
    private @Nullable PhoneCall otherEnd(PhoneCall call) {
        PhoneCall found = null;
        for (var phone : world.phones()) {
            for (var candidate : phone.calls()) {
                if (candidate.isIncoming()
                        && candidate.tag.equals(call.tag)
                        && candidate.state() == PhoneCall.State.TALKING) {
                    if (found != null) {
                        return null;
                    }
                    found = candidate;
                }
            }
        }
        return found;
    }

    private void hears(SimPhone phone, PhoneCall listener, PhoneCall speaker) {
        var media = world.server().media();
        var at = port(listener.remote());
        var from = media.heardAt(at);
        if (from == SimMediaPlane.SEPARATED) {
            return;
        }
        var target = media.remote(at);
        if (from != port(speaker.remote()) || !listener.rtp().equals(target)) {
            throw new SimFailure("in the call of " + phone + " " + listener.rtp() + " should hear " + speaker.rtp()
                    + " (server port " + port(speaker.remote()) + "), but its port " + at + " sends what comes in at "
                    + from + " to " + target);
        }
    }

    private static int port(@Nullable HostPort address) {
        return address == null ? 0 : address.port();
    }

    private void bindingsAreKept() {
        for (var phone : world.phones()) {
            var kept = !world.server().contacts().of(phone.name()).isEmpty();
            if (!kept && world.bindings().holds(phone.address())) {
                throw new SimFailure(phone + " is not to be found though its registration is not over");
            }
            if (kept && world.bindings().isOver(phone.address())) {
                throw new SimFailure(phone + " is still to be found though its registration is over");
            }
        }
    }

    /** What holds when all is quiet: nothing is owed, nothing is left. */
    public void checkQuiet() {
        var left = new ArrayList<String>(
                world.wires().debts(world.settings().network().getsThrough()));
        var server = world.server();
        var holdings = server.holdings();
        expect(left, "sessions of the stack", holdings.sessions());
        expect(left, "dialogs", holdings.dialogs());
        expect(left, "client transactions", holdings.clientTransactions());
        expect(left, "server transactions", holdings.serverTransactions());
        expect(left, "requests", holdings.requests());
        expect(left, "bindings", holdings.bindings());
        expect(left, "contacts", server.contacts().all().size());
        expect(left, "calls " + server.channels(), server.calls().callCount());
        expect(left, "channels " + server.channels(), server.channels().size());
        expect(left, "sessions with a channel", server.sessions().count());
        expect(left, "call threads", server.threads().running());
        expect(left, "media ports " + server.media().numbers(), server.media().openPorts());
        expect(left, "bridges " + bridged, bridged.size());
        expect(left, "rooms " + rooms.left(), rooms.left().size());
        left.addAll(server.records().faults());
        expect(left, "steps to come", world.queue().waiting());
        if (server.node().deadlineNanos() != Long.MAX_VALUE) {
            left.add("the stack still waits for a timer");
        }
        for (var phone : world.phones()) {
            var own = phone.node().holdings();
            expect(left, "sessions at phone " + phone, own.sessions());
            expect(left, "transactions at phone " + phone, own.clientTransactions() + own.serverTransactions());
        }
        if (!left.isEmpty()) {
            throw new SimFailure("all is quiet, but: " + String.join("; ", left));
        }
    }

    private static void expect(List<String> left, String what, long count) {
        if (count != 0) {
            left.add(count + " " + what);
        }
    }
}
