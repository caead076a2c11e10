package io.allo.sip.agent;

import io.allo.sip.address.SipUri;
import io.allo.sip.dialog.Tags;
import io.allo.sip.door.Ban;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.message.StatusCode;
import java.util.ArrayList;
import java.util.List;

/**
 * What is turned away on the door-step, before there is a transaction: scanners, what can't be read, and what is too much. Strangers get as
 * little as can be: over UDP nothing at all. Owned by the SIP loop.
 */
final class DoorStep {
    private static final String RETRY_AFTER_SECONDS = "5";

    private final AgentState state;

    DoorStep(AgentState state) {
        this.state = state;
    }

    /** Whether nothing more is to become of the message. */
    boolean isTurnedAway(Flow flow, SipMessage message, long nowNanos, Outbox<UserAgentEvent> out) {
        if (!(message instanceof SipRequest request)) {
            return false;
        }
        String program = request.headers().first(HeaderName.USER_AGENT);
        var bans = new ArrayList<Ban>(1);
        if (!state.door.isScanner(program, flow.remote(), nowNanos, bans)) {
            return false;
        }
        for (Ban ban : bans) {
            out.add(knocked(flow, request, userOf(request), Admission.SCANNER, program == null ? "" : program));
            out.add(new UserAgentEvent.Banned(ban));
        }
        if (flow.isReliable()) {
            out.add(new UserAgentEvent.CloseFlow(flow));
        }
        return true;
    }

    /** What is no message is answered where it can be; a stranger's datagram is not. */
    void malformed(Flow flow, BadMessageException problem, long nowNanos, Outbox<UserAgentEvent> out) {
        if (!state.policy().admits(flow)) {
            return;
        }
        boolean known = state.isKnown(flow, nowNanos);
        out.add(new UserAgentEvent.Knocked(
                flow, "", "", "", "", Admission.MALFORMED, String.valueOf(problem.getMessage())));
        SipResponse answer = known || flow.isReliable() ? problem.answer(Tags.next(state.random)) : null;
        if (answer != null) {
            out.add(new UserAgentEvent.Transmit(flow, known ? answer : bare(answer)));
        }
    }

    /** 503 to a request, without a transaction: whoever repeats it is told again, if he is not over that limit too. */
    void excess(Flow flow, SipMessage message, Outbox<UserAgentEvent> out) {
        if (message instanceof SipRequest request && !request.method().equals(SipMethod.ACK)) {
            out.add(knocked(
                    flow, request, userOf(request), Admission.TOO_MANY, "more requests than one address may send"));
            SipResponse busy = SipResponse.to(request, 503, Tags.next(state.random))
                    .withHeader(HeaderName.RETRY_AFTER, RETRY_AFTER_SECONDS);
            out.add(new UserAgentEvent.Transmit(flow, busy));
        }
    }

    /** The same response without what tells who we are. */
    static SipResponse bare(SipResponse response) {
        var headers = response.headers().toBuilder();
        TELLING.forEach(headers::remove);
        return new SipResponse(
                response.status(), StatusCode.reason(response.status()), headers.build(), response.body());
    }

    static UserAgentEvent.Knocked knocked(
            Flow flow, SipRequest request, String user, Admission admission, String detail) {
        return new UserAgentEvent.Knocked(
                flow, request.method().name(), request.uri().toString(), user, request.callId(), admission, detail);
    }

    /** Who the request says it is from. */
    static String userOf(SipRequest request) {
        var from = request.headers().from();
        String user = from != null && from.uri() instanceof SipUri uri ? uri.user() : null;
        return user == null ? "" : user;
    }

    private static final List<String> TELLING =
            List.of(HeaderName.ALLOW, HeaderName.ACCEPT, HeaderName.SUPPORTED, HeaderName.SERVER);
}
