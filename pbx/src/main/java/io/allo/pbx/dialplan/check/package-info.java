/** Finds in a dialplan what calls would trip over, for {@code allo check}. Pure; reads {@link io.allo.pbx.dialplan} only. */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.dialplan.check;
