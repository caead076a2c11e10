/**
 * Which port feeds which, and what a tick does: relay, transcode, play, digits. Pure: packets and the time go in, packets go
 * out through {@link io.allo.media.graph.PacketSender}. Owned by one media loop; nothing is allocated per packet. RFC 3550,
 * RFC 4733, RFC 5761.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.graph;
