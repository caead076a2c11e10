/**
 * What operators, programs and browsers see of allo. A gate reads call events and posts requests; it never changes a
 * call itself and never uses another gate.
 *
 * <p>Thread: one virtual thread for each connection.
 */
@org.jspecify.annotations.NullMarked
package io.allo.gate;
