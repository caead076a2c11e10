package io.allo.sip.agent;

/** Names a subscription from SUBSCRIBE to its end, across threads. */
public record SubscriptionId(long number) {}
