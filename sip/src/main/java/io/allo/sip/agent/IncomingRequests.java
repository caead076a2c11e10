package io.allo.sip.agent;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;
import io.allo.sip.auth.ChallengeKind;
import io.allo.sip.auth.Credentials;
import io.allo.sip.auth.DigestChallenge;
import io.allo.sip.auth.DigestPolicy;
import io.allo.sip.auth.DigestSecret;
import io.allo.sip.auth.DigestVerdict;
import io.allo.sip.auth.DigestVerifier;
import io.allo.sip.dialog.Tags;
import io.allo.sip.door.Judgement;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.message.RequestCheck;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.message.StatusCode;
import io.allo.sip.registrar.Reception;
import io.allo.sip.session.Abilities;
import io.allo.sip.session.MessageCheck;
import io.allo.sip.transaction.ServerTransactionId;
import io.allo.sip.transaction.TransactionEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a new request, in the order of RFC 3261 section 8.2: may it come in, is it well-formed, is it of a dialog, do we do such
 * things, who sent it, and only then what it asks for. Owned by the SIP loop.
 */
final class IncomingRequests {
    private static final String RETRY_AFTER_SECONDS = "10";
    private static final String ACCESS_LIST = "the endpoint's access list";
    private static final String ELSEWHERE = "from another address than its call";
    private static final Credentials NOBODY = (username, realm) -> null;

    private static final Set<SipMethod> METHODS = Set.of(
            SipMethod.INVITE,
            SipMethod.ACK,
            SipMethod.CANCEL,
            SipMethod.OPTIONS,
            SipMethod.BYE,
            SipMethod.REGISTER,
            SipMethod.INFO,
            SipMethod.PRACK,
            SipMethod.UPDATE,
            SipMethod.SUBSCRIBE);

    private static final RequestCheck CHECK = new RequestCheck(
            Set.of("sip", "sips", "tel"), METHODS, Set.of("100rel", "timer", "path"), Set.of("application/sdp"));

    private final AgentState state;
    private final Sessions sessions;
    private final Registrations registrations;
    private final Subscriptions subscriptions;
    private final DigestVerifier verifier;
    private final DelayedAnswers delayed;
    private final DialogPeers peers;

    IncomingRequests(
            AgentState state,
            Sessions sessions,
            Registrations registrations,
            Subscriptions subscriptions,
            DigestVerifier verifier) {
        this.subscriptions = subscriptions;
        this.state = state;
        this.sessions = sessions;
        this.registrations = registrations;
        this.verifier = verifier;
        this.delayed = new DelayedAnswers(state);
        this.peers = new DialogPeers(state, registrations);
    }

    long deadlineNanos() {
        return delayed.deadlineNanos();
    }

    void onDeadline(long nowNanos) {
        delayed.onDeadline(nowNanos);
    }

    /** A request that is no retransmission, ACK or CANCEL. */
    void receive(
            ServerTransactionId transaction, SipRequest request, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
        var asked = new Asked(transaction, request, flow, nowNanos, out);
        if (!state.policy().admits(flow)) {
            knocked(asked, Admission.ADDRESS_REFUSED, "address not admitted");
            refuse(asked, 403, "address not admitted");
            return;
        }
        try {
            MessageCheck.check(request);
        } catch (SipParseException malformed) {
            knocked(asked, Admission.MALFORMED, malformed.what());
            refuse(asked, 400, malformed.what());
            return;
        }
        if (request.toTag() != null && !request.method().equals(SipMethod.REGISTER)) {
            receiveInDialog(asked);
        } else {
            receiveOutside(asked);
        }
    }

    /** A request on its way through this room. */
    private record Asked(
            ServerTransactionId transaction,
            SipRequest request,
            Flow flow,
            long nowNanos,
            Outbox<UserAgentEvent> out) {}

    private void receiveInDialog(Asked asked) {
        boolean subscribe = asked.request().method().equals(SipMethod.SUBSCRIBE);
        DialogPeers.Party subscriber = subscribe ? subscriptions.party(asked.request()) : null;
        DialogPeers.Party party = subscriber == null ? sessions.party(asked.request()) : subscriber;
        if (party == null) {
            respond(asked, answer(asked, 481));
        } else if (peers.isPeer(party, asked.flow())) {
            deliver(asked);
        } else {
            receiveFromElsewhere(asked, party.endpoint());
        }
    }

    private void deliver(Asked asked) {
        boolean subscribe = asked.request().method().equals(SipMethod.SUBSCRIBE);
        if (subscribe
                && subscriptions.receive(
                        asked.transaction(), asked.request(), asked.flow(), asked.nowNanos(), asked.out())) {
            return;
        }
        sessions.receive(asked.transaction(), asked.request(), asked.flow(), asked.nowNanos(), asked.out());
    }

    /**
     * Whoever has read a call on its way knows its Call-ID and tags: from another address a request within it needs the endpoint's password.
     * Where there is none to be asked for, it is answered as if there were no such call. RFC 3261 sections 22.2 and 26.
     */
    private void receiveFromElsewhere(Asked asked, String name) {
        EndpointProfile endpoint = state.policy().endpoint(name);
        boolean provable = endpoint != null && endpoint.credentials() != null;
        if (endpoint != null && provable && state.policy().admits(endpoint, asked.flow())) {
            if (!asked.request().headers().has(HeaderName.AUTHORIZATION)) {
                told(asked, name, 401, ELSEWHERE);
            }
            judge(asked, new Claim(endpoint, true, false), true);
            return;
        }
        knocked(asked, name, Admission.NOT_ALLOWED, ELSEWHERE);
        told(asked, name, 481, ELSEWHERE);
        respond(asked, answer(asked, 481));
    }

    /** An ACK to a final answer of a session. */
    void acknowledge(SipRequest ack, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
        DialogPeers.Party party = sessions.party(ack);
        boolean elsewhere = party != null && !peers.isPeer(party, flow);
        sessions.receiveAck(ack, flow, elsewhere, nowNanos, out);
    }

    /** A CANCEL that came from elsewhere than its INVITE has been answered with 481. It can't be challenged, RFC 3261 section 22.1. */
    static void cancelRefused(TransactionEvent.CancelRefused cancel, Outbox<UserAgentEvent> out) {
        SipRequest request = cancel.request();
        String user = DoorStep.userOf(request);
        out.add(DoorStep.knocked(cancel.flow(), request, user, Admission.NOT_ALLOWED, ELSEWHERE));
        out.add(new UserAgentEvent.RequestRefused(cancel.flow(), "CANCEL", request.uri(), user, 481, ELSEWHERE));
    }

    private void receiveOutside(Asked asked) {
        SipRequest request = asked.request();
        int status = statusOutside(request);
        if (status != 0) {
            SipResponse answer = answer(asked, status);
            respond(asked, status == 489 ? answer.withHeader(HeaderName.ALLOW_EVENTS, Subscriptions.PACKAGES) : answer);
            return;
        }
        boolean invite = request.method().equals(SipMethod.INVITE);
        RequestCheck.Rejection rejection = CHECK.check(invite ? request : request.withoutBody());
        if (rejection != null) {
            SipResponse answer = rejection.answer(request, Tags.next(state.random));
            knocked(asked, Admission.MALFORMED, answer.reason());
            respond(asked, isKnown(asked) ? answer : DoorStep.bare(answer));
        } else if (request.method().equals(SipMethod.OPTIONS)) {
            SipResponse ok = answer(asked, 200);
            respond(asked, isKnown(asked) ? abilities(ok) : ok);
        } else if (invite && request.headers().number(HeaderName.MAX_FORWARDS) == 0) {
            respond(asked, answer(asked, 483));
        } else if (invite && (state.isDraining() || sessions.isFull())) {
            respond(asked, answer(asked, 503).withHeader(HeaderName.RETRY_AFTER, RETRY_AFTER_SECONDS));
        } else {
            authenticate(asked);
        }
    }

    /** What is refused whoever asks it: requests of dialogs that are none, and what a later issue brings. 0 for others. */
    private static int statusOutside(SipRequest request) {
        return switch (request.method().name()) {
            case "BYE", "INFO", "PRACK", "UPDATE", "NOTIFY" -> 481;
            case "PUBLISH" -> 489;
            case "SUBSCRIBE" -> Subscriptions.statusOf(request);
            default -> 0;
        };
    }

    private void authenticate(Asked asked) {
        Claim claim;
        try {
            claim = claim(asked);
        } catch (SipParseException malformed) {
            knocked(asked, Admission.MALFORMED, malformed.what());
            refuse(asked, 400, malformed.what());
            return;
        }
        EndpointProfile endpoint = claim.judgedAs();
        if (endpoint != null && !endpoint.forceRport()) {
            state.table.answerToSource(asked.transaction(), asked.flow(), false);
        }
        judge(asked, claim, false);
    }

    /** Whether a password is proved: the request is let in, or delivered to the dialog that it came {@code within}. */
    private void judge(Asked asked, Claim claim, boolean within) {
        EndpointProfile endpoint = claim.judgedAs();
        Credentials credentials = endpoint == null ? NOBODY : endpoint.credentials();
        if (credentials == null) {
            admit(asked, endpoint);
            return;
        }
        DigestPolicy policy = endpoint == null ? null : endpoint.digest();
        HostPort remote = asked.flow().remote();
        var barred = new boolean[1];
        DigestVerdict verdict = verifier.verify(
                asked.request(),
                policy == null ? DigestPolicy.md5(state.settings().realm()) : policy,
                (username, realm) -> {
                    // Asked in either case: the time it takes is to be the same.
                    DigestSecret secret = credentials.secret(username, realm);
                    barred[0] = state.door.isBarred(username, remote, asked.nowNanos());
                    return barred[0] ? null : claim.isReal() || secret == null ? secret : decoy(secret, username);
                },
                remote.host().hashCode(),
                asked.nowNanos());
        switch (verdict) {
            case DigestVerdict.Accepted accepted -> {
                state.door.proved(remote, accepted.username(), asked.nowNanos());
                knocked(asked, accepted.username(), Admission.PROVED, "");
                if (within) {
                    deliver(asked);
                } else {
                    admit(asked, claim.isReal() ? endpoint : null);
                }
            }
            case DigestVerdict.Malformed malformed -> {
                knocked(asked, Admission.MALFORMED, malformed.why());
                refuse(asked, 400, malformed.why());
            }
            case DigestVerdict.Challenged challenged ->
                challenge(asked, challenged, policy, barred[0] ? Admission.BARRED : claim.admission(challenged));
        }
    }

    /**
     * As which endpoint a request is judged, null for none at all: its own, or, for nobody's, one that stands in and whose password is never
     * right. {@code refused}: its own may not speak from there, so that its name is no more than any other.
     */
    private record Claim(@Nullable EndpointProfile judgedAs, boolean isReal, boolean refused) {
        Admission admission(DigestVerdict.Challenged challenged) {
            if (refused) {
                return Admission.ADDRESS_REFUSED;
            }
            return switch (challenged.reason()) {
                case UNKNOWN_USER -> Admission.UNKNOWN_USER;
                case WRONG_PASSWORD -> Admission.WRONG_PASSWORD;
                default -> isReal ? Admission.CHALLENGED : Admission.UNKNOWN_USER;
            };
        }
    }

    /** The same steps for who exists and who does not: somebody is found, and his access list is asked. */
    private Claim claim(Asked asked) {
        EndpointProfile named = state.policy().identify(asked.request(), asked.flow());
        EndpointProfile found = named == null ? state.policy().standIn(asked.request()) : named;
        boolean admitted = found == null || state.policy().admits(found, asked.flow());
        if (named != null && !admitted && named.credentials() == null) {
            found = state.policy().standIn(asked.request());
        }
        return new Claim(found, named != null && admitted, named != null && !admitted);
    }

    private static DigestSecret decoy(DigestSecret secret, String username) {
        return secret instanceof DigestSecret.Decoy ? secret : new DigestSecret.Decoy(secret, username);
    }

    /** Who failed gets the same challenge as who has not tried, but perhaps later. */
    private void challenge(
            Asked asked, DigestVerdict.Challenged challenged, @Nullable DigestPolicy policy, Admission admission) {
        ChallengeKind kind = policy == null ? ChallengeKind.SERVER : policy.kind();
        SipResponse response = answer(asked, kind.statusCode());
        Headers.Builder headers = response.headers().toBuilder();
        for (DigestChallenge challenge : challenged.challenges()) {
            headers.add(kind.challengeHeader(), challenge.header().toString());
        }
        SipResponse answer = response.withHeaders(headers.build());
        if (!challenged.reason().isFailure()) {
            boolean known = admission == Admission.CHALLENGED;
            String nonce = challenged.challenges().getFirst().nonce();
            String detail = admission == Admission.ADDRESS_REFUSED ? ACCESS_LIST : "no such endpoint";
            knocked(asked, DoorStep.userOf(asked.request()), admission, known ? nonce : detail);
            respond(asked, answer);
            return;
        }
        String why = switch (admission) {
            case BARRED -> "user banned";
            case UNKNOWN_USER -> "unknown user";
            case ADDRESS_REFUSED -> ACCESS_LIST;
            default -> "wrong password";
        };
        told(asked, challenged.username(), kind.statusCode(), why);
        knocked(asked, challenged.username(), admission, why);
        boolean proven = asked.flow().isReliable() || challenged.returned();
        Judgement judgement = state.door.failed(asked.flow().remote(), challenged.username(), proven, asked.nowNanos());
        judgement.bans().forEach(ban -> asked.out().add(new UserAgentEvent.Banned(ban)));
        delayed.respond(asked.transaction(), answer, judgement.delayNanos(), asked.nowNanos());
    }

    private boolean isKnown(Asked asked) {
        return state.isKnown(asked.flow(), asked.nowNanos());
    }

    private void admit(Asked asked, @Nullable EndpointProfile endpoint) {
        if (endpoint == null) {
            throw new IllegalStateException("nobody has proved a password");
        }
        if (asked.request().method().equals(SipMethod.REGISTER)) {
            register(asked, endpoint);
        } else if (asked.request().method().equals(SipMethod.SUBSCRIBE)) {
            subscriptions.take(
                    asked.transaction(), asked.request(), asked.flow(), endpoint, asked.nowNanos(), asked.out());
        } else {
            sessions.take(asked.transaction(), asked.request(), asked.flow(), endpoint, asked.nowNanos(), asked.out());
        }
    }

    /** The address of record is named by the To; the endpoint has to have it. RFC 3261 section 10.3 steps 4 and 5. */
    private void register(Asked asked, EndpointProfile endpoint) {
        String aor = aorOf(asked.request(), endpoint);
        if (aor == null) {
            boolean none = endpoint.aors().isEmpty();
            knocked(asked, endpoint.name(), Admission.NOT_ALLOWED, "may not register there");
            refuse(asked, none ? 403 : 404, none ? "endpoint may not register" : "not an address of record of its");
            return;
        }
        if (!isContactAdmitted(asked, endpoint)) {
            knocked(asked, endpoint.name(), Admission.CONTACT_REFUSED, "contact not admitted");
            refuse(asked, 403, "contact not admitted");
            return;
        }
        respond(
                asked,
                registrations.register(
                        asked.request(),
                        aor,
                        new Reception(asked.flow(), endpoint.rewriteContact()),
                        asked.nowNanos(),
                        asked.out()));
    }

    /** What is written in Contact has to pass the access lists for contacts, or where it is seen if that is what counts. */
    private boolean isContactAdmitted(Asked asked, EndpointProfile endpoint) {
        if (endpoint.rewriteContact()) {
            return state.policy().admitsContact(endpoint, asked.flow().remote().host());
        }
        return asked.request().headers().contact().addresses().stream()
                .allMatch(contact ->
                        !(contact.uri() instanceof SipUri uri) || state.policy().admitsContact(endpoint, uri.host()));
    }

    private static @Nullable String aorOf(SipRequest request, EndpointProfile endpoint) {
        Uri to = request.to().uri();
        String user = to instanceof SipUri uri ? uri.user() : null;
        if (user == null) {
            return null;
        }
        String full = to instanceof SipUri uri ? user + "@" + uri.host() : user;
        if (endpoint.aors().contains(full)) {
            return full;
        }
        return endpoint.aors().contains(user) ? user : null;
    }

    private static SipResponse abilities(SipResponse response) {
        return response.withHeaders(response.headers().toBuilder()
                .set(HeaderName.ALLOW, Abilities.ALLOW)
                .set(HeaderName.ACCEPT, Abilities.ACCEPT)
                .set(HeaderName.SUPPORTED, Abilities.RELIABLE + ", " + Abilities.TIMER)
                .build());
    }

    private SipResponse answer(Asked asked, int status) {
        return SipResponse.to(asked.request(), status, Tags.next(state.random));
    }

    private void refuse(Asked asked, int status, String why) {
        String reason = status == 400 && isKnown(asked) ? why : StatusCode.reason(status);
        respond(asked, SipResponse.to(asked.request(), status, reason, Tags.next(state.random)));
        told(asked, DoorStep.userOf(asked.request()), status, why);
    }

    private static void told(Asked asked, String user, int status, String why) {
        SipRequest request = asked.request();
        asked.out()
                .add(new UserAgentEvent.RequestRefused(
                        asked.flow(), request.method().name(), request.uri(), user, status, why));
    }

    private static void knocked(Asked asked, Admission admission, String detail) {
        knocked(asked, DoorStep.userOf(asked.request()), admission, detail);
    }

    private static void knocked(Asked asked, String user, Admission admission, String detail) {
        asked.out().add(DoorStep.knocked(asked.flow(), asked.request(), user, admission, detail));
    }

    private void respond(Asked asked, SipResponse response) {
        state.respond(asked.transaction(), response, null, asked.nowNanos());
    }
}
