package io.allo.sip.agent;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.AddressBytes;
import io.allo.sip.door.Door;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.transaction.ServerTransactionId;
import io.allo.sip.transaction.TransactionEvent;
import io.allo.sip.transaction.TransactionSettings;
import io.allo.sip.transaction.TransactionTable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of the agent share: configuration, the transaction table with what it has to say, the flows, and the steps that have to
 * wait until the running one is over. Owned by the SIP loop.
 */
final class AgentState {
    /** Requests that say where we are to be reached. */
    private static final Set<String> TARGETED = Set.of("INVITE", "UPDATE", "OPTIONS", "NOTIFY");

    final RandomSource random;
    final TransactionTable table;
    final Outbox<TransactionEvent> transactions = new Outbox<>();
    final FlowBook flows = new FlowBook();
    final Door door;

    /** What has to happen in this call of the agent, but not inside the running step. */
    final ArrayDeque<Runnable> later = new ArrayDeque<>();

    private final Map<ServerTransactionId, Flow> received = new HashMap<>();
    private UserAgentSettings settings;
    private UserAgentPolicy policy;
    private boolean draining;

    AgentState(UserAgentSettings settings, UserAgentPolicy policy, Door door, RandomSource random) {
        this.settings = settings;
        this.policy = policy;
        this.door = door;
        this.random = random;
        int most = settings.limits().transactions();
        this.table = new TransactionTable(
                TransactionSettings.DEFAULT.withTimers(settings.timers()).withLimits(most, most),
                flow -> Contacts.addressFor(this.settings.listeners(), flow),
                random);
    }

    UserAgentSettings settings() {
        return settings;
    }

    UserAgentPolicy policy() {
        return policy;
    }

    void reconfigure(UserAgentSettings newSettings, UserAgentPolicy newPolicy) {
        settings = newSettings;
        policy = newPolicy;
    }

    /** Whether no new calls are taken. */
    boolean isDraining() {
        return draining;
    }

    void drain() {
        draining = true;
    }

    void requestReceived(ServerTransactionId transaction, Flow flow) {
        received.put(transaction, flow);
    }

    void requestOver(ServerTransactionId transaction) {
        received.remove(transaction);
    }

    /** Whether the other end has shown who it is, now or lately, or the configuration names it: others learn nothing of us. */
    boolean isKnown(Flow flow, long nowNanos) {
        return door.isKnown(AddressBytes.of(flow.remote().host()), nowNanos);
    }

    int openRequestCount() {
        return received.size();
    }

    /** Answers a request; a response that makes or moves a dialog gets our Contact with that user part. */
    void respond(ServerTransactionId transaction, SipResponse response, @Nullable String user, long nowNanos) {
        Headers.Builder headers = response.headers().toBuilder();
        Flow flow = received.get(transaction);
        String method = response.cseq().method();
        boolean target = method.equals("INVITE") || method.equals("UPDATE") || method.equals("SUBSCRIBE");
        int status = response.status();
        if (flow != null && target && status > 100 && status < 300) {
            // RFC 3261 section 12.1.1: a secure Contact where the request was for sips.
            headers.set(
                    HeaderName.CONTACT,
                    Contacts.own(settings.listeners(), flow, user, false).toString());
        }
        if (!settings.userAgent().isEmpty() && flow != null && isKnown(flow, nowNanos)) {
            headers.set(HeaderName.SERVER, settings.userAgent());
        }
        table.respond(transaction, response.withHeaders(headers.build()), nowNanos, transactions);
    }

    /** A request as it leaves over {@code flow}: Max-Forwards, User-Agent, and the Contact of one that makes or moves a dialog. */
    SipRequest decorated(SipRequest request, Flow flow, @Nullable String user) {
        Headers.Builder headers = request.headers().toBuilder();
        long left = request.headers().number(HeaderName.MAX_FORWARDS);
        if (left < 0) {
            headers.prepend(HeaderName.MAX_FORWARDS, Integer.toString(settings.maxForwards()));
        } else if (left > settings.maxForwards()) {
            headers.set(HeaderName.MAX_FORWARDS, Integer.toString(settings.maxForwards()));
        }
        String method = request.method().name();
        if (TARGETED.contains(method)) {
            boolean secure = request.uri().scheme().equals("sips");
            headers.set(
                    HeaderName.CONTACT,
                    Contacts.own(settings.listeners(), flow, user, secure).toString());
        }
        if (!settings.userAgent().isEmpty()) {
            headers.set(HeaderName.USER_AGENT, settings.userAgent());
        }
        return request.withHeaders(headers.build());
    }
}
