package io.allo.sim;

import io.allo.sip.address.HostPort;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Looks at every datagram and holds it against RFC 3261, without any of the stack's machines: every INVITE that arrived gets
 * exactly one final response; every 2xx to it is acknowledged, or the session ended; and
 * where repetitions get through, it is acknowledged. Whoever has the turn.
 */
final class WireWatch implements SimNetwork.Watcher {

    /** An INVITE at the one who has to answer it. */
    private record InviteKey(HostPort at, String callId, long cseq, String branch) {}

    /** What became of an INVITE. */
    private static final class Fate {
        private final HostPort caller;
        private final Set<Integer> finals = new LinkedHashSet<>();
        private long answeredNanos;
        private boolean over;
        private boolean disturbed;
        private boolean succeeded;
        private boolean acknowledged;
        private boolean heardAck;

        Fate(HostPort caller) {
            this.caller = caller;
        }
    }

    /** 64*T1: a transaction is forgotten then, and an INVITE that was under way all the time is taken for a new one. */
    private static final long FORGOTTEN_NANOS = 32_000_000_000L;

    private static final long AFTERMATH_NANOS = 10_000_000_000L;

    private final SimClock clock;
    private final BindingWatch bindings;
    private final HostPort server;
    private final Map<InviteKey, Fate> invites = new LinkedHashMap<>();
    private final Map<String, List<InviteKey>> byCall = new HashMap<>();
    private final Set<String> byeOf = new HashSet<>();
    private final Set<String> byeBy = new HashSet<>();
    private final Map<HostPort, Long> absentUntil = new HashMap<>();
    private long inviteTotal;

    WireWatch(SimClock clock, BindingWatch bindings, HostPort server) {
        this.clock = clock;
        this.bindings = bindings;
        this.server = server;
    }

    /** INVITEs that arrived since the beginning, retransmissions left out. */
    long inviteTotal() {
        return inviteTotal;
    }

    @Override
    public void left(HostPort from, HostPort to, SipMessage message) {
        if (message instanceof SipResponse response) {
            var method = response.cseq().method();
            if (method.equals("INVITE") && response.isFinal()) {
                answered(from, response);
            } else if (method.equals("REGISTER") && from.equals(server)) {
                bindings.answered(to, response);
            }
        } else if (message instanceof SipRequest request && request.method().is("BYE")) {
            byeOf.add(request.callId());
            byeBy.add(request.callId() + from);
        }
    }

    private void answered(HostPort at, SipResponse response) {
        var key = new InviteKey(at, response.callId(), response.cseq().number(), branch(response));
        var fate = invites.get(key);
        if (fate == null) {
            throw new SimFailure(at + " answers an INVITE that never came: " + response.startLine() + " " + key);
        }
        if (fate.finals.isEmpty()) {
            fate.answeredNanos = clock.nanoTime();
        } else if (clock.nanoTime() - fate.answeredNanos >= FORGOTTEN_NANOS) {
            return;
        }
        if (fate.heardAck && response.isSuccess()) {
            throw new SimFailure(at + " repeats its 2xx though the ACK has come: " + key);
        }
        fate.finals.add(response.status());
        fate.succeeded |= response.isSuccess();
        if (fate.finals.size() > 1) {
            throw new SimFailure(at + " gives two final responses " + fate.finals + " to INVITE of " + key);
        }
    }

    @Override
    public void arrived(HostPort from, HostPort to, SipMessage message) {
        if (!(message instanceof SipRequest request)) {
            return;
        }
        if (request.method().is("INVITE")) {
            var key = new InviteKey(to, request.callId(), request.cseq().number(), branch(request));
            if (invites.putIfAbsent(key, new Fate(from)) == null) {
                inviteTotal++;
                disturbIfAbsent(from, to, key);
                byCall.computeIfAbsent(key.callId, id -> new ArrayList<>()).add(key);
                // Who sends the next INVITE has had the answer to the one before, even if the ACK was lost.
                acknowledge(to, key.callId, number -> number < key.cseq);
            }
        } else if (request.method().is("ACK")) {
            var acknowledged = request.cseq().number();
            acknowledge(to, request.callId(), number -> number == acknowledged);
            for (var key : byCall.getOrDefault(request.callId(), List.of())) {
                var fate = invites.get(key);
                if (fate != null && key.at.equals(to) && key.cseq == acknowledged) {
                    fate.heardAck |= fate.succeeded;
                }
            }
        }
    }

    private void acknowledge(HostPort at, String callId, LongPredicate which) {
        for (var key : byCall.getOrDefault(callId, List.of())) {
            var fate = invites.get(key);
            if (fate != null && key.at.equals(at) && which.test(key.cseq)) {
                fate.acknowledged |= fate.succeeded;
            }
        }
    }

    /** A phone was switched off: it owes nothing more. */
    void vanished(HostPort address) {
        absentUntil.put(address, Long.MAX_VALUE);
        invites.forEach((key, fate) -> {
            fate.over |= key.at.equals(address);
            fate.disturbed |= fate.caller.equals(address);
        });
    }

    /** A phone could not be reached for a while, longer than anybody repeats himself. */
    void cutOff(HostPort address) {
        absentUntil.put(address, Long.MAX_VALUE);
        invites.forEach((key, fate) -> fate.disturbed |= key.at.equals(address) || fate.caller.equals(address));
    }

    /** The phone can be reached again. */
    void back(HostPort address) {
        absentUntil.put(address, clock.nanoTime() + FORGOTTEN_NANOS + AFTERMATH_NANOS);
    }

    /** Whether the phone can't be reached, or could not a moment ago: who called it then may have given up by now. */
    boolean isAbsent(HostPort address) {
        return absentUntil.getOrDefault(address, 0L) > clock.nanoTime();
    }

    private void disturbIfAbsent(HostPort from, HostPort to, InviteKey key) {
        var fate = invites.get(key);
        if (fate != null) {
            fate.disturbed = isAbsent(from) || isAbsent(to);
        }
    }

    /** What is owed still, when all is quiet. */
    List<String> debts(boolean networkGetsThrough) {
        var debts = new ArrayList<String>();
        invites.forEach((key, fate) -> {
            if (fate.over) {
                return;
            }
            if (fate.finals.isEmpty()) {
                debts.add("no final response to the INVITE " + key);
            } else if (fate.succeeded && !fate.acknowledged && !byeOf.contains(key.callId)) {
                debts.add("no ACK for the 2xx to the INVITE " + key + ", and the session was not ended");
            } else if (fate.succeeded
                    && !fate.acknowledged
                    && !fate.disturbed
                    && networkGetsThrough
                    && !byeBy.contains(key.callId + fate.caller)) {
                debts.add("no ACK for the 2xx to the INVITE " + key + ", though both were there all the time");
            }
        });
        return debts;
    }

    private static String branch(SipMessage message) {
        return String.valueOf(message.topVia().branch());
    }
}
