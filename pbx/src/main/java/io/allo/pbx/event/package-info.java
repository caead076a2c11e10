/**
 * What happened, as facts: a call appends {@link io.allo.pbx.event.CallEvent}s to its {@link io.allo.pbx.event.CallLog},
 * which tells the {@link io.allo.pbx.event.EventBus}. Records, logs, gates and tests are readers; nothing else reports
 * what a call did.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.event;
