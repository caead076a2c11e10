/**
 * Calls recorded by the dialplan: MixMonitor, Monitor and their kin, Record. Each application is one object for all calls and
 * runs on the call's thread. Uses {@link io.allo.pbx.call.recording}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.recording;
