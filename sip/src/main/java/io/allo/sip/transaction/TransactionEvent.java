package io.allo.sip.transaction;

import io.allo.sip.flow.Flow;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a step of the table wants sent, and what it tells the transaction user (TU). Every transaction that the TU was told of, or began,
 * ends with one {@link Terminated}.
 */
public sealed interface TransactionEvent {
    /** Send this. If that fails, tell {@link TransactionTable#sendFailed}. */
    record SendMessage(Flow flow, SipMessage message) implements TransactionEvent {}

    /** A new request, its topmost Via completed (18.2.1). The TU must {@link TransactionTable#respond}. */
    record RequestReceived(ServerTransactionId transaction, SipRequest request, Flow flow)
            implements TransactionEvent {}

    /**
     * A CANCEL for {@code invite}: the TU responds 200 to it, and 487 to the INVITE if that has no final response yet (9.2). A CANCEL for
     * nothing has been answered with 481 and is not told.
     */
    record CancelReceived(ServerTransactionId transaction, SipRequest request, Flow flow, ServerTransactionId invite)
            implements TransactionEvent {}

    /** A CANCEL for somebody else's INVITE, from another host than that came from: answered with 481, no transaction was made. */
    record CancelRefused(SipRequest request, Flow flow) implements TransactionEvent {}

    /** An ACK for a 2xx. {@code invite} is null unless the ACK still names the INVITE's transaction; the dialog tells what it is for. */
    record AckReceived(@Nullable ServerTransactionId invite, SipRequest request, Flow flow)
            implements TransactionEvent {}

    /** A response to a request of ours: each provisional, the final one, and of an INVITE every 2xx (forks, retransmissions). */
    record ResponseReceived(ClientTransactionId transaction, SipResponse response, Flow flow)
            implements TransactionEvent {}

    /** A response to no transaction that is left: of interest only if it is a 2xx to an INVITE, whose dialog is to be ended. */
    record StrayResponse(SipResponse response, Flow flow) implements TransactionEvent {}

    /** Timer B, F or H: no final response came (the TU acts as on a 408), or no ACK to our final response. */
    record TimedOut(TransactionId transaction) implements TransactionEvent {}

    /** The message could not be sent (the TU of a client acts as on a 503). */
    record TransportFailed(TransactionId transaction) implements TransactionEvent {}

    /** The transaction is no more. */
    record Terminated(TransactionId transaction) implements TransactionEvent {}
}
