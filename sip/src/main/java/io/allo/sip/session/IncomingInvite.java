package io.allo.sip.session;

import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.RAckHeader;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.message.StatusCode;
import io.allo.sip.transaction.ServerTransactionId;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The INVITE that begins a call that came in, until our final response. RFC 3261 section 13.3, RFC 3262 section 3. What we say goes out in
 * order: behind a reliable provisional response the next one waits for its PRACK, and a 2xx too if that carried a description. Owned by the
 * SIP loop.
 */
final class IncomingInvite {
    /** How many provisional responses may wait for a PRACK. */
    static final int MAX_QUEUED = 16;

    /** RFC 3261 section 13.3.1.1: a provisional response every minute keeps proxies from giving up. */
    private static final long REMIND_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final String SDP = "application/sdp";

    private enum State {
        PROCEEDING,
        ANSWERED,
        REFUSED
    }

    /** A response that waits for its turn. */
    private record Queued(int status, @Nullable String reason, byte @Nullable [] sdp, Headers extra) {}

    private final ServerTransactionId transaction;
    private final SipRequest invite;
    private final SessionContext context;
    private final Leg leg;
    private final ReliableSender sender;
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private final boolean offered;
    private final boolean reliable;
    private State state = State.PROCEEDING;
    private @Nullable Queued last;
    private long remindNanos = Long.MAX_VALUE;

    IncomingInvite(ServerTransactionId transaction, SipRequest invite, SessionContext context, Leg leg) {
        this.transaction = transaction;
        this.invite = invite;
        this.context = context;
        this.leg = leg;
        this.sender = new ReliableSender(transaction, context.timers, context.random);
        this.offered = Abilities.sdpOf(invite) != null;
        this.reliable = isReliable();
        leg.learn(invite);
        if (offered) {
            leg.exchange.theyOffer();
        }
    }

    boolean isProceeding() {
        return state == State.PROCEEDING;
    }

    boolean isAnswered() {
        return state == State.ANSWERED;
    }

    ServerTransactionId transaction() {
        return transaction;
    }

    /** A provisional response. */
    void ring(
            int status,
            @Nullable String reason,
            byte @Nullable [] sdp,
            Headers extra,
            long nowNanos,
            Outbox<SessionOutput> out) {
        if (state == State.PROCEEDING && queue.size() < MAX_QUEUED) {
            queue.add(new Queued(status, reason, sdp, extra));
            advance(nowNanos, out);
        }
    }

    /** 200. */
    void answer(byte @Nullable [] sdp, Headers extra, long nowNanos, Outbox<SessionOutput> out) {
        if (state == State.PROCEEDING && queue.stream().noneMatch(queued -> queued.status() >= 200)) {
            queue.add(new Queued(200, null, sdp, extra));
            advance(nowNanos, out);
        }
    }

    /** A final response other than 2xx. */
    void refuse(int status, @Nullable String reason, Headers extra, Outbox<SessionOutput> out) {
        if (state != State.PROCEEDING) {
            return;
        }
        state = State.REFUSED;
        sender.stop();
        queue.clear();
        remindNanos = Long.MAX_VALUE;
        SipResponse response = SessionContext.response(invite, status, reason, leg.localTag());
        Headers.Builder headers = response.headers().toBuilder();
        SessionContext.addExtra(headers, extra);
        respond(response.withHeaders(headers.build()), out);
    }

    /** PRACK: 481 if it acknowledges nothing. RFC 3262 section 3. */
    void onPrack(ServerTransactionId prackTransaction, SipRequest prack, long nowNanos, Outbox<SessionOutput> out) {
        RAckHeader rack = prack.headers().typedFirst(HeaderName.RACK, RAckHeader::parse);
        if (!leg.dialog.accepts(prack)) {
            out.add(new SessionOutput.Respond(prackTransaction, context.busy(prack, leg.localTag())));
        } else if (rack == null || !sender.acknowledges(rack)) {
            out.add(new SessionOutput.Respond(prackTransaction, leg.server.plain(prack, 481)));
        } else {
            onAcknowledged(prackTransaction, prack, out);
            advance(nowNanos, out);
        }
    }

    long deadlineNanos() {
        return Math.min(sender.deadlineNanos(), remindNanos);
    }

    void onDeadline(long nowNanos, Outbox<SessionOutput> out) {
        if (sender.isGivenUp(nowNanos)) {
            // RFC 3262 section 3: the INVITE is rejected with a 5xx.
            refuse(504, "No PRACK", Headers.EMPTY, out);
            leg.die("no PRACK", ReasonHeader.of("SIP", 504, "No PRACK"), false);
            return;
        }
        sender.onDeadline(nowNanos, out);
        Queued again = last;
        if (nowNanos >= remindNanos && again != null && queue.isEmpty() && !sender.isWaiting()) {
            queue.add(new Queued(again.status(), again.reason(), null, again.extra()));
            advance(nowNanos, out);
        }
    }

    private void onAcknowledged(ServerTransactionId prackTransaction, SipRequest prack, Outbox<SessionOutput> out) {
        byte[] sdp = Abilities.sdpOf(prack);
        if (sdp != null && leg.exchange.state() == OfferAnswer.State.OURS) {
            leg.exchange.theyAnswer();
            leg.server.accept(prackTransaction, prack, out);
            out.add(new SessionOutput.OfferAnswered(sdp));
        } else if (sdp != null) {
            leg.server.onPrackWithOffer(prackTransaction, prack, sdp, out);
        } else {
            leg.server.accept(prackTransaction, prack, out);
        }
    }

    /** Sends what waits, as far as it may be sent. */
    void advance(long nowNanos, Outbox<SessionOutput> out) {
        while (state == State.PROCEEDING) {
            Queued next = queue.peek();
            boolean last200 = next != null && next.status() >= 200;
            boolean blocked = last200 ? sender.isWaitingWithSdp() || leg.server.isOfferPending() : sender.isWaiting();
            if (next == null || blocked) {
                return;
            }
            queue.remove();
            if (last200) {
                sendAnswer(next, nowNanos, out);
            } else {
                sendProvisional(next, nowNanos, out);
            }
        }
    }

    private void sendProvisional(Queued next, long nowNanos, Outbox<SessionOutput> out) {
        last = next;
        remindNanos = nowNanos + REMIND_NANOS;
        Headers.Builder headers = responseHeaders(next);
        Abilities.write(headers, context.settings);
        SipResponse response = new SipResponse(next.status(), reasonOf(next), headers.build(), new byte[0]);
        byte[] sdp = next.sdp();
        if (sdp != null && mayCarry(sdp)) {
            response = response.withBody(SDP, sdp);
        }
        if (reliable) {
            sender.send(response, nowNanos, out);
        } else {
            respond(response, out);
        }
    }

    /** Notes what a description in a provisional response means; false where it must not be sent. */
    private boolean mayCarry(byte[] sdp) {
        if (leg.exchange.state() == OfferAnswer.State.THEIRS && offered && !leg.exchange.isCompleted()) {
            if (reliable) {
                leg.exchange.weAnswer(sdp);
            } else {
                leg.answerAnnounced();
            }
            return true;
        }
        if (!offered && reliable && leg.exchange.isIdle() && !leg.exchange.isCompleted()) {
            leg.exchange.weOffer(sdp);
            return true;
        }
        return false;
    }

    private void sendAnswer(Queued next, long nowNanos, Outbox<SessionOutput> out) {
        state = State.ANSWERED;
        sender.stop();
        remindNanos = Long.MAX_VALUE;
        Headers.Builder headers = responseHeaders(next);
        Abilities.write(headers, context.settings);
        headers.set(HeaderName.ACCEPT, Abilities.ACCEPT);
        leg.timer.writeResponse(invite, headers, nowNanos);
        var response = new SipResponse(200, reasonOf(next), headers.build(), new byte[0]);
        byte[] sdp = next.sdp();
        boolean withOffer = false;
        if (sdp != null && leg.exchange.state() == OfferAnswer.State.THEIRS) {
            leg.exchange.weAnswer(sdp);
            response = response.withBody(SDP, sdp);
        } else if (sdp != null && !offered && leg.exchange.isIdle() && !leg.exchange.isCompleted()) {
            leg.exchange.weOffer(sdp);
            withOffer = true;
            response = response.withBody(SDP, sdp);
        }
        leg.dialog.confirm();
        leg.server.sendSuccess(transaction, response, withOffer, nowNanos, out);
        if (!withOffer && !leg.exchange.isCompleted()) {
            throw new IllegalStateException("answered without a session description");
        }
    }

    private Headers.Builder responseHeaders(Queued next) {
        Headers.Builder headers =
                SessionContext.response(invite, next.status(), null, leg.localTag()).headers().toBuilder();
        SessionContext.addExtra(headers, next.extra());
        return headers;
    }

    private static String reasonOf(Queued next) {
        String reason = next.reason();
        return reason == null ? StatusCode.reason(next.status()) : reason;
    }

    private void respond(SipResponse response, Outbox<SessionOutput> out) {
        out.add(new SessionOutput.Respond(transaction, response));
    }

    private boolean isReliable() {
        return switch (context.settings.reliable()) {
            case NO -> false;
            case YES -> Abilities.requires(invite, Abilities.RELIABLE);
            case PEER_SUPPORTED, REQUIRED -> Abilities.peerSupports(invite, Abilities.RELIABLE);
        };
    }
}
