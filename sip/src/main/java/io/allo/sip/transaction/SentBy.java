package io.allo.sip.transaction;

import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;

/** The question what to call ourselves in the Via of a request that leaves over a flow: our public address where NAT is between. */
@FunctionalInterface
public interface SentBy {
    /** The {@code sent-by} of RFC 3261 section 18.1.1. */
    HostPort sentBy(Flow flow);
}
