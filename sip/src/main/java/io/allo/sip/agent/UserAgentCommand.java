package io.allo.sip.agent;

import io.allo.sip.header.Headers;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.registrar.Binding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link UserAgent} is told to do. Values; they cross threads. A command about a session that is over, or that does not fit its
 * state any more because the other side was faster, does nothing: the event that says so is on its way.
 */
public sealed interface UserAgentCommand {

    /** What is for one session. */
    sealed interface SessionCommand extends UserAgentCommand {
        /** The session it is for; a command for one that has ended does nothing. */
        SessionId session();
    }

    /** Invite {@code target}. Without {@code offer}, the other side makes it. {@code extra} headers go into the INVITE. */
    record PlaceCall(
            SessionId session, CallTarget target, OutgoingProfile profile, byte @Nullable [] offer, Headers extra)
            implements SessionCommand {}

    /**
     * A provisional response, 101 to 199. With {@code sdp} it is early media: the answer (or the offer, where the INVITE had none, which
     * takes 100rel).
     */
    record Ring(SessionId session, int status, @Nullable String reason, byte @Nullable [] sdp, Headers extra)
            implements SessionCommand {}

    /** 200. {@code sdp} is the answer or offer; null where an answer was given reliably before. */
    record Answer(SessionId session, byte @Nullable [] sdp, Headers extra) implements SessionCommand {}

    /** A final response of 300 to 699 to the INVITE that came in. */
    record Reject(SessionId session, int status, @Nullable String reason, Headers extra) implements SessionCommand {}

    /**
     * End the session whatever its state: CANCEL (as soon as it is allowed), BYE, or a final response (487 where none fits better) to an
     * INVITE not yet answered. No {@code CallHungUp} follows, only {@code SessionEnded} (and {@code CallRefused} for a call we placed
     * that was never answered).
     */
    record HangUp(SessionId session, @Nullable ReasonHeader reason) implements SessionCommand {}

    /** Change the session by re-INVITE, or, before it is answered, by UPDATE. {@code OfferAnswered} or {@code OfferRefused} follows. */
    record Offer(SessionId session, byte[] sdp) implements SessionCommand {}

    /** UPDATE, RFC 3311, with or without an offer: for what can be changed without a re-INVITE, and for new headers (identity). */
    record Update(SessionId session, byte @Nullable [] sdp, Headers extra) implements SessionCommand {}

    /** The answer to {@code OfferReceived} (or to the offer in {@code CallAnswered} or {@code CallProgress}); or our offer, if it had none. */
    record AnswerOffer(SessionId session, byte[] sdp) implements SessionCommand {}

    /** Refuse {@code OfferReceived}: 488 mostly. The session stays as it was. */
    record RefuseOffer(
            SessionId session, int status, @Nullable String reason) implements SessionCommand {}

    /** INFO within the session, RFC 6086: digits as {@code application/dtmf-relay}. */
    record SendInfo(SessionId session, String contentType, byte[] body, Headers extra) implements SessionCommand {}

    /** Bindings kept from before a restart: phones can be called at once. What expired meanwhile is told as removed. */
    record RestoreBindings(List<Binding> bindings) implements UserAgentCommand {
        public RestoreBindings {
            bindings = List.copyOf(bindings);
        }
    }

    /** Take a binding out. */
    record RemoveBinding(Binding binding) implements UserAgentCommand {}

    /** Ask every contact of the address of record with OPTIONS now. */
    record Qualify(String aor) implements UserAgentCommand {}

    /** Tell a subscriber what is the matter now: NOTIFY, RFC 6665. Nothing if the subscription is over. */
    record Notify(SubscriptionId subscription, String contentType, byte[] body) implements UserAgentCommand {}

    /** Tell every phone of an address of record, though nobody has subscribed: {@code event} is the Event header. */
    record NotifyContacts(String aor, String event, String contentType, byte[] body) implements UserAgentCommand {}

    /** Refuse new calls with 503 from now on and hang every session up. */
    record Shutdown(@Nullable ReasonHeader reason) implements UserAgentCommand {}

    /** Refuse new calls with 503 from now on, and let the sessions there are go on. */
    record Drain() implements UserAgentCommand {}
}
