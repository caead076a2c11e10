/**
 * Dialogs: what two ends agree on so that requests find each other. RFC 3261 section 12: tags, route sets, remote targets, sequence numbers,
 * and the table that finds the dialog of a request.
 *
 * <p>Thread: the SIP loop. Pure. Uses sip.message, sip.header, sip.address, sip.flow, core.random.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.dialog;
