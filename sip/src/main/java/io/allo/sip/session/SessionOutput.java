package io.allo.sip.session;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.Uri;
import io.allo.sip.dialog.DialogId;
import io.allo.sip.flow.Flow;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.transaction.ServerTransactionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step of an {@link InviteSession} wants done and has to tell. Requests lack Via, Max-Forwards and (INVITE and UPDATE) Contact,
 * responses to INVITE and UPDATE their Contact: they depend on the flow, which whoever sends them chooses.
 */
public sealed interface SessionOutput {

    /**
     * Begin a client transaction. Responses come back with {@code number}. {@code flow} is where the other side was last heard, null for
     * a first INVITE that has none.
     */
    record Send(
            long number,
            SipRequest request,
            Uri nextHop,
            @Nullable Flow flow) implements SessionOutput {}

    /** Send an ACK, which has no transaction. */
    record SendAck(SipRequest ack, Uri nextHop, Flow flow) implements SessionOutput {}

    /** Cancel the INVITE with that number as soon as that is allowed. */
    record Cancel(long number, @Nullable ReasonHeader reason) implements SessionOutput {}

    /** Answer. */
    record Respond(ServerTransactionId transaction, SipResponse response) implements SessionOutput {}

    /** From now on requests in this dialog are for this session. */
    record DialogBegun(DialogId dialog) implements SessionOutput {}

    /** Requests in this dialog are no longer for this session. */
    record DialogEnded(DialogId dialog) implements SessionOutput {}

    /** See {@code UserAgentEvent.CallProgress}. */
    record Progress(int status, String reason, byte @Nullable [] sdp, String remoteTag, Headers headers)
            implements SessionOutput {}

    /** See {@code UserAgentEvent.CallAnswered}. */
    record Answered(byte @Nullable [] sdp, boolean answerExpected, String remoteTag, SipResponse response)
            implements SessionOutput {}

    /** See {@code UserAgentEvent.CallRefused}. */
    record Refused(
            int status,
            String reason,
            List<NameAddress> contacts,
            @Nullable ReasonHeader reasonHeader,
            Headers headers) implements SessionOutput {}

    /** See {@code UserAgentEvent.CallConfirmed}. */
    record Confirmed(byte @Nullable [] sdp) implements SessionOutput {}

    /** See {@code UserAgentEvent.CallHungUp}. */
    record HungUp(@Nullable ReasonHeader reasonHeader, String why) implements SessionOutput {}

    /** See {@code UserAgentEvent.OfferReceived}. */
    record OfferReceived(byte @Nullable [] sdp, boolean answerExpected, Headers headers) implements SessionOutput {}

    /** See {@code UserAgentEvent.OfferAnswered}. */
    record OfferAnswered(byte @Nullable [] sdp) implements SessionOutput {}

    /** See {@code UserAgentEvent.OfferRefused}. */
    record OfferRefused(int status, String reason) implements SessionOutput {}

    /** See {@code UserAgentEvent.InfoReceived}. */
    record InfoReceived(String contentType, byte[] body) implements SessionOutput {}

    /** Nothing is left: the last output. */
    record Ended() implements SessionOutput {}
}
