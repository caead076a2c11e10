package io.allo.sip.session;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.Uri;
import io.allo.sip.dialog.Dialog;
import io.allo.sip.dialog.DialogId;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.CSeqHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The INVITE that begins a call we place, until a branch has answered or all have refused. RFC 3261 sections 13.2 and 9.1, RFC 3262 section 4.
 * Every To tag is a branch with a leg of its own; the first 2xx wins, those of other branches are acknowledged and ended by BYE. Owned by the
 * SIP loop.
 */
final class OutgoingInvite {
    /** How many branches of one INVITE are followed. */
    static final int MAX_BRANCHES = 32;

    /** How often an INVITE is sent again after 401, 407 or 422. */
    static final int MAX_ATTEMPTS = 4;

    private static final String SDP = "application/sdp";

    /** What became of the INVITE. */
    enum State {
        /** Without a final response; CANCEL may be on its way. */
        INVITING,
        /** A branch has won. */
        ANSWERED,
        /** Refused, or given up by us. */
        OVER
    }

    private final SessionContext context;
    private final SessionTimer timer;
    private final Uri nextHop;
    private final @Nullable Flow flow;
    private final byte @Nullable [] offer;
    private final Map<String, Leg> legs = new LinkedHashMap<>();
    private SipRequest invite;
    private State state = State.INVITING;
    private boolean cancelled;
    private int attempts;
    private long number;
    private @Nullable Leg winner;

    /** A response whose offer waits for our answer, in PRACK (provisional) or ACK (2xx). */
    private @Nullable SipResponse unanswered;

    private @Nullable Leg unansweredLeg;
    private @Nullable SipRequest winnerAck;

    /** {@code base} is the INVITE without what this machine says in it: Allow, Supported, timers and the offer. */
    OutgoingInvite(SipRequest base, Uri nextHop, @Nullable Flow flow, byte @Nullable [] offer, SessionContext context) {
        this.invite = base;
        this.nextHop = nextHop;
        this.flow = flow;
        this.offer = offer;
        this.context = context;
        this.timer = new SessionTimer(context.settings);
    }

    State state() {
        return state;
    }

    @Nullable
    Leg winner() {
        return winner;
    }

    Iterable<Leg> legs() {
        return legs.values();
    }

    boolean owns(long requestNumber) {
        return requestNumber == number;
    }

    void start(Outbox<SessionOutput> out) {
        Headers.Builder headers = invite.headers().toBuilder();
        Abilities.write(headers, context.settings);
        headers.remove(HeaderName.REQUIRE);
        timer.writeRequest(headers);
        if (context.settings.reliable() == ReliableMode.REQUIRED) {
            headers.add(HeaderName.REQUIRE, Abilities.RELIABLE);
        }
        invite = invite.withHeaders(headers.build());
        invite = offer == null ? invite : invite.withBody(SDP, offer);
        send(out);
    }

    /** We don't want an answer any more. */
    void cancel(@Nullable ReasonHeader reason, Outbox<SessionOutput> out) {
        if (state == State.INVITING && !cancelled) {
            cancelled = true;
            out.add(new SessionOutput.Cancel(number, reason));
        }
    }

    void onResponse(SipResponse response, Flow from, long nowNanos, Outbox<SessionOutput> out) {
        if (response.isProvisional()) {
            onProvisional(response, from, out);
        } else if (response.isSuccess()) {
            onSuccess(response, from, nowNanos, out);
        } else if (state == State.INVITING) {
            onRefusal(response, out);
        }
    }

    /** No final response came (408), or the INVITE could not be sent (503). */
    void onFailed(int status, String why, Outbox<SessionOutput> out) {
        if (state == State.INVITING) {
            refuse(cancelled ? 487 : status, why, List.of(), null, Headers.EMPTY, out);
        }
    }

    /** Our answer to an offer that came in a response. Whether one waited for it. */
    boolean answer(byte[] sdp, Outbox<SessionOutput> out) {
        SipResponse offered = unanswered;
        Leg leg = unansweredLeg;
        if (offered == null || leg == null) {
            return false;
        }
        unanswered = null;
        unansweredLeg = null;
        leg.exchange.weAnswer(sdp);
        if (offered.isProvisional()) {
            leg.client.prack(offered, sdp, out);
        } else {
            acknowledge(leg, offered, sdp, out);
        }
        return true;
    }

    /** The offer that came in a response won't do: the call is cancelled, or ended. Whether one waited. */
    boolean refuse(int status, Outbox<SessionOutput> out) {
        SipResponse offered = unanswered;
        Leg leg = unansweredLeg;
        if (offered == null || leg == null) {
            return false;
        }
        unanswered = null;
        unansweredLeg = null;
        leg.exchange.withdraw();
        ReasonHeader reason = ReasonHeader.of("SIP", status, null);
        if (offered.isProvisional()) {
            cancel(reason, out);
        } else {
            acknowledge(leg, offered, null, out);
            leg.die("offer refused", reason, true);
        }
        return true;
    }

    /** Whether the winner's 2xx still waits for our ACK, which can't be sent before our answer to its offer. */
    boolean isAckDue() {
        return unanswered != null && unanswered.isSuccess();
    }

    private void onProvisional(SipResponse response, Flow from, Outbox<SessionOutput> out) {
        if (response.status() == 100 || state != State.INVITING) {
            return;
        }
        Leg leg = leg(response, from, out);
        boolean reliable = ReliableReceiver.isReliable(response) && context.settings.reliable() != ReliableMode.NO;
        if (reliable && (leg == null || !leg.receiver.accepts(response))) {
            return;
        }
        byte[] sdp = Abilities.sdpOf(response);
        if (leg != null) {
            leg.learn(response);
            sdp = exchanged(leg, response, sdp, reliable);
            if (reliable && unanswered != response) {
                leg.client.prack(response, null, out);
            }
        }
        if (!cancelled) {
            String tag = leg == null ? "" : leg.remoteTag();
            out.add(new SessionOutput.Progress(response.status(), response.reason(), sdp, tag, response.headers()));
        }
    }

    /** The description in a provisional response, as far as it means something. */
    private byte @Nullable [] exchanged(Leg leg, SipResponse response, byte @Nullable [] sdp, boolean reliable) {
        if (sdp == null) {
            return null;
        }
        if (leg.exchange.state() == OfferAnswer.State.OURS) {
            // Unreliable, it announces the answer, which the 2xx brings once more (RFC 3261 section 13.2.1).
            if (reliable) {
                leg.exchange.theyAnswer();
            } else {
                leg.answerAnnounced();
            }
            return sdp;
        }
        if (offer == null && reliable && leg.exchange.isIdle() && !leg.exchange.isCompleted() && unanswered == null) {
            leg.exchange.theyOffer();
            unanswered = response;
            unansweredLeg = leg;
            return sdp;
        }
        return null;
    }

    private void onSuccess(SipResponse response, Flow from, long nowNanos, Outbox<SessionOutput> out) {
        Leg leg = leg(response, from, out);
        if (leg == null) {
            return;
        }
        if (leg == winner) {
            if (winnerAck != null) {
                leg.sendAck(winnerAck, out);
            }
        } else if (state == State.INVITING && !cancelled) {
            win(leg, response, nowNanos, out);
        } else {
            lose(leg, response, out);
            if (state == State.INVITING) {
                // CANCEL and 200 crossed: the call is ended as if it had been cancelled in time.
                refuse(487, "cancelled", List.of(), null, Headers.EMPTY, out);
            }
        }
    }

    private void win(Leg leg, SipResponse response, long nowNanos, Outbox<SessionOutput> out) {
        state = State.ANSWERED;
        winner = leg;
        leg.dialog.confirm(response);
        leg.learn(response);
        leg.timer.onSuccess(response, nowNanos);
        byte[] sdp = Abilities.sdpOf(response);
        boolean theyOffer = offer == null && sdp != null && !leg.exchange.isCompleted();
        if (theyOffer && leg.exchange.isIdle()) {
            leg.exchange.theyOffer();
            unanswered = response;
            unansweredLeg = leg;
            out.add(new SessionOutput.Answered(sdp, true, leg.remoteTag(), response));
            return;
        }
        acknowledge(leg, response, null, out);
        boolean answersNow = leg.exchange.state() == OfferAnswer.State.OURS && (sdp != null || leg.isAnswerAnnounced());
        if (answersNow) {
            leg.exchange.theyAnswer();
        }
        if (!leg.exchange.isCompleted()) {
            leg.die("answered without a session description", ReasonHeader.of("SIP", 488, null), true);
            return;
        }
        out.add(new SessionOutput.Answered(answersNow ? sdp : null, false, leg.remoteTag(), response));
    }

    /** Another branch answered as well, or one that we had given up: it is hung up at once. RFC 3261 section 13.2.2.4. */
    private void lose(Leg leg, SipResponse response, Outbox<SessionOutput> out) {
        leg.dialog.confirm(response);
        leg.sendAck(ackFor(leg, response, null), out);
        leg.client.bye(null, out);
    }

    private void acknowledge(Leg leg, SipResponse response, byte @Nullable [] sdp, Outbox<SessionOutput> out) {
        SipRequest ack = ackFor(leg, response, sdp);
        winnerAck = ack;
        leg.sendAck(ack, out);
    }

    private SipRequest ackFor(Leg leg, SipResponse response, byte @Nullable [] sdp) {
        SipRequest ack = SessionContext.withCredentialsOf(
                invite, leg.dialog.ack(response.cseq().number()));
        return sdp == null ? ack : ack.withBody(SDP, sdp);
    }

    private void onRefusal(SipResponse response, Outbox<SessionOutput> out) {
        int status = response.status();
        SipRequest again = null;
        if (!cancelled && attempts < MAX_ATTEMPTS) {
            if (status == 401 || status == 407) {
                again = context.digest.answer(invite, response);
            } else if (status == 422 && timer.learnMinimum(response)) {
                Headers.Builder headers = invite.headers().toBuilder();
                timer.writeRequest(headers.remove(HeaderName.REQUIRE));
                again = context.digest.sign(invite.withHeaders(headers.build()));
            }
        }
        if (again == null) {
            List<NameAddress> contacts =
                    status < 400 ? response.headers().contact().addresses() : List.of();
            ReasonHeader reason = response.headers().typedFirst(HeaderName.REASON, ReasonHeader::parse);
            refuse(cancelled ? 487 : status, response.reason(), contacts, reason, response.headers(), out);
            return;
        }
        attempts++;
        endLegs(out);
        CSeqHeader cseq = again.cseq();
        invite = again.withHeader(HeaderName.CSEQ, new CSeqHeader(cseq.number() + 1, cseq.method()).toString());
        send(out);
    }

    private void refuse(
            int status,
            String why,
            List<NameAddress> contacts,
            @Nullable ReasonHeader reason,
            Headers headers,
            Outbox<SessionOutput> out) {
        state = State.OVER;
        out.add(new SessionOutput.Refused(status, why, contacts, reason, headers));
    }

    /** The early dialogs end with the INVITE that made them; those that a BYE is under way in live until it is done. */
    private void endLegs(Outbox<SessionOutput> out) {
        for (Leg leg : new ArrayList<>(legs.values())) {
            leg.dialog.terminate();
            out.add(new SessionOutput.DialogEnded(leg.dialog.id()));
        }
        legs.clear();
        unanswered = null;
        unansweredLeg = null;
    }

    /** The leg of the branch that responds, a new one for a new tag; null without a tag or with too many branches. */
    private @Nullable Leg leg(SipResponse response, Flow from, Outbox<SessionOutput> out) {
        String tag = DialogId.ofResponse(response).remoteTag();
        Leg leg = legs.get(tag);
        if (leg != null) {
            leg.dialog.heardOn(from);
            return leg;
        }
        if (response.isProvisional() && tag.isEmpty() || legs.size() >= MAX_BRANCHES) {
            return null;
        }
        Dialog dialog = Dialog.ofClient(invite, response, from);
        Leg made = new Leg(dialog, new SessionTimer(timer), context, true);
        if (offer != null) {
            made.exchange.weOffer(offer);
        }
        legs.put(tag, made);
        out.add(new SessionOutput.DialogBegun(dialog.id()));
        return made;
    }

    private void send(Outbox<SessionOutput> out) {
        number = context.nextNumber();
        out.add(new SessionOutput.Send(number, invite, nextHop, flow));
    }
}
