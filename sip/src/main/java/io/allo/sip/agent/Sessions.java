package io.allo.sip.agent;

import io.allo.core.timer.TimerQueue;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;
import io.allo.sip.dialog.Dialog;
import io.allo.sip.dialog.DialogTable;
import io.allo.sip.dialog.RouteSet;
import io.allo.sip.dialog.Tags;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.session.InviteSession;
import io.allo.sip.session.MessageCheck;
import io.allo.sip.session.SessionOutput;
import io.allo.sip.transaction.ServerTransactionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All sessions: hands to each what is for it, does what it wants done, tells above what it says. A step that throws ends its session and no
 * other. Owned by the SIP loop.
 */
final class Sessions {
    private final AgentState state;
    private final Requester requester;
    private final Map<SessionId, HeldSession> held = new LinkedHashMap<>();
    private final DialogTable<HeldSession> dialogs = new DialogTable<>();
    private final Map<ServerTransactionId, HeldSession> invites = new HashMap<>();
    private final TimerQueue<HeldSession> timers = new TimerQueue<>();
    private final Outbox<SessionOutput> outputs = new Outbox<>();
    private long lastIncoming;

    Sessions(AgentState state, Requester requester) {
        this.state = state;
        this.requester = requester;
    }

    int count() {
        return held.size();
    }

    int dialogCount() {
        return dialogs.size();
    }

    boolean isFull() {
        return held.size() >= state.settings().limits().sessions();
    }

    // From the network.

    /** A new call. */
    void take(
            ServerTransactionId transaction,
            SipRequest request,
            Flow flow,
            EndpointProfile endpoint,
            long nowNanos,
            Outbox<UserAgentEvent> out) {
        SipRequest invite = endpoint.rewriteContact() ? Contacts.rewritten(request, flow) : request;
        var session =
                new InviteSession(endpoint.session(), state.settings().timers(), endpoint.accounts(), state.random);
        String user = endpoint.contactUser();
        if (user == null && request.uri() instanceof SipUri called) {
            user = called.user();
        }
        var taken = new HeldSession(
                new SessionId(--lastIncoming), session, user, endpoint.rewriteContact(), endpoint.name(), null, null);
        held.put(taken.id, taken);
        invites.put(transaction, taken);
        step(taken, nowNanos, out, s -> {
            s.take(transaction, invite, flow, outputs);
            if (!s.isEnded()) {
                outputs.add(new SessionOutput.Respond(transaction, SipResponse.to(request, 100, null)));
            }
        });
        if (!session.isEnded()) {
            byte[] offer = MessageCheck.sdpOf(request);
            taken.known = true;
            out.add(new UserAgentEvent.IncomingCall(taken.id, endpoint, invite, flow, offer));
        }
    }

    /** Whose dialog a request came in; null where it is none of ours. */
    DialogPeers.@Nullable Party party(SipRequest request) {
        HeldSession session = dialogs.find(request);
        Dialog dialog = session == null ? null : session.session.dialog(request);
        return session == null || dialog == null ? null : new DialogPeers.Party(dialog, session.endpoint);
    }

    /** A request with a To tag. Whether it is for one of our dialogs. */
    boolean receive(
            ServerTransactionId transaction, SipRequest request, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
        HeldSession session = dialogs.find(request);
        if (session == null) {
            return false;
        }
        if (request.method().equals(SipMethod.INVITE)) {
            invites.put(transaction, session);
        }
        SipRequest seen = session.rewriteContact ? Contacts.rewritten(request, flow) : request;
        step(session, nowNanos, out, s -> s.onRequest(transaction, seen, flow, nowNanos, outputs));
        return true;
    }

    /**
     * An ACK; one for nothing is dropped. It can't be challenged: one from {@code elsewhere} acknowledges, but its description is not taken
     * and nothing is sent to where it came from.
     */
    void receiveAck(SipRequest ack, Flow flow, boolean elsewhere, long nowNanos, Outbox<UserAgentEvent> out) {
        HeldSession session = dialogs.find(ack);
        Dialog dialog = session == null ? null : session.session.dialog(ack);
        if (session == null || dialog == null) {
            return;
        }
        try {
            MessageCheck.check(ack);
        } catch (SipParseException malformed) {
            out.add(new UserAgentEvent.RequestRefused(flow, "ACK", ack.uri(), "", 0, "dropped: " + malformed.what()));
            return;
        }
        if (elsewhere && ack.body().length > 0) {
            String why = "dropped: a description from another address than its call";
            out.add(new UserAgentEvent.RequestRefused(flow, "ACK", ack.uri(), session.endpoint, 0, why));
            return;
        }
        Flow heard = elsewhere ? dialog.flow() : flow;
        step(session, nowNanos, out, s -> s.onAck(ack, heard, nowNanos, outputs));
    }

    /** A CANCEL for that INVITE. */
    void receiveCancel(ServerTransactionId invite, SipRequest cancel, long nowNanos, Outbox<UserAgentEvent> out) {
        HeldSession session = invites.get(invite);
        if (session != null) {
            step(session, nowNanos, out, s -> s.onCancel(invite, cancel, outputs));
        }
    }

    /** A server transaction is no more. */
    void transactionOver(ServerTransactionId transaction) {
        invites.remove(transaction);
    }

    long deadlineNanos() {
        return timers.nextDeadlineNanos();
    }

    void onDeadline(long nowNanos, Outbox<UserAgentEvent> out) {
        for (HeldSession due = timers.pollExpired(nowNanos); due != null; due = timers.pollExpired(nowNanos)) {
            step(due, nowNanos, out, s -> s.onDeadline(nowNanos, outputs));
        }
    }

    // From above.

    void place(UserAgentCommand.PlaceCall call, long nowNanos, Outbox<UserAgentEvent> out) {
        SessionId id = call.session();
        if (id.isIncoming() || held.containsKey(id)) {
            throw new IllegalArgumentException(id + " can't be placed: its name is taken");
        }
        if (isFull() || state.isDraining()) {
            String why = state.isDraining() ? "shutting down" : "too many sessions";
            out.add(new UserAgentEvent.CallRefused(id, 503, why, List.of(), null, Headers.EMPTY));
            out.add(new UserAgentEvent.SessionEnded(id));
            return;
        }
        OutgoingProfile profile = call.profile();
        CallTarget target = call.target();
        var session = new InviteSession(profile.session(), state.settings().timers(), profile.accounts(), state.random);
        String user = profile.contactUser();
        if (user == null && profile.from().uri() instanceof SipUri from) {
            user = from.user();
        }
        var placed = new HeldSession(
                id, session, user, profile.rewriteContact(), profile.endpoint(), target.listenerName(), target.flow());
        placed.known = true;
        held.put(id, placed);
        RouteSet.Path path = new RouteSet(target.routes()).pathTo(target.requestUri());
        SipRequest invite = invite(call, path);
        step(placed, nowNanos, out, s -> s.place(invite, path.nextHop(), target.flow(), call.offer(), outputs));
    }

    void command(UserAgentCommand.SessionCommand command, long nowNanos, Outbox<UserAgentEvent> out) {
        if (command instanceof UserAgentCommand.PlaceCall call) {
            place(call, nowNanos, out);
            return;
        }
        HeldSession session = held.get(command.session());
        if (session != null) {
            step(session, nowNanos, out, s -> obey(s, command, nowNanos));
        }
    }

    void hangUpAll(@Nullable ReasonHeader reason, long nowNanos, Outbox<UserAgentEvent> out) {
        for (HeldSession each : new ArrayList<>(held.values())) {
            step(each, nowNanos, out, s -> s.hangUp(reason, nowNanos, outputs));
        }
    }

    private void obey(InviteSession session, UserAgentCommand.SessionCommand command, long nowNanos) {
        switch (command) {
            case UserAgentCommand.PlaceCall call -> throw new IllegalStateException("placed before: " + call.session());
            case UserAgentCommand.Ring c -> session.ring(c.status(), c.reason(), c.sdp(), c.extra(), nowNanos, outputs);
            case UserAgentCommand.Answer c -> session.answer(c.sdp(), c.extra(), nowNanos, outputs);
            case UserAgentCommand.Reject c -> session.reject(c.status(), c.reason(), c.extra(), outputs);
            case UserAgentCommand.HangUp c -> session.hangUp(c.reason(), nowNanos, outputs);
            case UserAgentCommand.Offer c -> session.offer(c.sdp(), false, Headers.EMPTY, nowNanos, outputs);
            case UserAgentCommand.Update c -> {
                byte[] sdp = c.sdp();
                if (sdp == null) {
                    session.update(c.extra(), outputs);
                } else {
                    session.offer(sdp, true, c.extra(), nowNanos, outputs);
                }
            }
            case UserAgentCommand.AnswerOffer c -> session.answerOffer(c.sdp(), nowNanos, outputs);
            case UserAgentCommand.RefuseOffer c -> session.refuseOffer(c.status(), c.reason(), nowNanos, outputs);
            case UserAgentCommand.SendInfo c -> session.info(c.contentType(), c.body(), c.extra(), outputs);
        }
    }

    private SipRequest invite(UserAgentCommand.PlaceCall call, RouteSet.Path path) {
        NameAddress to = call.target().to();
        NameAddress called = to == null ? NameAddress.of(call.target().requestUri()) : to;
        Headers.Builder headers = Headers.builder();
        path.writeTo(headers);
        headers.append(
                        HeaderName.FROM,
                        call.profile()
                                .from()
                                .withParameter("tag", Tags.next(state.random))
                                .toString())
                .append(HeaderName.TO, called.toString())
                .append(HeaderName.CALL_ID, Tags.callId(state.random))
                .append(HeaderName.CSEQ, "1 INVITE");
        call.extra().forEach((name, value) -> {
            if (!WRITTEN.contains(name)) {
                headers.add(name, value);
            }
        });
        return new SipRequest(SipMethod.INVITE, path.requestUri(), headers.build());
    }

    /** One step of one session, and then what it wants. */
    private void step(HeldSession of, long nowNanos, Outbox<UserAgentEvent> out, Consumer<InviteSession> action) {
        try {
            action.accept(of.session);
        } catch (RuntimeException failure) {
            outputs.clear();
            abandon(of, failure, nowNanos, out);
            return;
        }
        outputs.drain(output -> perform(of, output, nowNanos, out));
        if (!of.session.isEnded()) {
            timers.schedule(of, of.session.deadlineNanos());
        }
    }

    /** A step of ours went wrong: the session is given up, as kindly as is possible without trusting it. */
    private void abandon(HeldSession of, RuntimeException failure, long nowNanos, Outbox<UserAgentEvent> out) {
        out.add(new UserAgentEvent.StepFailed(of.id.toString(), failure));
        for (OutgoingRequest request : new ArrayList<>(of.requests.values())) {
            if (request.request.method().equals(SipMethod.INVITE)) {
                requester.cancel(request, null, nowNanos, out);
            }
        }
        if (of.known) {
            ReasonHeader reason = ReasonHeader.of("SIP", 500, "Internal error");
            out.add(new UserAgentEvent.CallHungUp(of.id, reason, "internal error"));
        }
        dialogs.removeAll(of);
        end(of, out);
    }

    private void perform(HeldSession of, SessionOutput output, long nowNanos, Outbox<UserAgentEvent> out) {
        switch (output) {
            case SessionOutput.Send send -> send(of, send, nowNanos, out);
            case SessionOutput.SendAck ack ->
                requester.send(request(of, ack.ack(), ack.nextHop(), ack.flow(), new AckOwner(of.id)), nowNanos, out);
            case SessionOutput.Cancel cancel -> {
                OutgoingRequest invite = of.requests.get(cancel.number());
                ReasonHeader reason = cancel.reason();
                if (invite != null) {
                    requester.cancel(invite, reason == null ? null : reason.toString(), nowNanos, out);
                }
            }
            case SessionOutput.Respond respond ->
                state.respond(respond.transaction(), respond.response(), of.contactUser, nowNanos);
            case SessionOutput.DialogBegun begun -> dialogs.put(begun.dialog(), of);
            case SessionOutput.DialogEnded ended -> dialogs.remove(ended.dialog(), of);
            case SessionOutput.Ended ended -> end(of, out);
            default -> tell(of.id, output, out);
        }
    }

    private static void tell(SessionId id, SessionOutput output, Outbox<UserAgentEvent> out) {
        out.add(
                switch (output) {
                    case SessionOutput.Progress o ->
                        new UserAgentEvent.CallProgress(
                                id, o.status(), o.reason(), o.sdp(), o.remoteTag(), o.headers());
                    case SessionOutput.Answered o ->
                        new UserAgentEvent.CallAnswered(
                                id,
                                o.sdp(),
                                o.answerExpected(),
                                o.remoteTag(),
                                o.response().headers(),
                                o.response());
                    case SessionOutput.Refused o ->
                        new UserAgentEvent.CallRefused(
                                id, o.status(), o.reason(), o.contacts(), o.reasonHeader(), o.headers());
                    case SessionOutput.Confirmed o -> new UserAgentEvent.CallConfirmed(id, o.sdp());
                    case SessionOutput.HungUp o -> new UserAgentEvent.CallHungUp(id, o.reasonHeader(), o.why());
                    case SessionOutput.OfferReceived o ->
                        new UserAgentEvent.OfferReceived(id, o.sdp(), o.answerExpected(), o.headers());
                    case SessionOutput.OfferAnswered o -> new UserAgentEvent.OfferAnswered(id, o.sdp());
                    case SessionOutput.OfferRefused o -> new UserAgentEvent.OfferRefused(id, o.status(), o.reason());
                    case SessionOutput.InfoReceived o -> new UserAgentEvent.InfoReceived(id, o.contentType(), o.body());
                    default -> throw new IllegalStateException("not for above: " + output);
                });
    }

    private void send(HeldSession of, SessionOutput.Send send, long nowNanos, Outbox<UserAgentEvent> out) {
        OutgoingRequest outgoing =
                request(of, send.request(), send.nextHop(), send.flow(), new SessionRequest(of, send.number()));
        of.requests.put(send.number(), outgoing);
        requester.send(outgoing, nowNanos, out);
    }

    private static OutgoingRequest request(
            HeldSession of, SipRequest request, Uri nextHop, @Nullable Flow flow, RequestOwner owner) {
        boolean trusted = flow != null && flow.equals(of.placedOver);
        return new OutgoingRequest(request, nextHop, flow, trusted, of.listenerName, of.contactUser, owner);
    }

    private void end(HeldSession of, Outbox<UserAgentEvent> out) {
        if (held.remove(of.id) != null) {
            timers.cancel(of);
            of.requests.clear();
            if (of.known) {
                out.add(new UserAgentEvent.SessionEnded(of.id));
            }
        }
    }

    /** Waits for what becomes of a request of a session. */
    private final class SessionRequest implements RequestOwner {
        private final HeldSession of;
        private final long number;

        SessionRequest(HeldSession of, long number) {
            this.of = of;
            this.number = number;
        }

        @Override
        public void onResponse(SipResponse response, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
            SipResponse seen = of.rewriteContact ? Contacts.rewritten(response, flow) : response;
            if (of.session.isEnded()) {
                endLateAnswer(seen, flow, nowNanos, out);
                return;
            }
            try {
                MessageCheck.check(seen);
            } catch (SipParseException malformed) {
                out.add(new UserAgentEvent.StepFailed(of.id + ": malformed response", malformed));
                if (response.isFinal()) {
                    step(of, nowNanos, out, s -> s.onFailed(number, 500, malformed.what(), nowNanos, outputs));
                }
                return;
            }
            step(of, nowNanos, out, s -> s.onResponse(number, seen, flow, nowNanos, outputs));
            forgetIfDone(response);
        }

        @Override
        public void onFailed(int status, String why, long nowNanos, Outbox<UserAgentEvent> out) {
            of.requests.remove(number);
            if (!of.session.isEnded()) {
                step(of, nowNanos, out, s -> s.onFailed(number, status, why, nowNanos, outputs));
            }
        }

        private void forgetIfDone(SipResponse response) {
            if (response.isFinal()) {
                of.requests.remove(number);
            }
        }

        /** A 2xx to an INVITE whose session is over, of another branch or again: acknowledged and ended. RFC 3261 13.2.2.4. */
        private void endLateAnswer(SipResponse response, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
            if (response.isSuccess() && response.method().equals(SipMethod.INVITE)) {
                Dialog dialog = Dialog.ofClient(response, flow);
                dialog.confirm(response);
                SipRequest ack = dialog.ack(response.cseq().number());
                requester.send(request(of, ack, dialog.nextHop(), flow, new AckOwner(of.id)), nowNanos, out);
                requester.send(
                        request(of, dialog.request(SipMethod.BYE), dialog.nextHop(), flow, new AckOwner(of.id)),
                        nowNanos,
                        out);
            }
        }
    }

    /** Of what nobody waits for: ACK, and the BYE to a branch that answered too late. */
    private record AckOwner(SessionId id) implements RequestOwner {
        @Override
        public void onResponse(SipResponse response, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
            // whatever it says, nothing is left to do
        }

        @Override
        public void onFailed(int status, String why, long nowNanos, Outbox<UserAgentEvent> out) {
            // an ACK that is lost is asked for again by the 2xx
        }
    }

    private static final Set<String> WRITTEN = Set.of(
            HeaderName.VIA,
            HeaderName.ROUTE,
            HeaderName.FROM,
            HeaderName.TO,
            HeaderName.CALL_ID,
            HeaderName.CSEQ,
            HeaderName.CONTACT,
            HeaderName.CONTENT_TYPE,
            HeaderName.CONTENT_LENGTH);
}
