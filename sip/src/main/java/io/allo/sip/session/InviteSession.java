package io.allo.sip.session;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.Uri;
import io.allo.sip.auth.Accounts;
import io.allo.sip.auth.DigestAnswer;
import io.allo.sip.dialog.Dialog;
import io.allo.sip.dialog.DialogId;
import io.allo.sip.dialog.Tags;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.transaction.ServerTransactionId;
import io.allo.sip.transaction.SipTimers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as SIP sees it, from its first INVITE until nothing is left of it. RFC 3261 sections 13 to 15. Hands what comes in to the INVITE that
 * began it ({@link OutgoingInvite}, {@link IncomingInvite}) and to its dialogs ({@link Leg}), and sees to its end. Owned by the SIP loop.
 */
public final class InviteSession {
    private enum State {
        /** The first INVITE has no final response yet. */
        INVITING,
        /** There is a confirmed dialog. */
        ESTABLISHED,
        /** Over for those above; BYE waits to be sent or to be answered. */
        ENDING,
        ENDED
    }

    private static final int FIRST_SEQUENCE_BOUND = 1 << 16;

    private final SessionContext context;
    private @Nullable OutgoingInvite outgoing;
    private @Nullable IncomingInvite incoming;

    /** The leg of a call that came in; of one we placed, the one that won. */
    private @Nullable Leg leg;

    private State state = State.INVITING;
    private boolean byeWanted;
    private @Nullable ReasonHeader byeReason;

    /** {@code accounts} answer challenges to requests of ours. */
    public InviteSession(SessionSettings settings, SipTimers timers, Accounts accounts, RandomSource random) {
        this.context = new SessionContext(settings, timers, random, new DigestAnswer(accounts, random));
    }

    /**
     * Places the call: {@code base} is the INVITE with Request-URI, Route, From with tag, To, Call-ID and CSeq; what it says of us and of the
     * session is added here.
     */
    public void place(
            SipRequest base, Uri nextHop, @Nullable Flow flow, byte @Nullable [] offer, Outbox<SessionOutput> out) {
        outgoing = new OutgoingInvite(base, nextHop, flow, offer, context);
        outgoing.start(out);
    }

    /**
     * Takes a call that came in. Where it can't be taken it is refused, and the session has ended: 415, 420, 421, 422. RFC 3261 section 8.2,
     * RFC 4028 section 8.
     */
    public void take(ServerTransactionId transaction, SipRequest invite, Flow flow, Outbox<SessionOutput> out) {
        String tag = Tags.next(context.random);
        var timer = new SessionTimer(context.settings);
        SipResponse refusal = Admission.refusal(invite, context.settings, timer, tag);
        if (refusal != null) {
            out.add(new SessionOutput.Respond(transaction, refusal));
            state = State.ENDED;
            out.add(new SessionOutput.Ended());
            return;
        }
        long firstSequence = context.random.nextInt(FIRST_SEQUENCE_BOUND);
        var made = new Leg(Dialog.ofServer(invite, tag, firstSequence, flow), timer, context, false);
        leg = made;
        out.add(new SessionOutput.DialogBegun(made.dialog.id()));
        incoming = new IncomingInvite(transaction, invite, context, made);
    }

    /** Over: nothing is awaited and nothing will be told any more. */
    public boolean isEnded() {
        return state == State.ENDED;
    }

    // Commands.

    /**
     * Sends a provisional response, {@code status} 101 to 199, with a session description where {@code sdp} is not
     * null; reliably where
     * the caller asks for that (RFC 3262). Does nothing once the INVITE has its final response.
     */
    public void ring(
            int status,
            @Nullable String reason,
            byte @Nullable [] sdp,
            Headers extra,
            long nowNanos,
            Outbox<SessionOutput> out) {
        if (incoming != null && state == State.INVITING) {
            incoming.ring(status, reason, sdp, extra, nowNanos, out);
        }
    }

    /**
     * Answers a call that came in with 200. {@code sdp} is the answer, or our offer where the INVITE had none;
     * null where a reliable
     * provisional response carried it. Does nothing once the INVITE has its final response.
     */
    public void answer(byte @Nullable [] sdp, Headers extra, long nowNanos, Outbox<SessionOutput> out) {
        if (incoming != null && state == State.INVITING) {
            incoming.answer(sdp, extra, nowNanos, out);
            settle(nowNanos, out);
        }
    }

    /**
     * Refuses a call that came in with {@code status} 300 to 699, which ends the session. Does nothing once it is
     * answered.
     */
    public void reject(int status, @Nullable String reason, Headers extra, Outbox<SessionOutput> out) {
        if (incoming != null && state == State.INVITING && incoming.isProceeding()) {
            incoming.refuse(status, reason, extra, out);
            finish(out);
        }
    }

    /** Ends the session in whatever state it is: final response, CANCEL, or BYE. */
    public void hangUp(@Nullable ReasonHeader reason, long nowNanos, Outbox<SessionOutput> out) {
        switch (state) {
            case INVITING -> {
                if (incoming != null) {
                    Headers extra =
                            reason == null ? Headers.EMPTY : Headers.EMPTY.with(HeaderName.REASON, reason.toString());
                    incoming.refuse(statusFor(reason), null, extra, out);
                    finish(out);
                } else if (outgoing != null) {
                    outgoing.cancel(reason, out);
                }
            }
            case ESTABLISHED -> {
                end(reason, out);
                settle(nowNanos, out);
            }
            case ENDING, ENDED -> {
                // already
            }
        }
    }

    /** Re-INVITE, or UPDATE before the call is answered or where {@code byUpdate}. */
    public void offer(byte[] sdp, boolean byUpdate, Headers extra, long nowNanos, Outbox<SessionOutput> out) {
        Leg current = current();
        if (current != null && isAlive()) {
            current.client.offer(sdp, byUpdate, extra);
            settle(nowNanos, out);
        }
    }

    /** UPDATE without an offer. */
    public void update(Headers extra, Outbox<SessionOutput> out) {
        Leg current = current();
        if (current != null && isAlive()) {
            current.client.update(extra, out);
        }
    }

    /**
     * Answers the offer that is open: of a re-INVITE, an UPDATE, a reliable response, or a 2xx to our INVITE
     * without offer. RFC 3264.
     */
    public void answerOffer(byte[] sdp, long nowNanos, Outbox<SessionOutput> out) {
        if (!isAlive()) {
            return;
        }
        Leg current = current();
        boolean done = outgoing != null && outgoing.answer(sdp, out);
        if (!done && current != null) {
            current.server.answer(sdp, nowNanos, out);
        }
        settle(nowNanos, out);
    }

    /** Refuses the offer that is open, usually with 488; the session goes on as it was. RFC 3261 section 14.2. */
    public void refuseOffer(int status, @Nullable String reason, long nowNanos, Outbox<SessionOutput> out) {
        if (!isAlive()) {
            return;
        }
        Leg current = current();
        boolean done = outgoing != null && outgoing.refuse(status, out);
        if (!done && current != null) {
            current.server.refuse(status, reason, out);
        }
        settle(nowNanos, out);
    }

    /** Sends INFO, e.g. a digit as {@code application/dtmf-relay}. RFC 6086. */
    public void info(String contentType, byte[] body, Headers extra, Outbox<SessionOutput> out) {
        Leg current = current();
        if (current != null && isAlive()) {
            current.client.info(contentType, body, extra, out);
        }
    }

    // What comes from the network.

    /** The dialog of this session that a request came in; null where it came in none. */
    public @Nullable Dialog dialog(SipRequest request) {
        Leg addressed = legOf(request);
        return addressed == null ? null : addressed.dialog;
    }

    /** A request in one of our dialogs, other than ACK and CANCEL. */
    public void onRequest(
            ServerTransactionId transaction, SipRequest request, Flow flow, long nowNanos, Outbox<SessionOutput> out) {
        Leg addressed = legOf(request);
        if (addressed == null) {
            out.add(new SessionOutput.Respond(
                    transaction, SessionContext.response(request, 481, null, String.valueOf(request.toTag()))));
            return;
        }
        addressed.dialog.heardOn(flow);
        if (request.method().equals(SipMethod.BYE)) {
            onBye(addressed, transaction, request, out);
        } else if (!isAlive()) {
            out.add(new SessionOutput.Respond(transaction, addressed.server.plain(request, 481)));
        } else if (request.method().equals(SipMethod.PRACK) && incoming != null && incoming.isProceeding()) {
            incoming.onPrack(transaction, request, nowNanos, out);
        } else {
            addressed.server.onRequest(transaction, request, nowNanos, out);
        }
        settle(nowNanos, out);
    }

    /** The ACK to a 2xx of ours. */
    public void onAck(SipRequest ack, Flow flow, long nowNanos, Outbox<SessionOutput> out) {
        Leg addressed = legOf(ack);
        if (addressed == null) {
            return;
        }
        addressed.dialog.heardOn(flow);
        boolean first = incoming != null
                && incoming.isAnswered()
                && addressed.server.isAckAwaited()
                && !addressed.isConfirmedTold();
        boolean answerIn = addressed.server.isAnswerInAck();
        if (addressed.server.onAck(ack, out) && first) {
            addressed.confirmedTold();
            if (!answerIn && state == State.ESTABLISHED) {
                out.add(new SessionOutput.Confirmed(null));
            }
        }
        settle(nowNanos, out);
    }

    /** A CANCEL for an INVITE of the other side: the first, or one that changes the session. */
    public void onCancel(ServerTransactionId invite, SipRequest cancel, Outbox<SessionOutput> out) {
        if (incoming != null && incoming.transaction().equals(invite)) {
            if (state == State.INVITING && incoming.isProceeding()) {
                ReasonHeader reason = cancel.headers().typedFirst(HeaderName.REASON, ReasonHeader::parse);
                incoming.refuse(487, null, Headers.EMPTY, out);
                out.add(new SessionOutput.HungUp(reason, "cancelled by the caller"));
                finish(out);
            }
        } else if (leg != null) {
            leg.server.onCancel(invite, out);
        }
    }

    /** A response to the request of ours with that number. */
    public void onResponse(long number, SipResponse response, Flow flow, long nowNanos, Outbox<SessionOutput> out) {
        if (outgoing != null && outgoing.owns(number)) {
            outgoing.onResponse(response, flow, nowNanos, out);
        } else {
            for (Leg owner : legs()) {
                if (owner.client.owns(number)) {
                    owner.client.onResponse(number, response, nowNanos, out);
                }
            }
        }
        settle(nowNanos, out);
    }

    /** The request with that number came to nothing: 408 (no answer) or 503 (no way). */
    public void onFailed(long number, int status, String why, long nowNanos, Outbox<SessionOutput> out) {
        if (outgoing != null && outgoing.owns(number)) {
            outgoing.onFailed(status, why, out);
        } else {
            for (Leg owner : legs()) {
                owner.client.onFailed(number, status, why, nowNanos, out);
            }
        }
        settle(nowNanos, out);
    }

    /** When {@link #onDeadline} must be called next; Long.MAX_VALUE where nothing is awaited. */
    public long deadlineNanos() {
        if (state == State.ENDED) {
            return Long.MAX_VALUE;
        }
        long earliest = incoming == null ? Long.MAX_VALUE : incoming.deadlineNanos();
        for (Leg each : legs()) {
            earliest = Math.min(earliest, each.deadlineNanos());
        }
        return earliest;
    }

    /** Time has passed: retransmissions, session timers (RFC 4028), the patience for ACK and PRACK. */
    public void onDeadline(long nowNanos, Outbox<SessionOutput> out) {
        if (incoming != null) {
            incoming.onDeadline(nowNanos, out);
        }
        for (Leg each : legs()) {
            each.onDeadline(nowNanos, out);
        }
        settle(nowNanos, out);
    }

    private void onBye(Leg addressed, ServerTransactionId transaction, SipRequest bye, Outbox<SessionOutput> out) {
        out.add(new SessionOutput.Respond(transaction, addressed.server.plain(bye, 200)));
        if (addressed != leg && outgoing != null) {
            // The other end may not end an early dialog so; a branch that lost may answer our BYE with its own.
            return;
        }
        addressed.server.refuse(487, null, out);
        ReasonHeader reason = bye.headers().typedFirst(HeaderName.REASON, ReasonHeader::parse);
        if (incoming != null && incoming.isProceeding()) {
            incoming.refuse(487, null, Headers.EMPTY, out);
        }
        if (isAlive()) {
            out.add(new SessionOutput.HungUp(reason, "hung up by the other side"));
        }
        finish(out);
    }

    /** After a step: draws the conclusions of what its parts have become. */
    private void settle(long nowNanos, Outbox<SessionOutput> out) {
        if (state == State.INVITING) {
            settleInvite(nowNanos, out);
        }
        Leg current = leg;
        if (current == null || state == State.ENDED) {
            return;
        }
        String why = current.deathWhy();
        if (why != null && state != State.ENDING) {
            out.add(new SessionOutput.HungUp(current.deathReason(), why));
            if (current.isByeDue()) {
                end(current.deathReason(), out);
            } else {
                finish(out);
            }
        }
        if (isAlive()) {
            current.advance(nowNanos, out);
        } else if (state == State.ENDING) {
            proceedToEnd(current, out);
        }
    }

    private void settleInvite(long nowNanos, Outbox<SessionOutput> out) {
        if (incoming != null) {
            incoming.advance(nowNanos, out);
        }
        if (incoming != null && incoming.isAnswered()) {
            state = State.ESTABLISHED;
        }
        if (outgoing == null) {
            return;
        }
        if (outgoing.state() == OutgoingInvite.State.ANSWERED) {
            leg = outgoing.winner();
            state = State.ESTABLISHED;
        } else if (outgoing.state() == OutgoingInvite.State.OVER) {
            // A branch that answered nevertheless is being hung up; nobody has to wait for that.
            finish(out);
        }
    }

    /** BYE goes out as soon as it may: a callee waits for the ACK (RFC 3261 section 15), and our own ACK goes first. */
    private void proceedToEnd(Leg current, Outbox<SessionOutput> out) {
        if (byeWanted && !current.server.isAckAwaited()) {
            byeWanted = false;
            current.client.bye(byeReason, out);
        }
        if (current.client.isByeSent() && current.client.isByeDone()) {
            finish(out);
        }
    }

    private void end(@Nullable ReasonHeader reason, Outbox<SessionOutput> out) {
        state = State.ENDING;
        byeWanted = true;
        byeReason = reason;
        if (leg != null) {
            leg.timer.stop();
            leg.server.refuse(487, null, out);
        }
        if (outgoing != null && outgoing.isAckDue()) {
            outgoing.refuse(488, out);
        }
    }

    private void finish(Outbox<SessionOutput> out) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        for (Leg each : legs()) {
            each.dialog.terminate();
            out.add(new SessionOutput.DialogEnded(each.dialog.id()));
        }
        out.add(new SessionOutput.Ended());
    }

    private boolean isAlive() {
        return state == State.INVITING || state == State.ESTABLISHED;
    }

    /** The leg that commands are for: the one that won, or, before, the last that was heard of. */
    private @Nullable Leg current() {
        if (leg != null || outgoing == null) {
            return leg;
        }
        Leg last = null;
        for (Leg each : outgoing.legs()) {
            last = each;
        }
        return last;
    }

    private @Nullable Leg legOf(SipRequest request) {
        DialogId id = DialogId.ofRequest(request);
        for (Leg each : legs()) {
            if (each.dialog.id().equals(id)) {
                return each;
            }
        }
        return null;
    }

    private List<Leg> legs() {
        if (outgoing == null) {
            return leg == null ? List.of() : List.of(leg);
        }
        var all = new ArrayList<Leg>(2);
        outgoing.legs().forEach(all::add);
        return all;
    }

    /** The final response that says why we hang up on an INVITE: the SIP cause where there is one. */
    private static int statusFor(@Nullable ReasonHeader reason) {
        int cause = reason != null && reason.protocol().equalsIgnoreCase("SIP") ? reason.cause() : -1;
        return cause >= 300 && cause < 700 ? cause : 480;
    }
}
