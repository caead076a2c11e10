package io.allo.pbx.fraud;

/**
 * What is known of one trunk. Immutable.
 *
 * @param isPublic {@code public}: calls through it go to the public network; yes. no: it is another of our own systems
 * @param numbers {@code numbers}: how it wants its numbers; auto
 * @param callClass {@code class}: of calls that come in by it and go out again; the trunk class
 */
public record TrunkRule(String name, boolean isPublic, NumberFormat numbers, String callClass) {}
