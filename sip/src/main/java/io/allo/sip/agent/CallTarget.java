package io.allo.sip.agent;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an INVITE goes: the Request-URI, who it is for ({@code to}; null: the Request-URI), the proxies on the way (an outbound proxy, a
 * binding's Path), the flow to use where one leads there (a connection that a phone registered over) and the listener to send from.
 */
public record CallTarget(
        SipUri requestUri,
        @Nullable NameAddress to,
        List<NameAddress> routes,
        @Nullable Flow flow,
        @Nullable String listenerName) {

    public CallTarget {
        routes = List.copyOf(routes);
    }

    /** A URI to be located by RFC 3263. */
    public static CallTarget of(SipUri requestUri) {
        return new CallTarget(requestUri, null, List.of(), null, null);
    }
}
