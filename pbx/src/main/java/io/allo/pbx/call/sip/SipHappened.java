package io.allo.pbx.call.sip;

import io.allo.pbx.call.ChannelEvent;
import io.allo.sip.agent.UserAgentEvent;

/** Something happened in a channel's SIP session. Immutable. */
record SipHappened(UserAgentEvent.SessionEvent event) implements ChannelEvent.Technical {}
