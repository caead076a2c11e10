package io.allo.sip.session;

import io.allo.sip.dialog.Dialog;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.MediaType;
import io.allo.sip.header.MinSeHeader;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.transaction.ServerTransactionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The other side's requests in one dialog: re-INVITE, UPDATE and PRACK with their offers, which wait for an answer from above; INFO and
 * OPTIONS, which don't. Our 2xx to an INVITE, the first one too, is kept here until its ACK. RFC 3261 sections 12.2.2 and 14.2, RFC 3311,
 * RFC 3262. Owned by the SIP loop.
 */
final class LegServer {
    private static final String SDP = "application/sdp";

    /** A request that waits for our answer to its offer. */
    private record Waiting(ServerTransactionId transaction, SipRequest request, boolean offerless) {}

    private final Leg leg;
    private final SessionContext context;
    private @Nullable Waiting waiting;
    private @Nullable AckWait ackWait;

    /** The 2xx that waits carried our offer. */
    private boolean answerInAck;

    LegServer(Leg leg, SessionContext context) {
        this.leg = leg;
        this.context = context;
    }

    /** Whether an INVITE of theirs waits for our answer, or our answer for its ACK. */
    boolean isInviteBusy() {
        return ackWait != null || waiting != null && waiting.request().method().equals(SipMethod.INVITE);
    }

    /** Whether an offer of theirs waits for us, or one of ours for their ACK. */
    boolean isOfferPending() {
        return waiting != null || answerInAck;
    }

    boolean isAckAwaited() {
        return ackWait != null;
    }

    /** Whether the ACK that is awaited has to bring an answer. */
    boolean isAnswerInAck() {
        return answerInAck;
    }

    void onRequest(ServerTransactionId transaction, SipRequest request, long nowNanos, Outbox<SessionOutput> out) {
        List<String> unsupported = Abilities.unsupported(request, context.settings);
        if (!leg.dialog.accepts(request)) {
            respond(transaction, context.busy(request, leg.localTag()), out);
        } else if (!unsupported.isEmpty()) {
            respond(
                    transaction,
                    plain(request, 420).withHeader(HeaderName.UNSUPPORTED, String.join(", ", unsupported)),
                    out);
        } else {
            leg.learn(request);
            switch (request.method().name()) {
                case "INVITE" -> onInvite(transaction, request, out);
                case "UPDATE" -> onUpdate(transaction, request, nowNanos, out);
                case "INFO" -> onInfo(transaction, request, out);
                case "OPTIONS" -> respond(transaction, abilities(plain(request, 200)), out);
                case "SUBSCRIBE", "PUBLISH" -> respond(transaction, plain(request, 489), out);
                case "NOTIFY", "PRACK" -> respond(transaction, plain(request, 481), out);
                default -> respond(transaction, notAllowed(request), out);
            }
        }
    }

    /** A PRACK that acknowledges a response of ours and brings an offer; without one it has been answered. RFC 3262 section 5. */
    void onPrackWithOffer(ServerTransactionId transaction, SipRequest prack, byte[] sdp, Outbox<SessionOutput> out) {
        if (!leg.exchange.isIdle() || waiting != null) {
            respond(transaction, plain(prack, 491), out);
            return;
        }
        leg.exchange.theyOffer();
        await(transaction, prack, sdp, out);
    }

    /** Sends our 2xx to an INVITE and keeps it until its ACK. */
    void sendSuccess(
            ServerTransactionId transaction,
            SipResponse response,
            boolean withOffer,
            long nowNanos,
            Outbox<SessionOutput> out) {
        ackWait = new AckWait(transaction, response, context.timers, nowNanos);
        answerInAck = withOffer;
        respond(transaction, response, out);
    }

    /** Whether the ACK is for the 2xx that waits; then what it answers is told. */
    boolean onAck(SipRequest ack, Outbox<SessionOutput> out) {
        if (ackWait == null || ackWait.sequence() != ack.cseq().number()) {
            return false;
        }
        ackWait = null;
        if (answerInAck) {
            answerInAck = false;
            byte[] sdp = Abilities.sdpOf(ack);
            if (sdp == null) {
                leg.exchange.withdraw();
                leg.die("no answer in ACK", ReasonHeader.of("SIP", 488, "No answer to offer"), true);
                return true;
            }
            leg.exchange.theyAnswer();
            out.add(new SessionOutput.Confirmed(sdp));
        }
        return true;
    }

    /** Our answer to the offer that waits, or our offer to the INVITE that had none. Whether anything waited for it. */
    boolean answer(byte[] sdp, long nowNanos, Outbox<SessionOutput> out) {
        Waiting answered = waiting;
        if (answered == null) {
            return false;
        }
        waiting = null;
        SipRequest request = answered.request();
        Headers.Builder headers = plain(request, 200).headers().toBuilder();
        Abilities.write(headers, context.settings);
        boolean prack = request.method().equals(SipMethod.PRACK);
        if (!prack && leg.dialog.state() == Dialog.State.CONFIRMED) {
            leg.timer.writeResponse(request, headers, nowNanos);
        }
        SipResponse response = new SipResponse(200, "OK", headers.build(), new byte[0]).withBody(SDP, sdp);
        if (answered.offerless()) {
            leg.exchange.weOffer(sdp);
        } else {
            leg.exchange.weAnswer(sdp);
        }
        if (request.method().equals(SipMethod.INVITE)) {
            sendSuccess(answered.transaction(), response, answered.offerless(), nowNanos, out);
        } else {
            respond(answered.transaction(), response, out);
        }
        return true;
    }

    /** Whether an offer waited and has been refused with {@code status}. */
    boolean refuse(int status, @Nullable String reason, Outbox<SessionOutput> out) {
        Waiting refused = waiting;
        if (refused == null) {
            return false;
        }
        waiting = null;
        if (leg.exchange.state() == OfferAnswer.State.THEIRS) {
            leg.exchange.withdraw();
        }
        respond(refused.transaction(), SessionContext.response(refused.request(), status, reason, leg.localTag()), out);
        return true;
    }

    /** A CANCEL for a re-INVITE. Whether it was one that waits. */
    boolean onCancel(ServerTransactionId invite, Outbox<SessionOutput> out) {
        boolean waits = waiting != null && waiting.transaction().equals(invite);
        return waits && refuse(487, null, out);
    }

    /** A 200 without an answer to a request that brought none. */
    void accept(ServerTransactionId transaction, SipRequest request, Outbox<SessionOutput> out) {
        respond(transaction, plain(request, 200), out);
    }

    SipResponse plain(SipRequest request, int status) {
        return SessionContext.response(request, status, null, leg.localTag());
    }

    long deadlineNanos() {
        return ackWait == null ? Long.MAX_VALUE : ackWait.deadlineNanos();
    }

    void onDeadline(long nowNanos, Outbox<SessionOutput> out) {
        AckWait wait = ackWait;
        if (wait == null) {
            return;
        }
        if (wait.isGivenUp(nowNanos)) {
            ackWait = null;
            answerInAck = false;
            leg.die("no ACK", ReasonHeader.of("SIP", 408, "No ACK"), true);
        } else {
            wait.onDeadline(nowNanos, out);
        }
    }

    private void onInvite(ServerTransactionId transaction, SipRequest request, Outbox<SessionOutput> out) {
        int status = inviteRefusal();
        if (status == 500) {
            respond(transaction, context.busy(request, leg.localTag()), out);
        } else if (status != 0) {
            respond(transaction, plain(request, status), out);
        } else if (isAcceptableOrRefused(transaction, request, out)) {
            leg.dialog.refreshTarget(request);
            byte[] sdp = Abilities.sdpOf(request);
            if (sdp != null) {
                leg.exchange.theyOffer();
            }
            await(transaction, request, sdp, out);
        }
    }

    /** RFC 3261 section 14.2: 500 while one of theirs is being answered, 491 while one of ours is. */
    private int inviteRefusal() {
        if (waiting != null || leg.exchange.state() == OfferAnswer.State.THEIRS) {
            return 500;
        }
        boolean early = leg.dialog.state() == Dialog.State.EARLY;
        return early || answerInAck || leg.client.isInviteBusy() || !leg.exchange.isIdle() ? 491 : 0;
    }

    private void onUpdate(
            ServerTransactionId transaction, SipRequest request, long nowNanos, Outbox<SessionOutput> out) {
        byte[] sdp = Abilities.sdpOf(request);
        if (sdp != null && (waiting != null || leg.exchange.state() == OfferAnswer.State.THEIRS)) {
            respond(transaction, context.busy(request, leg.localTag()), out);
        } else if (sdp != null && !mayTheyOfferByUpdate()) {
            respond(transaction, plain(request, 491), out);
        } else if (!isAcceptableOrRefused(transaction, request, out)) {
            return;
        } else if (sdp != null) {
            leg.dialog.refreshTarget(request);
            leg.exchange.theyOffer();
            await(transaction, request, sdp, out);
        } else {
            leg.dialog.refreshTarget(request);
            Headers.Builder headers = abilities(plain(request, 200)).headers().toBuilder();
            if (leg.dialog.state() == Dialog.State.CONFIRMED) {
                leg.timer.writeResponse(request, headers, nowNanos);
            }
            respond(transaction, new SipResponse(200, "OK", headers.build(), new byte[0]), out);
            out.add(new SessionOutput.OfferReceived(null, false, request.headers()));
        }
    }

    /** RFC 3311 section 5.2: not while an offer of ours is out, and in an early dialog only after the first exchange. */
    private boolean mayTheyOfferByUpdate() {
        boolean begun = leg.exchange.isCompleted() || leg.dialog.state() == Dialog.State.CONFIRMED;
        return leg.exchange.isIdle() && !answerInAck && !leg.client.isInviteBusy() && begun;
    }

    /** Refuses a body we can't read (415) and an interval that is too small (422). */
    private boolean isAcceptableOrRefused(
            ServerTransactionId transaction, SipRequest request, Outbox<SessionOutput> out) {
        long leastSeconds = leg.timer.tooSmallFor(request);
        if (request.hasBody() && Abilities.sdpOf(request) == null) {
            respond(transaction, plain(request, 415).withHeader(HeaderName.ACCEPT, Abilities.ACCEPT), out);
            return false;
        }
        if (leastSeconds > 0) {
            String least = MinSeHeader.of(leastSeconds).toString();
            respond(transaction, plain(request, 422).withHeader(HeaderName.MIN_SE, least), out);
            return false;
        }
        return true;
    }

    private void onInfo(ServerTransactionId transaction, SipRequest request, Outbox<SessionOutput> out) {
        MediaType type = request.contentType();
        respond(transaction, plain(request, 200), out);
        out.add(new SessionOutput.InfoReceived(type == null ? "" : type.full(), request.body()));
    }

    private void await(
            ServerTransactionId transaction, SipRequest request, byte @Nullable [] sdp, Outbox<SessionOutput> out) {
        waiting = new Waiting(transaction, request, sdp == null);
        out.add(new SessionOutput.OfferReceived(sdp, true, request.headers()));
    }

    private SipResponse abilities(SipResponse response) {
        Headers.Builder headers = response.headers().toBuilder();
        headers.set(HeaderName.ACCEPT, Abilities.ACCEPT);
        return response.withHeaders(Abilities.write(headers, context.settings).build());
    }

    private SipResponse notAllowed(SipRequest request) {
        return plain(request, request.method().isKnown() ? 405 : 501).withHeader(HeaderName.ALLOW, Abilities.ALLOW);
    }

    private static void respond(ServerTransactionId transaction, SipResponse response, Outbox<SessionOutput> out) {
        out.add(new SessionOutput.Respond(transaction, response));
    }
}
