/**
 * The call and its channels: a script on a thread of its own that waits in {@link io.allo.pbx.call.Call#await}, channels
 * that carry their inboxes, the bridge between two. Technologies are below ({@code pbx.call.sip}), applications above.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.call;
