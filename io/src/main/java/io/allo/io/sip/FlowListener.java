package io.allo.io.sip;

import io.allo.sip.flow.Flow;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipMessage;

/** What transports tell upward. Called by their reading and connecting threads; never blocks. */
public interface FlowListener {

    /** A message came. Returns false where there was no room for it: a datagram is lost then, a stream tries again. */
    boolean received(Flow flow, SipMessage message);

    /** A message came from one who is known and sends more than it may: to be refused. Lost where there is no room for it. */
    void excess(Flow flow, SipMessage message);

    /** Something that is no message came. Lost where there is no room for it. */
    void malformed(Flow flow, BadMessageException problem);

    /** The flow asked for by {@code token} is there. */
    void opened(long token, Flow flow);

    /** The flow asked for by {@code token} can't be had; {@code why} is for a log. */
    void failed(long token, String why);

    /** The connection is gone, or a datagram could not be sent. Once for a connection. */
    void closed(Flow flow);
}
