/**
 * Time as a value: deadlines in a queue, asked "what is due at this time?". Times are nanoseconds on one monotonic clock
 * that starts at or above zero (the edge's {@code SystemClock}, or a simulated one); {@link java.lang.Long#MAX_VALUE}
 * means never.
 *
 * <p>Thread: a {@link io.allo.core.timer.TimerQueue} is owned by the thread of the machine that owns it.
 */
@org.jspecify.annotations.NullMarked
package io.allo.core.timer;
