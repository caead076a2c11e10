package io.allo.sip.transaction;

import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ViaHeader;
import io.allo.sip.message.SipRequest;

/**
 * What the topmost Via of a request says about the way back: completed with what was seen of the sender (RFC 3261 section 18.2.1, RFC
 * 3581 section 4), and read for where responses go (18.2.2).
 */
public final class ReceivedVia {
    private static final String RECEIVED = "received";
    private static final String RPORT = "rport";

    private ReceivedVia() {}

    /**
     * {@code request} with {@code received} where the sender's address is not the one it wrote, it asked for {@code rport}, or it wrote
     * one itself; and with the value of {@code rport} where it asked for that.
     */
    public static SipRequest complete(SipRequest request, Flow flow) {
        ViaHeader via = request.topVia();
        HostPort source = flow.remote();
        boolean rport = via.parameters().has(RPORT);
        if (!rport && !via.parameters().has(RECEIVED) && via.sentBy().host().equals(source.host())) {
            return request;
        }
        ViaHeader completed = via.withParameter(RECEIVED, source.host());
        if (rport) {
            completed = completed.withParameter(RPORT, Integer.toString(source.port()));
        }
        Headers headers =
                request.headers().withoutFirst(HeaderName.VIA).prepending(HeaderName.VIA, completed.toString());
        return request.withHeaders(headers);
    }

    /**
     * The flow that responses to {@code request} go out over: a connection's own; over UDP from the socket it came to, back to the port
     * it came from if {@code toSource} or the Via asks so with {@code rport}, otherwise to the port that the Via names. The {@code maddr}
     * of a Via is not followed: whoever could name any address there would make us a reflector.
     */
    public static Flow answerFlow(SipRequest request, Flow flow, boolean toSource) {
        ViaHeader via = request.topVia();
        if (flow.isReliable() || toSource || via.parameters().has(RPORT)) {
            return flow;
        }
        HostPort address = flow.remote().withPort(via.sentBy().portOr(flow.defaultPort()));
        return address.equals(flow.remote()) ? flow : new Flow(flow.transport(), flow.local(), address, flow.id());
    }

    /**
     * Where to open a connection to for a response whose own is gone: the address that the request came from and the port that its Via
     * names. RFC 3261 section 18.2.2.
     */
    public static HostPort reconnectTo(SipRequest request, Flow flow) {
        return flow.remote().withPort(request.topVia().sentBy().portOr(flow.defaultPort()));
    }
}
