/**
 * What is heard and seen: session descriptions, RTP, codecs, mixing. Everything advances by a tick that is told the
 * time. No socket, thread, clock, chance or log; it uses io.allo.core only and does not know SIP.
 *
 * <p>Thread: a port and its streams are owned by the media loop on which they are placed; values by nobody.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media;
