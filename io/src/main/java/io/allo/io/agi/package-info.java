/**
 * The edge of the Asterisk Gateway Interface: scripts as processes and FastAGI servers over TCP, both as an {@link AgiLink}
 * that carries lines. What the lines mean is {@code pbx.app.agi}'s. A link belongs to the call that opened it; threads of its
 * own read and write. Uses {@link io.allo.io.dns} for {@code hagi}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.agi;
