package io.allo.sip.agent;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;
import io.allo.sip.dialog.Dialog;
import io.allo.sip.door.Source;
import io.allo.sip.flow.Flow;
import io.allo.sip.registrar.Binding;

/**
 * Who may speak within a dialog without proving a password. Call-ID and tags are no secret where signalling is plain, so they prove nothing:
 * what counts is the address. The port may change, as routers change it; of IPv6 the first 64 bits count. Owned by the SIP loop.
 */
final class DialogPeers {
    /** A dialog with whom it is held: the name of the endpoint, "" where that is not known. */
    record Party(Dialog dialog, String endpoint) {}

    private final AgentState state;
    private final Registrations registrations;

    DialogPeers(AgentState state, Registrations registrations) {
        this.state = state;
        this.registrations = registrations;
    }

    /**
     * Whether that is the other end: where it was last heard, where its Contact is, the proxy on the way there, where one of the endpoint's
     * phones is registered, or where the configuration has it.
     */
    boolean isPeer(Party party, Flow flow) {
        Dialog dialog = party.dialog();
        String host = flow.remote().host();
        if (host.equals(dialog.flow().remote().host())) {
            return true;
        }
        Source source = Source.of(host);
        return isAt(source, dialog.flow().remote())
                || isAt(source, dialog.remoteTarget())
                || isAt(source, dialog.nextHop())
                || isRegisteredAt(source, party.endpoint())
                || state.policy().speaksFor(party.endpoint(), flow);
    }

    private boolean isRegisteredAt(Source source, String name) {
        EndpointProfile endpoint = state.policy().endpoint(name);
        if (endpoint == null) {
            return false;
        }
        for (String aor : endpoint.aors()) {
            for (Binding binding : registrations.bindings(aor)) {
                if (isAt(source, binding.flow().remote())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAt(Source source, Uri uri) {
        return uri instanceof SipUri sip && isAt(source, sip.hostPort());
    }

    private static boolean isAt(Source source, HostPort place) {
        return place.isAddress() && Source.of(place.host()).equals(source);
    }
}
