/**
 * Repeatable loads with kept results: what a registration, a call and a relayed packet cost.
 *
 * <p>Thread: the main thread of a bench run; loads say which threads they add.
 */
@org.jspecify.annotations.NullMarked
package io.allo.bench;
