package io.allo.sip.session;

import io.allo.sip.dialog.Dialog;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * One dialog of a session with what hangs on it: the exchange of offers, the session timer, our requests and theirs. A call we place has one
 * for each branch that answers, until one of them wins. Owned by the SIP loop.
 */
final class Leg {
    final Dialog dialog;
    final OfferAnswer exchange = new OfferAnswer();
    final SessionTimer timer;
    final ReliableReceiver receiver = new ReliableReceiver();
    final LegClient client;
    final LegServer server;
    private boolean peerAllowsUpdate;
    private @Nullable String deathWhy;
    private @Nullable ReasonHeader deathReason;
    private boolean byeDue;
    private boolean confirmedTold;
    private boolean answerAnnounced;

    /** {@code ownsCallId}: the Call-ID is ours, which decides who waits longer after glare. RFC 3261 section 14.1. */
    Leg(Dialog dialog, SessionTimer timer, SessionContext context, boolean ownsCallId) {
        this.dialog = dialog;
        this.timer = timer;
        this.client = new LegClient(this, context, ownsCallId);
        this.server = new LegServer(this, context);
    }

    String localTag() {
        return dialog.id().localTag();
    }

    String remoteTag() {
        return dialog.id().remoteTag();
    }

    /** What the other side says it can do. A message without Allow says nothing. */
    void learn(SipMessage message) {
        if (message.headers().has(HeaderName.ALLOW)) {
            peerAllowsUpdate = message.headers().hasToken(HeaderName.ALLOW, SipMethod.UPDATE.name());
        }
    }

    boolean peerAllowsUpdate() {
        return peerAllowsUpdate;
    }

    void peerRefusesUpdate() {
        peerAllowsUpdate = false;
    }

    /** An unreliable provisional response carried the answer, which holds once the 2xx has come. */
    void answerAnnounced() {
        answerAnnounced = true;
    }

    boolean isAnswerAnnounced() {
        return answerAnnounced;
    }

    /** Whether the ACK to our first answer has been told. */
    boolean isConfirmedTold() {
        return confirmedTold;
    }

    void confirmedTold() {
        confirmedTold = true;
    }

    /** Something happened after which the session can't go on. The first reason stays. */
    void die(String why, @Nullable ReasonHeader reason, boolean withBye) {
        if (deathWhy == null) {
            deathWhy = why;
            deathReason = reason;
            byeDue = withBye;
        }
    }

    @Nullable
    String deathWhy() {
        return deathWhy;
    }

    @Nullable
    ReasonHeader deathReason() {
        return deathReason;
    }

    boolean isByeDue() {
        return byeDue;
    }

    void sendAck(SipRequest ack, Outbox<SessionOutput> out) {
        out.add(new SessionOutput.SendAck(ack, dialog.nextHop(), dialog.flow()));
    }

    /** Does what had to wait and may be done now. */
    void advance(long nowNanos, Outbox<SessionOutput> out) {
        if (deathWhy == null) {
            client.advance(nowNanos, out);
        }
    }

    long deadlineNanos() {
        return Math.min(client.deadlineNanos(), Math.min(server.deadlineNanos(), timer.deadlineNanos()));
    }

    void onDeadline(long nowNanos, Outbox<SessionOutput> out) {
        server.onDeadline(nowNanos, out);
        if (timer.isExpired(nowNanos)) {
            timer.stop();
            die("session timer expired", ReasonHeader.of("SIP", 408, "Session timer expired"), true);
        }
        advance(nowNanos, out);
    }
}
