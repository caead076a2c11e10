package io.allo.sip.agent;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipResponse;

/** Who waits for what becomes of a request of ours. */
interface RequestOwner {
    /** A response, provisional ones too; of an INVITE every 2xx. */
    void onResponse(SipResponse response, Flow flow, long nowNanos, Outbox<UserAgentEvent> out);

    /** No response came (408), or there was no way to send it (503). */
    void onFailed(int status, String why, long nowNanos, Outbox<UserAgentEvent> out);
}
