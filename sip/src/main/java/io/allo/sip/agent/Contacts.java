package io.allo.sip.agent;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.header.ContactHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.message.SipMessage;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses in Contact and Via: ours as the other end has to write it, theirs as they were seen. Stateless. */
final class Contacts {
    private Contacts() {}

    /** What the other end of {@code flow} calls us: by the listener that serves the flow, by the flow itself where none does. */
    static HostPort addressFor(List<SipListener> listeners, Flow flow) {
        SipListener near = null;
        for (SipListener listener : listeners) {
            if (listener.serves(flow)) {
                if (listener.bound().port() == flow.local().port()) {
                    return listener.addressFor(flow);
                }
                near = near == null ? listener : near;
            }
        }
        return near == null ? flow.local() : near.addressFor(flow);
    }

    /** Whether one of the listeners is the UDP flow's own socket: not so for one remembered from before the configuration changed. */
    static boolean isServed(List<SipListener> listeners, Flow flow) {
        return listeners.stream()
                .anyMatch(listener -> listener.serves(flow)
                        && listener.bound().portOr(flow.defaultPort())
                                == flow.local().portOr(flow.defaultPort()));
    }

    /** Our Contact over {@code flow}. RFC 3261 section 8.1.1.8. */
    static NameAddress own(List<SipListener> listeners, Flow flow, @Nullable String user, boolean secure) {
        SipUri uri = SipUri.of(user, addressFor(listeners, flow)).withSecure(secure && flow.isSecure());
        if (flow.isReliable() && !uri.secure()) {
            uri = uri.withParameter("transport", flow.transport().toLowerCase(Locale.ROOT));
        }
        return NameAddress.of(uri);
    }

    /**
     * {@code message} with its Contact moved to where it came from, as {@code rewrite_contact} asks; one that came through a proxy (it has
     * Record-Route) stays, since the proxy's address is not the phone's.
     */
    @SuppressWarnings("unchecked")
    static <M extends SipMessage> M rewritten(M message, Flow flow) {
        ContactHeader contact = message.headers().contact();
        NameAddress first = contact.first();
        if (first == null
                || !(first.uri() instanceof SipUri uri)
                || message.headers().has(HeaderName.RECORD_ROUTE)) {
            return message;
        }
        SipUri seen = uri.withHostPort(flow.remote()).withoutParameter("maddr").withoutParameter("transport");
        if (flow.isReliable()) {
            seen = seen.withParameter("transport", flow.transport().toLowerCase(Locale.ROOT));
        }
        return (M) message.withHeader(HeaderName.CONTACT, first.withUri(seen).toString());
    }
}
