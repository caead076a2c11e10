package io.allo.sip.agent;

import io.allo.core.random.RandomSource;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.locate.DnsAnswer;
import io.allo.sip.locate.DnsQuestion;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipMessage;
import io.allo.sip.registrar.WallTime;

/**
 * The one door to SIP: everything that comes in goes through one of these methods, everything that is to happen comes out of the outbox,
 * which the driver empties after each. Owned by the SIP loop.
 */
public final class UserAgent {
    /** {@code wallTime} tells the calendar's time of a moment, for bindings that outlive the process. */
    public UserAgent(UserAgentSettings settings, UserAgentPolicy policy, WallTime wallTime, RandomSource random) {
        reconfigure(settings, policy);
    }

    /** A new configuration: what is under way goes on by the old one where it matters. */
    public void reconfigure(UserAgentSettings newSettings, UserAgentPolicy newPolicy) {}

    /** A message came over {@code flow}. */
    public void receive(Flow flow, SipMessage message, long nowNanos, Outbox<UserAgentEvent> out) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Something that is no message came over {@code flow}; it is answered where it can be. */
    public void receiveMalformed(Flow flow, BadMessageException problem, long nowNanos, Outbox<UserAgentEvent> out) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Does as told. */
    public void command(UserAgentCommand command, long nowNanos, Outbox<UserAgentEvent> out) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The flow asked for by {@link UserAgentEvent.OpenFlow} is there. */
    public void flowOpened(long token, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The flow asked for can't be had. */
    public void flowFailed(long token, String why, long nowNanos, Outbox<UserAgentEvent> out) {
        throw new UnsupportedOperationException("not yet");
    }

    /** A connection is gone, or a datagram over it could not be sent (ICMP). */
    public void flowClosed(Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The DNS answered a {@link UserAgentEvent.Resolve}. */
    public void resolved(DnsQuestion question, DnsAnswer answer, long nowNanos, Outbox<UserAgentEvent> out) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The time that {@link #deadlineNanos} named has come. */
    public void onDeadline(long nowNanos, Outbox<UserAgentEvent> out) {
        throw new UnsupportedOperationException("not yet");
    }

    /** When {@link #onDeadline} is to be called, in the time of {@code nowNanos}; {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        return Long.MAX_VALUE;
    }
}
