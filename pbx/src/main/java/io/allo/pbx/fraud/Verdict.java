package io.allo.pbx.fraud;

import io.allo.pbx.conf.Text;

/**
 * What the rules say to one number. Immutable.
 *
 * @param allowed whether it may be called
 * @param rule which rule decided: emergency, private, open, allow, deny, number, country, premium, shared-cost, satellite,
 *     hours, calls, minutes, simultaneous
 * @param why in words
 */
public record Verdict(boolean allowed, String rule, DialedNumber number, Text why) {}
