/**
 * One side of a call's sound as the switch sees it: commands in, events out, by the name of a port. Pure values and the
 * seam {@link io.allo.media.port.MediaPlane}; the packets' path is behind it. RFC 3550, RFC 4733.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.port;
