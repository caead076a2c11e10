package io.allo.sip.transaction;

import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The server transactions of a table, by everything that one is asked for by. Owned by the SIP loop. */
final class ServerTransactions {
    /** What two copies of a request have in common that came by different ways. RFC 3261 section 8.2.2.2. */
    private record Merge(String fromTag, String callId, long cseq, String method) {}

    private final Map<TransactionKey, ServerTransaction> byKey = new HashMap<>();
    private final Map<ServerTransactionId, ServerTransaction> byId = new HashMap<>();
    private final Map<Merge, ServerTransaction> byMerge = new HashMap<>();

    @Nullable
    ServerTransaction find(ServerTransactionId id) {
        return byId.get(id);
    }

    @Nullable
    ServerTransaction find(TransactionKey key) {
        return byKey.get(key);
    }

    /** The transaction that {@code request} is a retransmission of, or as an ACK ends. RFC 3261 section 17.2.3. */
    @Nullable
    ServerTransaction find(TransactionKey key, SipRequest request) {
        ServerTransaction found = byKey.get(key);
        if (found == null || !(key instanceof TransactionKey.Legacy)) {
            return found;
        }
        boolean ack = request.method().equals(SipMethod.ACK);
        String expected = ack && found instanceof InviteServerTransaction invite
                ? invite.finalToTag()
                : found.request().toTag();
        return Objects.equals(expected, request.toTag()) ? found : null;
    }

    /** The transaction that {@code response} was sent by, or null. */
    @Nullable
    ServerTransaction findAnswered(SipResponse response) {
        TransactionKey key = TransactionKey.ofAnswered(response);
        if (key != null) {
            return byKey.get(key);
        }
        for (ServerTransaction transaction : byId.values()) {
            if (transaction.key() instanceof TransactionKey.Legacy legacy
                    && legacy.callId().equals(response.callId())
                    && legacy.cseq() == response.cseq().number()
                    && legacy.method().equals(response.cseq().method())) {
                return transaction;
            }
        }
        return null;
    }

    /** Whether a copy of {@code request}, which opens no dialog's but its own transaction, is here already by another way. */
    boolean isMerged(SipRequest request) {
        Merge merge = merge(request);
        return merge != null && byMerge.containsKey(merge);
    }

    void add(ServerTransaction transaction) {
        byKey.put(transaction.key(), transaction);
        byId.put(transaction.id(), transaction);
        Merge merge = merge(transaction.request());
        if (merge != null) {
            byMerge.putIfAbsent(merge, transaction);
        }
    }

    void remove(ServerTransaction transaction) {
        byKey.remove(transaction.key(), transaction);
        byId.remove(transaction.id());
        forgetMerge(transaction);
    }

    /** Lets a copy of the request be a new one. */
    void forgetMerge(ServerTransaction transaction) {
        Merge merge = merge(transaction.request());
        if (merge != null) {
            byMerge.remove(merge, transaction);
        }
    }

    int size() {
        return byId.size();
    }

    private static @Nullable Merge merge(SipRequest request) {
        String fromTag = request.fromTag();
        if (fromTag == null || request.toTag() != null || request.method().equals(SipMethod.CANCEL)) {
            return null;
        }
        return new Merge(
                fromTag,
                request.callId(),
                request.cseq().number(),
                request.method().name());
    }
}
