/**
 * RTP and RTCP as bytes, sequence numbers, reception statistics, telephone events.
 *
 * <p>RFC 3550 (RTP, RTCP, appendix A), RFC 3551 (payload types), RFC 4733 (telephone events), RFC 8285 (header extensions). Packets
 * are read and written in place in byte arrays; nothing allocates per packet. Pure: no sockets, no clock. Machines are owned by the
 * media loop that owns their stream.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.rtp;
