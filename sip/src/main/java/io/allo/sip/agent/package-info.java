/**
 * The one door to SIP. {@link io.allo.sip.agent.UserAgent} takes what came over flows, commands, DNS answers and the time, hands each to the
 * machine it belongs to, and says in {@link io.allo.sip.agent.UserAgentEvent}s what is to be done and what happened. RFC 3261 sections 8
 * (user agent behaviour), 11 (OPTIONS), 18 (which flow to use); the rules of calls are in sip.session, those of registration in sip.registrar.
 *
 * <p>Thread: the SIP loop. Pure: no socket, clock, chance or log of its own. Uses every other room of the stack.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.agent;
