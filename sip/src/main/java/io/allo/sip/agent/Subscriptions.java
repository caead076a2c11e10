package io.allo.sip.agent;

import io.allo.sip.address.SipParseException;
import io.allo.sip.dialog.Dialog;
import io.allo.sip.dialog.DialogTable;
import io.allo.sip.dialog.Tags;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.EventHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.subscription.Subscription;
import io.allo.sip.transaction.ServerTransactionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has subscribed to what: RFC 6665 at the notifier's end. What is to be told comes from above by {@link UserAgentCommand.Notify}. Owned by
 * the SIP loop.
 */
final class Subscriptions {
    /** How many there may be; more are refused with 503. */
    static final int MOST = 20_000;

    /** What may be subscribed to. */
    static final String PACKAGES = "message-summary";

    private static final int FIRST_SEQUENCE = 1 << 16;

    private final AgentState state;
    private final Requester requester;
    private final Map<SubscriptionId, Held> held = new LinkedHashMap<>();
    private final DialogTable<Held> dialogs = new DialogTable<>();
    private long lastNumber;

    private record Held(SubscriptionId id, Subscription subscription, boolean rewriteContact, String endpoint) {}

    Subscriptions(AgentState state, Requester requester) {
        this.state = state;
        this.requester = requester;
    }

    int count() {
        return held.size();
    }

    /** The status by which a SUBSCRIBE is refused whoever sends it; 0 for none. RFC 6665 section 4.2.1.1. */
    static int statusOf(SipRequest request) {
        String event = request.headers().first(HeaderName.EVENT);
        try {
            return event != null && EventHeader.parse(event).eventPackage().equals(PACKAGES) ? 0 : 489;
        } catch (SipParseException malformed) {
            return 400;
        }
    }

    /** A SUBSCRIBE outside a dialog, from one who may ask. */
    void take(
            ServerTransactionId transaction,
            SipRequest request,
            Flow flow,
            EndpointProfile endpoint,
            long nowNanos,
            Outbox<UserAgentEvent> out) {
        long seconds = Subscription.granted(request);
        String resource = state.policy().subscribable(endpoint, request);
        if (seconds < 0) {
            tooBrief(transaction, request, nowNanos);
        } else if (resource == null) {
            state.respond(transaction, SipResponse.to(request, 404, Tags.next(state.random)), null, nowNanos);
        } else if (held.size() >= MOST || state.isDraining()) {
            state.respond(transaction, SipResponse.to(request, 503, Tags.next(state.random)), null, nowNanos);
        } else {
            SipRequest seen = endpoint.rewriteContact() ? Contacts.rewritten(request, flow) : request;
            String tag = Tags.next(state.random);
            Dialog dialog = Dialog.ofServer(seen, tag, state.random.nextInt(FIRST_SEQUENCE), flow);
            var event = EventHeader.parse(String.valueOf(request.headers().first(HeaderName.EVENT)));
            var subscription = new Subscription(dialog, event, seconds, nowNanos);
            var id = new SubscriptionId(++lastNumber);
            var all = new Held(id, subscription, endpoint.rewriteContact(), endpoint.name());
            held.put(id, all);
            dialogs.put(dialog.id(), all);
            granted(transaction, request, tag, seconds, nowNanos);
            out.add(new UserAgentEvent.Subscribed(id, endpoint.name(), event.eventPackage(), resource));
        }
    }

    private void granted(
            ServerTransactionId transaction, SipRequest request, @Nullable String tag, long seconds, long nowNanos) {
        SipResponse ok = SipResponse.to(request, 200, tag).withHeader(HeaderName.EXPIRES, Long.toString(seconds));
        state.respond(transaction, ok, null, nowNanos);
    }

    private void tooBrief(ServerTransactionId transaction, SipRequest request, long nowNanos) {
        state.respond(
                transaction,
                SipResponse.to(request, 423, Tags.next(state.random))
                        .withHeader(HeaderName.MIN_EXPIRES, Long.toString(Subscription.LEAST_SECONDS)),
                null,
                nowNanos);
    }

    /** Whose dialog a request came in; null where it is none of ours. */
    DialogPeers.@Nullable Party party(SipRequest request) {
        Held found = dialogs.find(request);
        return found == null ? null : new DialogPeers.Party(found.subscription().dialog(), found.endpoint());
    }

    /** A SUBSCRIBE in a dialog; false where there is no such subscription. RFC 6665 section 4.2.1.3. */
    boolean receive(
            ServerTransactionId transaction, SipRequest request, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
        Held found = dialogs.find(request);
        if (found == null) {
            return false;
        }
        Subscription subscription = found.subscription();
        long seconds = Subscription.granted(request);
        String event = request.headers().first(HeaderName.EVENT);
        if (statusOf(request) != 0 || !EventHeader.parse(String.valueOf(event)).matches(subscription.event())) {
            state.respond(transaction, SipResponse.to(request, 489, null), null, nowNanos);
        } else if (seconds < 0) {
            tooBrief(transaction, request, nowNanos);
        } else if (!subscription.dialog().accepts(request)) {
            state.respond(transaction, SipResponse.to(request, 500, null), null, nowNanos);
        } else {
            SipRequest seen = found.rewriteContact() ? Contacts.rewritten(request, flow) : request;
            granted(transaction, request, null, seconds, nowNanos);
            subscription.onSubscribe(seen, seconds, flow, nowNanos);
            send(found, nowNanos, out);
        }
        return true;
    }

    /** There is something to tell one subscriber. */
    void notify(UserAgentCommand.Notify command, long nowNanos, Outbox<UserAgentEvent> out) {
        Held found = held.get(command.subscription());
        if (found != null) {
            found.subscription().tell(new Subscription.Content(command.contentType(), command.body()));
            send(found, nowNanos, out);
        }
    }

    /** All are told that it is over here: at the end of the program. */
    void endAll(long nowNanos, Outbox<UserAgentEvent> out) {
        for (Held each : List.copyOf(held.values())) {
            each.subscription().end("deactivated");
            send(each, nowNanos, out);
        }
    }

    long deadlineNanos() {
        long earliest = Long.MAX_VALUE;
        for (Held each : held.values()) {
            earliest = Math.min(earliest, each.subscription().deadlineNanos());
        }
        return earliest;
    }

    void onDeadline(long nowNanos, Outbox<UserAgentEvent> out) {
        for (Held each : List.copyOf(held.values())) {
            if (each.subscription().deadlineNanos() <= nowNanos) {
                each.subscription().onDeadline(nowNanos);
                send(each, nowNanos, out);
            }
        }
    }

    private void send(Held from, long nowNanos, Outbox<UserAgentEvent> out) {
        Dialog dialog = from.subscription().dialog();
        SipRequest notify = from.subscription().next(nowNanos);
        if (notify != null) {
            requester.send(
                    new OutgoingRequest(notify, dialog.nextHop(), dialog.flow(), true, null, null, new Answered(from)),
                    nowNanos,
                    out);
        }
        forgetIfOver(from, out);
    }

    private void forgetIfOver(Held over, Outbox<UserAgentEvent> out) {
        if (over.subscription().state() == Subscription.State.TERMINATED && held.remove(over.id()) != null) {
            dialogs.remove(over.subscription().dialog().id(), over);
            out.add(new UserAgentEvent.Unsubscribed(over.id()));
        }
    }

    /** Waits for the answer to a NOTIFY. */
    private final class Answered implements RequestOwner {
        private final Held told;

        Answered(Held told) {
            this.told = told;
        }

        @Override
        public void onResponse(SipResponse response, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
            if (response.status() >= 200) {
                answered(response.status(), nowNanos, out);
            }
        }

        @Override
        public void onFailed(int status, String why, long nowNanos, Outbox<UserAgentEvent> out) {
            answered(408, nowNanos, out);
        }

        private void answered(int status, long nowNanos, Outbox<UserAgentEvent> out) {
            told.subscription().onAnswer(status);
            send(told, nowNanos, out);
        }
    }
}
