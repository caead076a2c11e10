/**
 * The edge that touches the world: sockets, files, databases, name lookups and the threads that drive the machines of
 * io.allo.sip and io.allo.media.
 *
 * <p>Thread: each room below says which thread it starts or runs on.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io;
