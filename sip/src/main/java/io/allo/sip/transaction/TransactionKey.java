package io.allo.sip.transaction;

import io.allo.sip.address.HostPort;
import io.allo.sip.header.ViaHeader;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** By what a message finds its transaction. RFC 3261 sections 17.1.3 and 17.2.3. */
public sealed interface TransactionKey {
    /** Of a response, and of the request it answers: our branch, and the method, since a CANCEL has its INVITE's branch. */
    record Client(String branch, String method) implements TransactionKey {}

    /** Of a request with a branch of RFC 3261; an ACK has the key of its INVITE. */
    record Server(String branch, HostPort sentBy, String method) implements TransactionKey {}

    /**
     * Of a request of an RFC 2543 element: what must be the same in a retransmission. The To tag is not part of it, since an ACK has the
     * one that our response added; {@link TransactionTable} compares it after.
     */
    record Legacy(String requestUri, String fromTag, String callId, long cseq, String topVia, String method)
            implements TransactionKey {}

    /** The key of the transaction that a response belongs to. */
    static Client of(SipResponse response) {
        return client(response.topVia(), response.cseq().method());
    }

    /** The key of the client transaction of a request that we send. */
    static Client client(ViaHeader via, String method) {
        String branch = via.branch();
        return new Client(branch == null ? "" : branch.toLowerCase(Locale.ROOT), method);
    }

    /** The key of the server transaction that a response of ours answers, null where the request came from an RFC 2543 element. */
    static @Nullable Server ofAnswered(SipResponse response) {
        ViaHeader via = response.topVia();
        String branch = via.branch();
        return branch != null && via.hasRfc3261Branch()
                ? new Server(
                        branch.toLowerCase(Locale.ROOT),
                        via.sentBy(),
                        response.cseq().method())
                : null;
    }

    /** The key of the server transaction that a request belongs to, or opens. */
    static TransactionKey of(SipRequest request) {
        return of(request, request.method().equals(SipMethod.ACK) ? SipMethod.INVITE : request.method());
    }

    /** The key of the INVITE that a CANCEL is for. RFC 3261 section 9.2. */
    static TransactionKey ofCancelled(SipRequest cancel) {
        return of(cancel, SipMethod.INVITE);
    }

    private static TransactionKey of(SipRequest request, SipMethod method) {
        ViaHeader via = request.topVia();
        String branch = via.branch();
        if (branch != null && via.hasRfc3261Branch()) {
            return new Server(branch.toLowerCase(Locale.ROOT), via.sentBy(), method.name());
        }
        return new Legacy(
                request.uri().toString(),
                orEmpty(request.fromTag()),
                request.callId(),
                request.cseq().number(),
                via.toString(),
                method.name());
    }

    private static String orEmpty(@Nullable String tag) {
        return Objects.requireNonNullElse(tag, "");
    }
}
