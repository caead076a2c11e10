package io.allo.pbx.fraud;

/**
 * What one user may. Immutable.
 *
 * @param callClass {@code class}: the name of a permission class; the default one
 * @param ceilings the class's, where {@code calls}, {@code minutes} and {@code simultaneous} say nothing else
 */
public record UserRule(String name, String callClass, Ceilings ceilings) {}
