/**
 * Threads and their waits: the loop that owns the SIP stack, the inbox others post to, the parking of calls, the system's
 * clock. May use core only.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.loop;
