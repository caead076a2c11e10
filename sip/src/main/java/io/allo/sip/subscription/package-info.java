/**
 * Subscriptions to events at the notifier's end: RFC 6665. No I/O, no clock: each step is told the time. Owned by the SIP loop.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.subscription;
