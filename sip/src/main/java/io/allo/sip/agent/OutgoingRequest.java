package io.allo.sip.agent;

import io.allo.sip.address.Uri;
import io.allo.sip.flow.Flow;
import io.allo.sip.locate.ServerAddress;
import io.allo.sip.locate.ServerLocator;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.transaction.ClientTransactionId;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A request of ours that looks for its way or is on it. {@code flow} is a flow to use if it leads to the next hop; {@code trusted}: use it
 * while it is open, whatever the next hop says. Owned by the SIP loop.
 */
final class OutgoingRequest {
    final SipRequest request;
    final Uri nextHop;
    final @Nullable Flow flow;
    final boolean trusted;
    final @Nullable String listenerName;
    final @Nullable String contactUser;
    final RequestOwner owner;

    /** The servers that have not been tried yet, best first. */
    final ArrayDeque<ServerAddress> servers = new ArrayDeque<>();

    @Nullable
    ServerLocator locator;

    @Nullable
    ClientTransactionId transaction;

    @Nullable
    String cancelReason;

    boolean cancelled;
    boolean answered;
    boolean fellBack;

    OutgoingRequest(
            SipRequest request,
            Uri nextHop,
            @Nullable Flow flow,
            boolean trusted,
            @Nullable String listenerName,
            @Nullable String contactUser,
            RequestOwner owner) {
        this.request = request;
        this.nextHop = nextHop;
        this.flow = flow;
        this.trusted = trusted;
        this.listenerName = listenerName;
        this.contactUser = contactUser;
        this.owner = owner;
    }

    boolean isAck() {
        return request.method().equals(SipMethod.ACK);
    }
}
