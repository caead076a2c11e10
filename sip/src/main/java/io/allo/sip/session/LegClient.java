package io.allo.sip.session;

import io.allo.sip.dialog.Dialog;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.RAckHeader;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.header.RetryAfterHeader;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Our requests in one dialog: re-INVITE and UPDATE (one at a time, again after glare), session refreshes, INFO, PRACK, BYE. RFC 3261 sections
 * 12.2.1, 14.1 and 15.1.1, RFC 3311, RFC 4028 section 7.4. Owned by the SIP loop.
 */
final class LegClient {
    /** How often an offer is made again after 491 or 500. */
    static final int MAX_ATTEMPTS = 6;

    /** How long a Retry-After may ask us to wait with an offer, in seconds. */
    static final long LONGEST_RETRY_SECONDS = 30;

    /** How many requests of ours may be under way in one dialog. */
    static final int MAX_PENDING = 32;

    private static final long GLARE_UNIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A request under way. {@code offer} is what it offers; {@code refresh}: nobody above asked for it. */
    private record Pending(SipRequest request, byte @Nullable [] offer, boolean refresh, int attempts) {
        boolean is(SipMethod method) {
            return request.method().equals(method);
        }
    }

    /** An offer that waits for its turn. */
    private record Wanted(byte[] offer, boolean update, Headers extra, int attempts) {}

    private final Leg leg;
    private final SessionContext context;
    private final boolean ownsCallId;
    private final Map<Long, Pending> pending = new HashMap<>();
    private @Nullable Wanted wanted;
    private long wantedNanos;
    private boolean inviteBusy;
    private boolean byeSent;
    private boolean byeDone;
    private long ackNumber;
    private @Nullable SipRequest ack;

    LegClient(Leg leg, SessionContext context, boolean ownsCallId) {
        this.leg = leg;
        this.context = context;
        this.ownsCallId = ownsCallId;
    }

    /** Whether an INVITE of ours in this dialog has no final response yet. */
    boolean isInviteBusy() {
        return inviteBusy;
    }

    boolean isByeSent() {
        return byeSent;
    }

    /** Whether our BYE has been answered, or never will be. */
    boolean isByeDone() {
        return byeDone;
    }

    boolean owns(long number) {
        return pending.containsKey(number) || number == ackNumber;
    }

    /** Make this offer as soon as none other is out; a later one takes its place until then. */
    void offer(byte[] sdp, boolean byUpdate, Headers extra) {
        wanted = new Wanted(sdp, byUpdate, extra, 0);
        wantedNanos = 0;
    }

    /** UPDATE without an offer. */
    void update(Headers extra, Outbox<SessionOutput> out) {
        if (leg.peerAllowsUpdate()) {
            sendUpdate(null, extra, false, 0, out);
        }
    }

    void info(String contentType, byte[] body, Headers extra, Outbox<SessionOutput> out) {
        if (pending.size() < MAX_PENDING) {
            send(new Pending(withExtra(SipMethod.INFO, extra).withBody(contentType, body), null, false, 0), out);
        }
    }

    void bye(@Nullable ReasonHeader reason, Outbox<SessionOutput> out) {
        if (byeSent) {
            return;
        }
        byeSent = true;
        wanted = null;
        SipRequest bye = leg.dialog.request(SipMethod.BYE);
        if (reason != null) {
            bye = bye.withHeader(HeaderName.REASON, reason.toString());
        }
        send(new Pending(bye, null, false, 0), out);
    }

    /** The PRACK to a reliable provisional response; with {@code sdp} it answers the offer in it. RFC 3262 section 4. */
    void prack(SipResponse response, byte @Nullable [] sdp, Outbox<SessionOutput> out) {
        var rack = new RAckHeader(
                response.headers().number(HeaderName.RSEQ),
                response.cseq().number(),
                response.cseq().method());
        SipRequest prack = leg.dialog.request(SipMethod.PRACK).withHeader(HeaderName.RACK, rack.toString());
        send(new Pending(sdp == null ? prack : prack.withBody("application/sdp", sdp), null, false, 0), out);
    }

    /** Begins what waits, where it may. */
    void advance(long nowNanos, Outbox<SessionOutput> out) {
        Wanted next = wanted;
        if (byeSent) {
            return;
        }
        if (next != null && nowNanos >= wantedNanos && mayOffer(next.update())) {
            wanted = null;
            if (isConfirmed() && !next.update()) {
                sendInvite(next.offer(), next.extra(), false, next.attempts(), out);
            } else {
                sendUpdate(next.offer(), next.extra(), false, next.attempts(), out);
            }
        } else if (leg.timer.isRefreshDue(nowNanos)) {
            refresh(nowNanos, out);
        }
    }

    long deadlineNanos() {
        return wanted != null && mayOffer(wanted.update()) ? wantedNanos : Long.MAX_VALUE;
    }

    void onResponse(long number, SipResponse response, long nowNanos, Outbox<SessionOutput> out) {
        Pending answered = pending.get(number);
        if (answered == null) {
            if (number == ackNumber && ack != null && response.isSuccess()) {
                leg.sendAck(ack, out);
            }
            return;
        }
        if (response.isProvisional()) {
            onProvisional(answered, response, out);
            return;
        }
        remove(number, answered);
        if (response.status() == 401 || response.status() == 407) {
            SipRequest signed = byeDone ? null : context.digest.answer(answered.request(), response);
            if (signed != null) {
                sendAgain(answered, signed, out);
                return;
            }
        }
        if (response.isSuccess()) {
            onSuccess(number, answered, response, nowNanos, out);
        } else {
            onRefusal(answered, response, nowNanos, out);
        }
    }

    /** No answer came (408) or the request could not be sent (503). */
    void onFailed(long number, int status, String why, long nowNanos, Outbox<SessionOutput> out) {
        Pending failed = pending.get(number);
        if (failed == null) {
            return;
        }
        remove(number, failed);
        abandonOffer(failed);
        if (failed.is(SipMethod.BYE)) {
            byeDone = true;
        } else if (status == 408 && !failed.is(SipMethod.PRACK)) {
            leg.die(failed.request().method() + " " + why, ReasonHeader.of("SIP", 408, "Request Timeout"), true);
        } else if (failed.refresh()) {
            leg.timer.refreshLater(nowNanos);
        } else if (failed.offer() != null) {
            out.add(new SessionOutput.OfferRefused(status, why));
        }
    }

    private void onProvisional(Pending answered, SipResponse response, Outbox<SessionOutput> out) {
        if (!answered.is(SipMethod.INVITE)
                || !ReliableReceiver.isReliable(response)
                || !leg.receiver.accepts(response)) {
            return;
        }
        byte[] sdp = Abilities.sdpOf(response);
        prack(response, null, out);
        if (sdp != null && leg.exchange.state() == OfferAnswer.State.OURS) {
            leg.exchange.theyAnswer();
            out.add(new SessionOutput.OfferAnswered(sdp));
        }
    }

    private void onSuccess(
            long number, Pending answered, SipResponse response, long nowNanos, Outbox<SessionOutput> out) {
        boolean invite = answered.is(SipMethod.INVITE);
        if (answered.is(SipMethod.BYE)) {
            byeDone = true;
        }
        if (!invite && !answered.is(SipMethod.UPDATE)) {
            return;
        }
        leg.dialog.refreshTarget(response);
        leg.learn(response);
        leg.timer.onSuccess(response, nowNanos);
        if (invite) {
            SipRequest first = SessionContext.withCredentialsOf(
                    answered.request(), leg.dialog.ack(answered.request().cseq().number()));
            ackNumber = number;
            ack = first;
            leg.sendAck(first, out);
        }
        if (answered.offer() == null || leg.exchange.state() != OfferAnswer.State.OURS) {
            return;
        }
        byte[] sdp = Abilities.sdpOf(response);
        if (sdp == null) {
            leg.exchange.withdraw();
            out.add(new SessionOutput.OfferRefused(488, "no answer in " + response.status()));
        } else {
            leg.exchange.theyAnswer();
            out.add(new SessionOutput.OfferAnswered(sdp));
        }
    }

    private void onRefusal(Pending refused, SipResponse response, long nowNanos, Outbox<SessionOutput> out) {
        abandonOffer(refused);
        int status = response.status();
        if (refused.is(SipMethod.BYE)) {
            byeDone = true;
        } else if (refused.is(SipMethod.PRACK)) {
            return; // the INVITE's own answer will tell
        } else if (status == 481 || status == 408) {
            leg.die(
                    refused.request().method() + " answered " + status,
                    ReasonHeader.of("SIP", status, null),
                    status == 408);
        } else if (refused.is(SipMethod.INVITE) || refused.is(SipMethod.UPDATE)) {
            onOfferRefused(refused, response, nowNanos, out);
        }
    }

    private void onOfferRefused(Pending refused, SipResponse response, long nowNanos, Outbox<SessionOutput> out) {
        int status = response.status();
        boolean update = refused.is(SipMethod.UPDATE);
        boolean noUpdate = update && (status == 405 || status == 501);
        if (noUpdate) {
            leg.peerRefusesUpdate();
        }
        if (status == 422 && leg.timer.learnMinimum(response) || noUpdate) {
            again(refused, 0, nowNanos);
            return;
        }
        long waitNanos = status == 491 ? glareNanos() : retryAfterNanos(response);
        if (waitNanos > 0 && refused.attempts() < MAX_ATTEMPTS) {
            again(refused, waitNanos, nowNanos);
        } else if (refused.refresh()) {
            leg.timer.refreshLater(nowNanos);
        } else if (refused.offer() != null) {
            out.add(new SessionOutput.OfferRefused(status, response.reason()));
        }
    }

    /** What was refused is to be tried again after a while, by re-INVITE where the other side has no UPDATE. */
    private void again(Pending refused, long waitNanos, long nowNanos) {
        byte[] offer = refused.offer();
        if (refused.refresh()) {
            leg.timer.refreshAgainAt(nowNanos + waitNanos);
        } else if (offer != null && wanted == null) {
            boolean update = refused.is(SipMethod.UPDATE) && leg.peerAllowsUpdate();
            wanted = new Wanted(offer, update, Headers.EMPTY, refused.attempts() + 1);
            wantedNanos = nowNanos + waitNanos;
        }
    }

    /** RFC 3261 section 14.1: whoever made the Call-ID waits 2.1 to 4 s, the other up to 2 s, in units of 10 ms. */
    private long glareNanos() {
        int units = ownsCallId ? 210 + context.random.nextInt(191) : 1 + context.random.nextInt(200);
        return units * GLARE_UNIT_NANOS;
    }

    private static long retryAfterNanos(SipResponse response) {
        RetryAfterHeader after = response.status() == 500 || response.status() == 503
                ? response.headers().typedFirst(HeaderName.RETRY_AFTER, RetryAfterHeader::parse)
                : null;
        return after == null || after.seconds() > LONGEST_RETRY_SECONDS
                ? 0
                : TimeUnit.SECONDS.toNanos(after.seconds()) + GLARE_UNIT_NANOS;
    }

    private void refresh(long nowNanos, Outbox<SessionOutput> out) {
        byte[] inForce = leg.exchange.inForce();
        // The expiry of the session ends what no refresh could save.
        leg.timer.refreshAgainAt(Long.MAX_VALUE);
        if (leg.peerAllowsUpdate()) {
            sendUpdate(null, Headers.EMPTY, true, 0, out);
        } else if (inForce != null && mayOffer(false)) {
            sendInvite(inForce, Headers.EMPTY, true, 0, out);
        } else {
            leg.timer.refreshLater(nowNanos);
        }
    }

    private boolean isConfirmed() {
        return leg.dialog.state() == Dialog.State.CONFIRMED;
    }

    /** One offer at a time; a re-INVITE only where no INVITE is under way, ours or theirs, its ACK included. RFC 3261 14.1. */
    private boolean mayOffer(boolean byUpdate) {
        if (!leg.exchange.isIdle() || leg.server.isOfferPending()) {
            return false;
        }
        if (isConfirmed() && !byUpdate) {
            return !inviteBusy && !leg.server.isInviteBusy();
        }
        return leg.peerAllowsUpdate() && leg.exchange.isCompleted();
    }

    private void sendInvite(byte[] sdp, Headers extra, boolean refresh, int attempts, Outbox<SessionOutput> out) {
        Headers.Builder headers = withExtra(SipMethod.INVITE, extra).headers().toBuilder();
        Abilities.write(headers, context.settings);
        leg.timer.writeRequest(headers);
        inviteBusy = true;
        leg.exchange.weOffer(sdp);
        SipRequest invite = new SipRequest(SipMethod.INVITE, leg.dialog.requestUri(), headers.build())
                .withBody("application/sdp", sdp);
        send(new Pending(invite, sdp, refresh, attempts), out);
    }

    private void sendUpdate(
            byte @Nullable [] sdp, Headers extra, boolean refresh, int attempts, Outbox<SessionOutput> out) {
        Headers.Builder headers = withExtra(SipMethod.UPDATE, extra).headers().toBuilder();
        Abilities.write(headers, context.settings);
        if (isConfirmed()) {
            leg.timer.writeRequest(headers);
        }
        var update = new SipRequest(SipMethod.UPDATE, leg.dialog.requestUri(), headers.build());
        if (sdp != null) {
            leg.exchange.weOffer(sdp);
            update = update.withBody("application/sdp", sdp);
        }
        send(new Pending(update, sdp, refresh, attempts), out);
    }

    private SipRequest withExtra(SipMethod method, Headers extra) {
        SipRequest request = leg.dialog.request(method);
        if (extra.size() == 0) {
            return request;
        }
        Headers.Builder headers = request.headers().toBuilder();
        SessionContext.addExtra(headers, extra);
        return request.withHeaders(headers.build());
    }

    private void send(Pending next, Outbox<SessionOutput> out) {
        sendAs(context.digest.sign(next.request()), next, out);
    }

    private void sendAgain(Pending before, SipRequest signed, Outbox<SessionOutput> out) {
        if (before.is(SipMethod.INVITE)) {
            inviteBusy = true;
        }
        sendAs(leg.dialog.renumbered(signed), before, out);
    }

    private void sendAs(SipRequest request, Pending next, Outbox<SessionOutput> out) {
        long number = context.nextNumber();
        pending.put(number, new Pending(request, next.offer(), next.refresh(), next.attempts()));
        out.add(new SessionOutput.Send(number, request, leg.dialog.nextHop(), leg.dialog.flow()));
    }

    private void remove(long number, Pending done) {
        pending.remove(number);
        if (done.is(SipMethod.INVITE)) {
            inviteBusy = false;
        }
    }

    private void abandonOffer(Pending failed) {
        if (failed.offer() != null && leg.exchange.state() == OfferAnswer.State.OURS) {
            leg.exchange.withdraw();
        }
    }
}
