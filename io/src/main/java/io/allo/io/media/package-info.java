/**
 * Sound on the wire: UDP ports from a range, one selector per media loop, packets into {@link io.allo.media.graph.MediaGraph}
 * and out of it. One platform thread per loop; nothing is allocated, locked or logged per packet. RFC 3550 11 (port pairs).
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.media;
