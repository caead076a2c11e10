/**
 * What the server knows about the network around it: the addresses by which the world beyond a router reaches it. A virtual thread of its
 * own looks names up again; everything else is called by the main thread. Uses pbx.endpoint.
 */
@org.jspecify.annotations.NullMarked
package io.allo.server.net;
