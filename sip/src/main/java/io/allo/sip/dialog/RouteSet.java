package io.allo.sip.dialog;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.RecordRouteHeader;
import io.allo.sip.message.SipMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The proxies that a request visits before its target, in order. RFC 3261 sections 12.1 and 12.2.1.1. */
public record RouteSet(List<NameAddress> routes) {
    /** None. */
    public static final RouteSet EMPTY = new RouteSet(List.of());

    public RouteSet {
        routes = List.copyOf(routes);
    }

    /** Where a request goes: its Request-URI, its Route values, and the URI that names the next hop. */
    public record Path(Uri requestUri, List<NameAddress> routes, Uri nextHop) {
        /** {@code headers} with these Route values and no others. */
        public void writeTo(Headers.Builder headers) {
            headers.remove(HeaderName.ROUTE).addAll(HeaderName.ROUTE, routes);
        }
    }

    /** Of one who was asked: the Record-Route values in their order. RFC 3261 section 12.1.1. */
    public static RouteSet ofServer(SipMessage request) {
        return of(request, false);
    }

    /** Of one who asked: the Record-Route values of the response in reverse. RFC 3261 section 12.1.2. */
    public static RouteSet ofClient(SipMessage response) {
        return of(response, true);
    }

    /**
     * The way to {@code target}: through loose routers as Route values; a strict router becomes the Request-URI and the target the last
     * Route. RFC 3261 section 12.2.1.1.
     */
    public Path pathTo(Uri target) {
        if (routes.isEmpty()) {
            return new Path(target, List.of(), target);
        }
        Uri first = routes.get(0).uri();
        if (!(first instanceof SipUri strict) || strict.isLooseRouter()) {
            return new Path(target, routes, first);
        }
        var rest = new ArrayList<>(routes.subList(1, routes.size()));
        rest.add(NameAddress.of(target));
        // What a Request-URI may not hold, RFC 3261 section 19.1.1: method and headers.
        Uri requestUri = strict.withoutParameter("method").withHeaders(Parameters.EMPTY);
        return new Path(requestUri, rest, requestUri);
    }

    private static RouteSet of(SipMessage message, boolean reversed) {
        List<RecordRouteHeader> recorded = message.headers().recordRoutes();
        if (recorded.isEmpty()) {
            return EMPTY;
        }
        var routes = new ArrayList<NameAddress>(recorded.size());
        recorded.forEach(route -> routes.add(route.address()));
        if (reversed) {
            Collections.reverse(routes);
        }
        return new RouteSet(routes);
    }
}
