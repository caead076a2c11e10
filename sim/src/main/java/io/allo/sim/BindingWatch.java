package io.allo.sim;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipUri;
import io.allo.sip.header.ContactHeader;
import io.allo.sip.message.SipResponse;
import io.allo.sip.registrar.RegistrarEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A binding exists exactly as long as its expiry: what the server promised in its answers to REGISTER is held against what it
 * keeps and what it removes. Whoever has the turn.
 */
final class BindingWatch {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final SimClock clock;
    private final Map<HostPort, Long> promised = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();

    BindingWatch(SimClock clock) {
        this.clock = clock;
    }

    /** The server answers a REGISTER. Only phones with one contact each, so that the first is meant. */
    void answered(HostPort phone, SipResponse response) {
        if (!response.isSuccess()
                || !seen.add(response.callId() + response.cseq().number())) {
            return;
        }
        promised.remove(phone);
        for (var contact : response.headers().contact().addresses()) {
            if (contact.uri() instanceof SipUri uri && uri.hostPort().equals(phone)) {
                promised.put(phone, clock.nanoTime() + ContactHeader.expires(contact) * SECOND_NANOS);
            }
        }
    }

    /** The server keeps or removes a binding. */
    void changed(RegistrarEvent event) {
        if (event instanceof RegistrarEvent.BindingRemoved removed
                && removed.reason() == RegistrarEvent.Reason.EXPIRED) {
            var phone = removed.binding().contact().hostPort();
            var until = promised.remove(phone);
            if (until == null || Math.abs(until - clock.nanoTime()) > SECOND_NANOS) {
                throw new SimFailure("the binding of " + phone + " was removed at " + clock.nanoTime()
                        + " though it was promised until " + until);
            }
        }
    }

    /** Whether the phone has to be reachable now. */
    boolean holds(HostPort phone) {
        var until = promised.get(phone);
        return until != null && until > clock.nanoTime() + SECOND_NANOS;
    }

    /** Whether the phone may not be reachable any more. */
    boolean isOver(HostPort phone) {
        var until = promised.get(phone);
        return until == null || until < clock.nanoTime() - SECOND_NANOS;
    }
}
