package io.allo.sip.agent;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.dialog.RouteSet;
import io.allo.sip.dialog.Tags;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.registrar.Binding;
import java.util.List;

/**
 * NOTIFYs that nobody subscribed to, to the phones of an address of record, as telephones expect for their message lamps (Asterisk's
 * {@code mailboxes} of an endpoint). What becomes of them does not matter. Owned by the SIP loop.
 */
final class Notices {
    private static final RequestOwner NOBODY = new RequestOwner() {
        @Override
        public void onResponse(SipResponse response, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {}

        @Override
        public void onFailed(int status, String why, long nowNanos, Outbox<UserAgentEvent> out) {}
    };

    private final AgentState state;
    private final Requester requester;

    Notices(AgentState state, Requester requester) {
        this.state = state;
        this.requester = requester;
    }

    void send(
            UserAgentCommand.NotifyContacts command,
            List<Binding> bindings,
            long nowNanos,
            Outbox<UserAgentEvent> out) {
        for (Binding binding : bindings) {
            List<NameAddress> routes =
                    binding.path().stream().map(NameAddress::parse).toList();
            RouteSet.Path path = new RouteSet(routes).pathTo(binding.target());
            NameAddress from = NameAddress.of(
                    SipUri.of(state.settings().realm(), binding.target().hostPort()));
            Headers.Builder headers = Headers.builder();
            path.writeTo(headers);
            headers.append(
                            HeaderName.FROM,
                            from.withParameter("tag", Tags.next(state.random)).toString())
                    .append(HeaderName.TO, NameAddress.of(binding.target()).toString())
                    .append(HeaderName.CALL_ID, Tags.callId(state.random))
                    .append(HeaderName.CSEQ, "1 NOTIFY")
                    .append(HeaderName.EVENT, command.event())
                    .append(HeaderName.SUBSCRIPTION_STATE, "active");
            var request = new SipRequest(SipMethod.NOTIFY, path.requestUri(), headers.build())
                    .withBody(command.contentType(), command.body());
            requester.send(
                    new OutgoingRequest(request, path.nextHop(), binding.flow(), true, null, null, NOBODY),
                    nowNanos,
                    out);
        }
    }
}
