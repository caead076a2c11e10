package io.allo.sim;

import io.allo.sip.address.HostPort;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at every datagram and holds it against RFC 3261, without any of the stack's machines: every INVITE that arrived gets
 * exactly one final response; every 2xx to it is acknowledged, or the session ended. Whoever has the turn.
 */
final class WireWatch implements SimNetwork.Watcher {

    /** An INVITE at the one who has to answer it. */
    private record InviteKey(HostPort at, String callId, long cseq, String branch) {}

    /** What became of an INVITE. */
    private static final class Fate {
        private final Set<Integer> finals = new LinkedHashSet<>();
        private boolean over;
        private boolean succeeded;
        private boolean acknowledged;
    }

    private final BindingWatch bindings;
    private final HostPort server;
    private final Map<InviteKey, Fate> invites = new LinkedHashMap<>();
    private final Set<String> byeOf = new LinkedHashSet<>();
    private long inviteTotal;

    WireWatch(BindingWatch bindings, HostPort server) {
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
        }
    }

    private void answered(HostPort at, SipResponse response) {
        var key = new InviteKey(at, response.callId(), response.cseq().number(), branch(response));
        var fate = invites.get(key);
        if (fate == null) {
            throw new SimFailure(at + " answers an INVITE that never came: " + response.startLine() + " " + key);
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
            if (invites.putIfAbsent(key, new Fate()) == null) {
                inviteTotal++;
            }
        } else if (request.method().is("ACK")) {
            invites.forEach((key, fate) -> {
                if (key.at.equals(to)
                        && key.callId.equals(request.callId())
                        && key.cseq == request.cseq().number()) {
                    fate.acknowledged = true;
                }
            });
        }
    }

    /** A phone was switched off: it owes nothing more. */
    void vanished(HostPort address) {
        invites.forEach((key, fate) -> {
            if (key.at.equals(address)) {
                fate.over = true;
            }
        });
    }

    /** What is owed still, when all is quiet. */
    List<String> debts() {
        var debts = new ArrayList<String>();
        invites.forEach((key, fate) -> {
            if (fate.over) {
                return;
            }
            if (fate.finals.isEmpty()) {
                debts.add("no final response to the INVITE " + key);
            } else if (fate.succeeded && !fate.acknowledged && !byeOf.contains(key.callId)) {
                debts.add("no ACK for the 2xx to the INVITE " + key + ", and the session was not ended");
            }
        });
        return debts;
    }

    private static String branch(SipMessage message) {
        return String.valueOf(message.topVia().branch());
    }
}
