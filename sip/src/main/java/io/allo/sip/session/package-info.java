/**
 * Calls as SIP sees them: INVITE and all that may happen until the last BYE. RFC 3261 sections 13 to 15, offers and answers in INVITE, PRACK
 * (RFC 3262) and UPDATE (RFC 3311), session timers (RFC 4028), glare, CANCEL crossing 200, forked early dialogs, INFO (RFC 6086).
 *
 * <p>Thread: the SIP loop. Pure: time comes in as {@code nowNanos}, chance as a {@code RandomSource}. Uses sip.dialog, sip.auth,
 * sip.transaction (the names of transactions, the timers), sip.message, sip.header, sip.address, sip.flow, core.random.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.session;
