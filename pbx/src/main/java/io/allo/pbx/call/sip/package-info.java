/**
 * Where SIP sessions become channels: incoming calls, channels over {@code sip.agent} sessions, the SIP side of calling out,
 * identity headers. Events arrive on the SIP loop and are posted to channels; commands are posted back. RFC 3261, RFC 3264,
 * RFC 3325.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.call.sip;
