package io.allo.sip.agent;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.Uri;
import io.allo.sip.door.Ban;
import io.allo.sip.flow.Flow;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.locate.DnsQuestion;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.registrar.ContactId;
import io.allo.sip.registrar.ContactStatus;
import io.allo.sip.registrar.RegistrarEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link UserAgent} wants done (for the driver that owns the sockets) and what it has to tell (for whoever owns the sessions).
 * Values; they cross threads. A body in {@code byte[]} belongs to the reader from then on and is not changed by anybody.
 */
public sealed interface UserAgentEvent {

    // For the driver.

    /** Put these messages on the wire, in order. */
    record Transmit(Flow flow, SipMessage message) implements UserAgentEvent {}

    /**
     * Have a flow to that address: an open connection, a new one, or for UDP the socket's name with this remote address. The answer is
     * {@link UserAgent#flowOpened} or {@link UserAgent#flowFailed} with the same token. {@code tlsServerName} is who the certificate
     * must be for; {@code listenerName} the listener to send from, null where the driver may choose.
     */
    record OpenFlow(
            long token,
            String transport,
            HostPort remote,
            @Nullable String tlsServerName,
            @Nullable String listenerName)
            implements UserAgentEvent {}

    /** Close this connection: nothing more is to be expected on it. */
    record CloseFlow(Flow flow) implements UserAgentEvent {}

    /** Ask the DNS; the answer goes to {@link UserAgent#resolved}. */
    record Resolve(DnsQuestion question) implements UserAgentEvent {}

    // For the owner of the session.

    /** What tells about one session. */
    sealed interface SessionEvent extends UserAgentEvent {
        /** The session it tells about. */
        SessionId session();
    }

    /**
     * An INVITE came in, was allowed, and is waiting (100 has been sent) for {@code Ring}, {@code Answer}, {@code Reject} or
     * {@code HangUp}. {@code offer} is its session description, null where the caller wants the offer from us.
     */
    record IncomingCall(
            SessionId session, EndpointProfile endpoint, SipRequest invite, Flow flow, byte @Nullable [] offer)
            implements SessionEvent {}

    /**
     * A provisional response from the branch {@code remoteTag} of a call we placed. {@code sdp} is the answer (or, where we placed it
     * without an offer, the offer) that it carried; with a second branch comes a second tag, whose sdp is a session of its own until one
     * of them answers.
     */
    record CallProgress(
            SessionId session, int status, String reason, byte @Nullable [] sdp, String remoteTag, Headers headers)
            implements SessionEvent {}

    /**
     * The call we placed is answered by the branch {@code remoteTag}. {@code sdp} is the answer; null where it came with a
     * {@link CallProgress} of that branch. Where the call was placed without an offer, {@code sdp} is the other side's offer and
     * {@code answerExpected}: the ACK waits for {@code AnswerOffer}.
     */
    record CallAnswered(
            SessionId session,
            byte @Nullable [] sdp,
            boolean answerExpected,
            String remoteTag,
            Headers headers,
            SipResponse response)
            implements SessionEvent {}

    /**
     * The call we placed was refused, or came to nothing (408 no answer, 503 no way to it, 487 we gave up), {@code reason} says why.
     * {@code contacts} are where a 3xx points to. {@link SessionEnded} follows.
     */
    record CallRefused(
            SessionId session,
            int status,
            String reason,
            List<NameAddress> contacts,
            @Nullable ReasonHeader reasonHeader,
            Headers headers)
            implements SessionEvent {}

    /** The ACK to our answer came. {@code sdp} is the answer to the offer we made in the 200 (also of a re-INVITE), else null. */
    record CallConfirmed(SessionId session, byte @Nullable [] sdp) implements SessionEvent {}

    /**
     * The session is over and it was not us who ended it: BYE, CANCEL, session timer, no ACK, 481 or 408 within it. {@code why} in
     * words for a log. {@link SessionEnded} follows.
     */
    record CallHungUp(SessionId session, @Nullable ReasonHeader reasonHeader, String why) implements SessionEvent {}

    /**
     * The other side wants to change the session by re-INVITE or UPDATE, or, before the answer, by PRACK. With {@code answerExpected},
     * {@code AnswerOffer} or {@code RefuseOffer} is due; {@code sdp} null then means an INVITE without offer: our answer to it is an
     * offer, and its answer comes in {@link CallConfirmed}.
     */
    record OfferReceived(SessionId session, byte @Nullable [] sdp, boolean answerExpected, Headers headers)
            implements SessionEvent {}

    /** The answer to our {@code Offer}, {@code Update} or to the offer in a reliable provisional response. */
    record OfferAnswered(SessionId session, byte @Nullable [] sdp) implements SessionEvent {}

    /** Our offer was refused or could not be made; the session stays as it was before it. */
    record OfferRefused(SessionId session, int status, String reason) implements SessionEvent {}

    /** An INFO in the session; 200 has been sent. RFC 6086. */
    record InfoReceived(SessionId session, String contentType, byte[] body) implements SessionEvent {}

    /** Nothing is left of the session: the last thing said about it. */
    record SessionEnded(SessionId session) implements SessionEvent {}

    // For the notifier.

    /** Somebody has subscribed; {@link UserAgentCommand.Notify} is due at once. {@code resource} is as the policy named it. */
    record Subscribed(SubscriptionId subscription, String endpoint, String eventPackage, String resource)
            implements UserAgentEvent {}

    /** A subscription is over. */
    record Unsubscribed(SubscriptionId subscription) implements UserAgentEvent {}

    // For the keeper of contacts, and for logs.

    /** A binding came, was refreshed or went; whoever keeps bindings through a restart writes it down. */
    record BindingChanged(RegistrarEvent event) implements UserAgentEvent {}

    /** What qualification found out about a contact: told when it changes, and with the round trip at every answer. */
    record ContactStatusChanged(ContactId contact, ContactStatus status) implements UserAgentEvent {}

    /** A request was refused before it became anything: for the security log. {@code user} is who it claimed to be. */
    record RequestRefused(Flow flow, String method, Uri uri, String user, int status, String why)
            implements UserAgentEvent {}

    /**
     * Somebody asked to be let in. {@code user} is who it claimed to be, {@code detail} what a log may add in words; both may hold a
     * stranger's text.
     */
    record Knocked(Flow flow, String method, String uri, String user, String callId, Admission admission, String detail)
            implements UserAgentEvent {}

    /** The door has shut somebody out. */
    record Banned(Ban ban) implements UserAgentEvent {}

    /** One of our steps failed for one session or request, which has been given up: for the error log. */
    record StepFailed(String what, RuntimeException failure) implements UserAgentEvent {}
}
