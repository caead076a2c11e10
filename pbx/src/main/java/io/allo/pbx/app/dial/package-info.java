/**
 * Dial and RetryDial: calling others for a caller, and the two talking until one leaves. Each application is one object for
 * all calls; what belongs to one execution is made for it and owned by the call's thread.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.dial;
